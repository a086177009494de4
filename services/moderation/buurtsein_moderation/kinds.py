"""What a free-text report is about: urgent, suspicious, nuisance, an idea or nothing to report, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from buurtsein_events.values import Category, ReportType, SignalType
from buurtsein_moderation.packs import TYPES, CategoryRule, TypeRule

CLEARLY: Final = 3
"""The weight from which a text is urgent, whatever else it is and whatever the reporter stated."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a report and why: a rule, `stated` by the reporter, `happening_now`, `weighed` or `no_rule`.

    `known` tells that somebody or some rule says so; what only weighs most, or is left over, is a guess.
    """

    type: SignalType
    reason: str
    weight: int = 0
    known: bool = True


CREDIBLE: Final = 0.2
"""The share of all evidence below which a rule is not believed, however clear it is."""

CONCEIVABLE: Final = 0.05
"""The same for a rule that finds something urgent."""

CERTAIN: Final = 9
"""The weight of a rule that is believed whatever all words together speak for."""

ENOUGH: Final = 2
"""The weight below which what was found only supports something else: that 112 was called says not for what."""

SAYS_NOTHING: Final[Mapping[Category, int]] = {"spam": 4, "quarrel": 3, "irrelevant": 3}
"""How much a finding of a category weighs against there being a report in the text."""

NONE: Final = Kind("none", "no_rule", known=False)


def kind_of(by_rules: Kind, stated: ReportType | None, happening_now: bool | None) -> Kind:
    """Return the type of a report: as stated, unless the text is clearly urgent; by the rules when it was not."""
    clearly_urgent = by_rules.type == "urgent" and by_rules.weight >= CLEARLY
    if stated and not clearly_urgent:
        return Kind(stated, "stated")
    if happening_now and by_rules.type == "suspicious":
        return Kind("urgent", "happening_now")
    return by_rules


def by_evidence(by_rules: Kind, shares: Mapping[SignalType, float]) -> Kind:
    """Return the type that all words and rules together speak for, but for a clear or urgent rule that they allow."""
    weighed = max(shares, key=shares.__getitem__)
    share = shares.get(by_rules.type, 0.0)
    clear = by_rules.weight >= CLEARLY and share >= CREDIBLE
    urgent = by_rules.type == "urgent" and share >= CONCEIVABLE
    if clear or urgent or by_rules.type == weighed or by_rules.weight >= CERTAIN:
        return by_rules
    return Kind(weighed, "weighed", ENOUGH, known=False)


def by_weight(rules: Sequence[TypeRule], findings: Sequence[CategoryRule] = ()) -> Kind:
    """Return the type of the heaviest rule, in a tie the most pressing; `none` where no rule says enough.

    `findings` are the rules on what is wrong with the text: who advertises or quarrels seldom reports something, too.
    """
    said = [Kind(rule.type, rule.id, rule.weight) for rule in rules]
    said += [Kind("none", rule.id, SAYS_NOTHING[rule.category]) for rule in findings if rule.category in SAYS_NOTHING]
    heaviest = max(said, key=lambda kind: (kind.weight, -TYPES.index(kind.type)), default=NONE)
    return heaviest if heaviest.weight >= ENOUGH else NONE

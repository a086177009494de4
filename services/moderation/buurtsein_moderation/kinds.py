"""What a free-text report is about: urgent, suspicious, nuisance, an idea or nothing to report, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from buurtsein_events.values import ReportType, SignalType
from buurtsein_moderation.packs import TYPES, TypeRule

CLEARLY: Final = 3
"""The weight from which urgent text raises the type that the reporter stated."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a report and why: the heaviest rule, `stated` by the reporter, or `no_rule`."""

    type: SignalType
    reason: str


def kind_of(rules: Sequence[TypeRule], stated: ReportType | None, happening_now: bool | None) -> Kind:
    """Return the type of a report: as stated, unless the text is clearly urgent; by the rules when it was not."""
    by_rules = by_weight(rules)
    if stated and not (by_rules.type == "urgent" and _weight(rules, "urgent") >= CLEARLY):
        return Kind(stated, "stated")
    if happening_now and by_rules.type == "suspicious":
        return Kind("urgent", "happening_now")
    return by_rules


def by_weight(rules: Sequence[TypeRule]) -> Kind:
    """Return the type that the rules with the most weight together say, `none` when there are none."""
    if not rules:
        return Kind("none", "no_rule")
    best = max({rule.type for rule in rules}, key=lambda one: (_weight(rules, one), -TYPES.index(one)))
    heaviest = max((rule for rule in rules if rule.type == best), key=lambda rule: rule.weight)
    return Kind(best, heaviest.id)


def _weight(rules: Sequence[TypeRule], wanted: SignalType) -> int:
    return sum(rule.weight for rule in rules if rule.type == wanted)

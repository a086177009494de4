"""What a free-text report is about: urgent, suspicious, nuisance, an idea or nothing to report, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from buurtsein_events.values import ReportType, SignalType
from buurtsein_moderation.packs import TYPES, TypeRule

CLEARLY: Final = 3
"""The weight from which a text is urgent, whatever else it is and whatever the reporter stated."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a report and why: the heaviest rule, `stated` by the reporter, `happening_now` or `no_rule`."""

    type: SignalType
    reason: str
    weight: int = 0


ENOUGH: Final = 2
"""The weight below which what was found only supports something else: that 112 was called says not for what."""

NONE: Final = Kind("none", "no_rule")


def kind_of(by_rules: Kind, stated: ReportType | None, happening_now: bool | None) -> Kind:
    """Return the type of a report: as stated, unless the text is clearly urgent; by the rules when it was not."""
    clearly_urgent = by_rules.type == "urgent" and by_rules.weight >= CLEARLY
    if stated and not clearly_urgent:
        return Kind(stated, "stated")
    if happening_now and by_rules.type == "suspicious":
        return Kind("urgent", "happening_now")
    return by_rules


def by_weight(rules: Sequence[TypeRule]) -> Kind:
    """Return the type of the heaviest rule, in a tie the most pressing; `none` where no rule says enough."""
    heaviest = max(rules, key=lambda rule: (rule.weight, -TYPES.index(rule.type)), default=None)
    if heaviest is None or heaviest.weight < ENOUGH:
        return NONE
    return Kind(heaviest.type, heaviest.id, heaviest.weight)

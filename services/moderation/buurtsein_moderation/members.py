"""What is remembered of a member: strikes, removals, which of them were taken back, and when they were thanked. Pure.

Each is a set of event ids by time. Nothing is ever taken out of one: what was decided later has a set of its own, so
that it doesn't matter in which order facts are kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from buurtsein_events.reports import ReportReceived
from buurtsein_events.results import Facts, State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands at a moment: strikes in force, whether they were removed and whether thanked lately."""

    strikes: int
    removed: bool = False
    thanked: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """How long strikes, removals and thanks count."""

    strikes: timedelta
    removals: timedelta
    thanks: timedelta


def strikes_key(member: str) -> str:
    """Return the set of a member's strikes: ids of the events that gave them."""
    return f"strikes:{member}"


def removals_key(member: str) -> str:
    """Return the set of a member's removals: ids of the events that removed them."""
    return f"removed:{member}"


def pardons_key(member: str) -> str:
    """Return the set of strikes and removals that no longer count for a member, by when that was decided."""
    return f"pardoned:{member}"


def thanks_key(member: str) -> str:
    """Return the set of good reports that a member was thanked for."""
    return f"thanked:{member}"


def appeals_key(member: str) -> str:
    """Return the set of a member's reports whose appeals nobody has answered yet: what waits, and no standing."""
    return f"appeals:{member}"


def keys(member: str) -> tuple[str, ...]:
    """Return every set that the standing of a member follows from."""
    return strikes_key(member), removals_key(member), pardons_key(member), thanks_key(member)


def member_of(report: ReportReceived) -> str | None:
    """Return the member who sent a report, nobody when it is anonymous."""
    return None if report.anonymous else report.reporter


def standing(
    state: State, member: str, keep: Keep, event_id: str, at: datetime, *, pardoned: frozenset[str] = frozenset()
) -> Standing:
    """Return where the member stood before the event, whatever came with it or after it; `pardoned` doesn't count."""
    pardoned = pardoned | _before(state.get(pardons_key(member), {}), event_id, at, keep.removals)
    return Standing(
        strikes=len(_before(state.get(strikes_key(member), {}), event_id, at, keep.strikes) - pardoned),
        removed=bool(_before(state.get(removals_key(member), {}), event_id, at, keep.removals) - pardoned),
        thanked=bool(_before(state.get(thanks_key(member), {}), event_id, at, keep.thanks)),
    )


def _before(facts: Facts, event_id: str, at: datetime, keep: timedelta) -> set[str]:
    until = at.timestamp()
    since = until - keep.total_seconds()
    return {fact for fact, time in facts.items() if since <= time < until and fact != event_id}

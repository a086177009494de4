"""News that time brings: trends when a day is over, and outcomes whose signal has been read meanwhile."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

from buurtsein_events.digests import DigestItem
from buurtsein_events.ids import derive
from buurtsein_events.results import Change, Facts, Forget, Remember, State
from buurtsein_events.values import Involvement, SignalType
from buurtsein_feedback import keys, words
from buurtsein_feedback.cadence import DAY, Kind
from buurtsein_feedback.items import Brief, Early, Pending, outcome_items, unknown
from buurtsein_feedback.readers import Owner
from buurtsein_feedback.rhythm import midnight
from buurtsein_feedback.trends import Rise, daily, rise

PATIENCE: Final = timedelta(days=1)
"""How long an outcome waits for its signal before only the coordinator is told."""

SEEN_LIMIT: Final = 1000
"""The newest facts of a set that a decision gets to see; a set that long has lost its older days."""

_SERIOUS: Final = 6.0
"""The score from which a trend is serious: twice the threshold."""

_TREND_TYPES: Final[tuple[SignalType, ...]] = ("urgent", "suspicious", "nuisance", "idea")


@dataclass(frozen=True, slots=True)
class Arrival:
    """News for one involvement that no set of facts holds yet."""

    involvement: Involvement
    kind: Kind
    pending: Pending
    at: datetime

    def remember(self, owner: Owner) -> Remember:
        """Return the fact that keeps the news until its digest."""
        return Remember(keys.waiting(owner.id, self.involvement, self.kind), self.pending.fact, self.at, keys.KEEP)


def trend_types() -> tuple[SignalType, ...]:
    """Return the types of reports that trends are looked for in."""
    return _TREND_TYPES


def settled_early(owner: Owner, state: State, until: datetime) -> tuple[list[Arrival], list[Change]]:
    """Return the outcomes that waited for their signal and need not any more, and what that changes."""
    briefs = {each.signal_id: each for each in map(Brief.model_validate_json, state.get(keys.recent(owner.id), {}))}
    arrivals: list[Arrival] = []
    changes: list[Change] = []
    for fact, score in sorted(state.get(keys.early(owner.id), {}).items()):
        early, at = Early.model_validate_json(fact), datetime.fromtimestamp(score, UTC)
        about = briefs.get(early.outcome.signal_id) or (unknown(early.outcome) if until - at > PATIENCE else None)
        if about:
            arrivals += _outcomes(owner, early, about, at)
            changes.append(Forget(keys.early(owner.id), fact))
    return arrivals, changes


def trend_arrivals(owner: Owner, state: State, since: datetime, until: datetime) -> list[Arrival]:
    """Return the trends of the last day that ended after `since` and not after `until`, on the community's clock."""
    today = until.astimezone(owner.zone).date()
    ended = midnight(today, owner.zone)
    if ended <= since:
        return []
    found = _trends(owner, state, today - DAY)
    return [Arrival(each, "trend", pending, ended) for pending in found for each in owner.involvements]


def _outcomes(owner: Owner, early: Early, about: Brief, at: datetime) -> Iterator[Arrival]:
    readers = [each for each in owner.involvements if each in about.readers]
    for each, item in outcome_items(early.outcome, about, readers, owner.language):
        yield Arrival(each, "incident", Pending(id=early.id, item=item), at)


def _trends(owner: Owner, state: State, day: date) -> Iterator[Pending]:
    sets = {
        (area, each): state.get(keys.counts(owner.id, area, each), {})
        for area, each in product(owner.areas, _TREND_TYPES)
    }
    first = _first_known(sets.values(), owner.zone)
    for (area, signal_type), facts in sets.items():
        known = max(first, _first_known([facts], owner.zone)) if len(facts) >= SEEN_LIMIT else first
        counted = Counter(_day(score, owner.zone).toordinal() for score in facts.values())
        if found := rise(*daily(counted, day.toordinal(), known)):
            yield _pending(owner, area, signal_type, day, found)


def _pending(owner: Owner, area: str, signal_type: SignalType, day: date, found: Rise) -> Pending:
    trend_id = derive(owner.id, f"trend/{area}/{signal_type}/{day.isoformat()}")
    text = words.trend(
        owner.language,
        signal_type=signal_type,
        place=owner.place(area),
        count=found.count,
        usual=found.usual,
        day=day.strftime("%d-%m-%Y"),
    )
    item = DigestItem(
        refers_to=trend_id,
        at=midnight(day + DAY, owner.zone),
        severity="high" if found.score >= _SERIOUS else "normal",
        type=signal_type,
        area=area if area in owner.community.areas else None,
        text=text,
        reports=found.count,
    )
    return Pending(id=trend_id, item=item)


def _first_known(sets: Iterable[Facts], zone: ZoneInfo) -> int:
    """Return the first day that is known from its beginning: the one after the earliest fact."""
    scores = [score for facts in sets for score in facts.values()]
    return _day(min(scores), zone).toordinal() + 1 if scores else date.max.toordinal()


def _day(score: float, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(score, zone).date()

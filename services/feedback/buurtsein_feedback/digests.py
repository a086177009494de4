"""What becomes due: one digest for each involvement and kind of news, whatever time has passed since the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_events.results import Change, Count, Decision, Emit, Facts, Forget, Remember, State
from buurtsein_events.values import Involvement
from buurtsein_feedback import keys, words
from buurtsein_feedback.cadence import KINDS, Cadence, Kind
from buurtsein_feedback.items import Linked, Pending, worst_first
from buurtsein_feedback.news import Arrival, settled_early, trend_arrivals, trend_types
from buurtsein_feedback.policy import emit
from buurtsein_feedback.promises import settle
from buurtsein_feedback.readers import Owner, Owners

EPOCH = datetime.fromtimestamp(0, UTC)
_LINK_LIMIT = 100


@dataclass(slots=True)
class _Due:
    """What a decision gathers; `told` are the signals that residents hear about."""

    emits: list[Emit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    told: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class DigestTimer:
    """Decides what is due for one community at a time.

    `more_url` is where all news of a community can be read, with `{community}` and `{involvement}` in it.
    """

    owners: Owners
    cadence: Cadence
    more_url: str | None = None

    def keys(self, owner_id: str) -> tuple[str, ...]:
        """Return the sets of facts that the decision for a community looks at."""
        owner = self.owners.of(owner_id)
        places = [(involvement, kind) for involvement in owner.involvements for kind in KINDS]
        return (
            *(keys.waiting(owner.id, *place) for place in places),
            *(keys.told(owner.id, *place) for place in places),
            *(keys.counts(owner.id, area, each) for area in owner.areas for each in trend_types()),
            keys.early(owner.id),
            keys.recent(owner.id),
            keys.linked(owner.id),
            keys.promises(owner.id),
            keys.answered(owner.id),
        )

    def due(self, owner_id: str, state: State, since: datetime, until: datetime) -> Decision:
        """Return the digests whose boundary lies after `since` and not after `until`, each at most once."""
        owner = self.owners.of(owner_id)
        # At the very first there was no earlier look, and nothing that it could have missed.
        since = until - self.cadence.tick if since <= EPOCH else since
        early, changes = settled_early(owner, state, until)
        arrivals = [*early, *trend_arrivals(owner, state, since, until)]
        due = _Due(changes=changes)
        for involvement in owner.involvements:
            for kind in KINDS:
                mine = [each for each in arrivals if (each.involvement, each.kind) == (involvement, kind)]
                self._add(due, _Turn(owner, involvement, kind, since, until), state, mine)
        _settle_promises(due, owner, state, until)
        return Decision("due", tuple(due.emits), tuple(due.changes), tuple(due.counts), {"community": owner.id})

    def _add(self, due: _Due, turn: "_Turn", state: State, arrivals: Sequence[Arrival]) -> None:
        kept = state.get(turn.waiting, {})
        items = _items(kept, arrivals)
        told = state.get(turn.told, {}).keys()
        boundary = turn.boundary(self.cadence)
        ready = [
            each
            for each, at in items.values()
            if each.id not in told and boundary and at.timestamp() <= boundary.timestamp()
        ]
        gone = {each.id for each in ready} | (items.keys() & told)
        due.changes += [Forget(turn.waiting, fact) for fact in kept if Pending.model_validate_json(fact).id in gone]
        due.changes += [each.remember(turn.owner) for each in arrivals if each.pending.id not in gone]
        if boundary and ready:
            due.changes += [Remember(turn.told, each.id, turn.until, keys.KEEP) for each in ready]
            due.emits.append(self._digest(turn, boundary, _with_reports(ready, state.get(keys.linked(turn.owner.id)))))
            due.counts.append(Count("digests", (turn.kind, turn.involvement)))
            if turn.involvement != "coordinator":
                due.told |= {each.item.refers_to for each in ready}

    def _digest(self, turn: "_Turn", boundary: datetime, ready: Sequence[Pending]) -> Emit:
        rhythm = turn.owner.rhythm(self.cadence, turn.kind, turn.involvement)
        shown = sorted(ready, key=worst_first)[: self.cadence.max_items]
        more = len(ready) - len(shown)
        digest = FeedbackDigest(
            reader=turn.owner.reader(turn.involvement),
            community=turn.owner.id,
            involvement=turn.involvement,
            kind=turn.kind,
            since=rhythm.last(turn.since),
            until=boundary,
            items=tuple(each.item for each in shown),
            more=more,
            more_link=self._link(turn) if more else None,
            why=words.why(turn.kind, turn.involvement),
            next_at=rhythm.next(turn.until),
        )
        return emit(digest, f"{turn.kind}/{turn.involvement}")

    def _link(self, turn: "_Turn") -> str | None:
        if self.more_url is None:
            return None
        link = self.more_url.replace("{community}", turn.owner.id).replace("{involvement}", turn.involvement)
        return link if len(link) <= _LINK_LIMIT else None


@dataclass(frozen=True, slots=True)
class _Turn:
    """The turn of one involvement to hear about one kind of news."""

    owner: Owner
    involvement: Involvement
    kind: Kind
    since: datetime
    until: datetime

    @property
    def waiting(self) -> str:
        return keys.waiting(self.owner.id, self.involvement, self.kind)

    @property
    def told(self) -> str:
        return keys.told(self.owner.id, self.involvement, self.kind)

    def boundary(self, cadence: Cadence) -> datetime | None:
        return self.owner.rhythm(cadence, self.kind, self.involvement).last_within(self.since, self.until)


def _items(kept: Facts, arrivals: Sequence[Arrival]) -> dict[str, tuple[Pending, datetime]]:
    """Return each item once, with its time."""
    found = {each.pending.id: (each.pending, each.at) for each in arrivals}
    for fact, score in sorted(kept.items()):
        pending = Pending.model_validate_json(fact)
        found[pending.id] = (pending, datetime.fromtimestamp(score, UTC))
    return found


def _with_reports(ready: Sequence[Pending], linked: Facts | None) -> list[Pending]:
    """Return the items, each new incident with the number of reports that are linked to it by now."""
    duplicates: dict[str, int] = {}
    for fact in linked or {}:
        incident = Linked.model_validate_json(fact).incident
        duplicates[incident] = duplicates.get(incident, 0) + 1
    return [_counted(each, duplicates) for each in ready]


def _counted(pending: Pending, duplicates: Mapping[str, int]) -> Pending:
    item: DigestItem = pending.item
    number = duplicates.get(item.refers_to, 0)
    if item.result or not number:
        return pending
    return pending.model_copy(update={"item": item.model_copy(update={"reports": item.reports + number})})


def _settle_promises(due: _Due, owner: Owner, state: State, until: datetime) -> None:
    key = keys.promises(owner.id)
    for each in settle(state.get(key, {}), state.get(keys.answered(owner.id), {}), due.told, until):
        due.changes.append(Forget(key, each.fact))
        due.counts.append(Count("promises", (each.result,)))

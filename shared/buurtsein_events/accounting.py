"""Proves from the topics that every accepted report ended in exactly one terminal state, and names those that did not.

A `Ledger` takes the records of the topics in any order and keeps ids and positions only; `account` draws the balance.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from buurtsein_events.actions import ModerationAction
from buurtsein_events.codec import decode
from buurtsein_events.deadletters import DeadLetter, Headers, NotADeadLetter, Origin, replayed_from
from buurtsein_events.envelope import Event
from buurtsein_events.errors import DecodeError
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.signals import SignalAssigned, SignalRouted
from buurtsein_events.topics import (
    MODERATION_ACTIONS,
    NETWORKS,
    REPORTS_MODERATED,
    REPORTS_RECEIVED,
    SIGNALS_ROUTED,
    dead_letter_topic,
    network_topic,
)
from buurtsein_events.trails import Fault, FaultKind, Round, Signal, Trail, listed
from buurtsein_events.values import TerminalState, Value

NOT_A_DEAD_LETTER: Final = "not_a_dead_letter"
"""The reason under which records on a dead-letter topic are counted that no stage wrote."""

_READ_BY_STAGES: Final = (REPORTS_RECEIVED, MODERATION_ACTIONS, REPORTS_MODERATED, SIGNALS_ROUTED)
_FOREIGN: Final = "it is no event that routing wrote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One record as it was read; `late` ones came after the first reading and owe no answer yet."""

    origin: Origin
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The balance: `accepted` reports by terminal state, what came besides them, and every fault by name.

    `retries` are records of a report beyond its first, which clients sent again; `replays` were put back from the dead
    letters; `broken` records are no events, each of them owes a dead letter; `misplaced` are events that their topic
    does not carry.
    """

    accepted: int
    states: Mapping[TerminalState, int]
    retries: int
    replays: int
    broken: int
    misplaced: int = 0
    assigned: Mapping[str, int]
    dead_letters: Mapping[tuple[str, str], int]
    faults: tuple[Fault, ...]

    def count(self, kind: FaultKind) -> int:
        """Return how many reports, signals and records have this fault."""
        return len({fault.what for fault in self.faults if fault.kind == kind})


class Ledger:
    """Takes records of the topics and keeps what the balance needs, about two kilobytes a report."""

    def __init__(self, networks: Iterable[str] = NETWORKS) -> None:
        self._networks = {network_topic(network): network for network in networks}
        self._trails: defaultdict[str, Trail] = defaultdict(Trail)
        self._signals: defaultdict[str, Signal] = defaultdict(Signal)
        self._broken: dict[Origin, bool] = {}
        self._misplaced: defaultdict[tuple[str, str], Trail] = defaultdict(Trail)
        self._letters: dict[tuple[Origin, str], tuple[Origin, ...]] = {}
        self._reasons: Counter[tuple[str, str]] = Counter()
        self._replays = 0

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that the balance needs, in the order in which a report travels."""
        own = (*_READ_BY_STAGES, *self._networks)
        return (*own, *map(dead_letter_topic, own))

    def add(self, seen: Sighting) -> None:
        """Take notice of a record."""
        if seen.origin.topic.endswith(dead_letter_topic("")):
            self._letter(seen)
            return
        try:
            event = decode(seen.value)
        except DecodeError:
            self._broken[seen.origin] = not seen.late
        else:
            self._event(seen, event)

    def account(self, since: datetime | None = None) -> Account:
        """Return the balance of the reports received at or after `since`."""
        trails = {report: trail for report, trail in self._trails.items() if _within(trail.received_at, since)}
        signals = {signal: each for signal, each in self._signals.items() if _within(each.received_at, since)}
        due = [trail for trail in trails.values() if trail.due]
        return Account(
            accepted=len(due),
            states=dict(Counter(trail.state for trail in due if trail.state)),
            retries=sum(trail.retries for trail in due),
            replays=self._replays,
            broken=len(self._broken),
            misplaced=sum(1 for trail in self._misplaced.values() if trail.received),
            assigned=dict(Counter(network for each in signals.values() for network, _ in each.assigned)),
            dead_letters=dict(self._reasons),
            faults=(
                *(fault for report, trail in trails.items() for fault in trail.faults(report)),
                *(fault for signal, each in signals.items() for fault in each.faults(signal)),
                *self._record_faults(),
            ),
        )

    def _event(self, seen: Sighting, event: Event[Value]) -> None:
        topic, data = seen.origin.topic, event.data
        if topic == REPORTS_RECEIVED and isinstance(data, ReportReceived):
            self._received(seen, self._trails[data.report_id])
            self._trails[data.report_id].received_at = data.received_at
        elif topic == REPORTS_MODERATED and isinstance(data, ReportModerated):
            self._moderated(seen, data)
        elif topic == SIGNALS_ROUTED and isinstance(data, SignalRouted):
            self._routed(seen, data)
        elif topic in self._networks and isinstance(data, SignalAssigned):
            self._assigned(seen, data)
        elif topic != MODERATION_ACTIONS or not isinstance(data, ModerationAction):
            self._received(seen, self._misplaced[topic, event.id])

    def _received(self, seen: Sighting, trail: Trail) -> None:
        if not self._replay(seen, trail) and trail.received:
            trail.retries += 1
        trail.received = trail.received or seen.origin
        trail.due = trail.due or not seen.late

    def _moderated(self, seen: Sighting, data: ReportModerated) -> None:
        trail = self._trails[data.report.report_id]
        trail.received_at = data.report.received_at
        decided = trail.rounds[data.revision]
        if not self._replay(seen, decided):
            decided.moderated += (seen.origin,)
            decided.verdict = data.verdict

    def _routed(self, seen: Sighting, data: SignalRouted) -> None:
        trail, signal = self._trails[data.report_id], self._signals[data.signal_id]
        trail.received_at = signal.received_at = data.received_at
        if not self._replay(seen, trail):
            trail.rounds[data.revision].routed += (seen.origin,)
            signal.report, signal.routed = trail, seen.origin
            networks = (assignment.network for assignment in data.assignments)
            signal.wanted = tuple(dict.fromkeys((*signal.wanted, *networks)))

    def _assigned(self, seen: Sighting, data: SignalAssigned) -> None:
        signal = self._signals[data.signal_id]
        signal.received_at = data.received_at
        if not self._replay(seen, None):
            signal.assigned += ((self._networks[seen.origin.topic], seen.origin),)

    def _replay(self, seen: Sighting, trail: Trail | Round | None) -> bool:
        """Take notice of a replay; returns whether the record is one."""
        origin = replayed_from(seen.headers)
        if origin:
            self._replays += 1
        if origin and trail:
            trail.replayed += (origin,)
        return origin is not None

    def _letter(self, seen: Sighting) -> None:
        letter = _dead_letter(seen)
        if not letter:
            self._reasons[seen.origin.topic, NOT_A_DEAD_LETTER] += 1
            return
        self._reasons[seen.origin.topic, letter.reason] += 1
        before = self._letters.get((letter.origin, letter.stage), ())
        self._letters[letter.origin, letter.stage] = (*before, seen.origin)
        if not before:
            self._failed(letter)

    def _failed(self, letter: DeadLetter) -> None:
        """Add the failure to the trail of the event in it, if there is one."""
        try:
            event = decode(letter.value)
        except DecodeError:
            return
        topic, data = letter.origin.topic, event.data
        if topic == REPORTS_RECEIVED and isinstance(data, ReportReceived):
            self._trails[data.report_id].received_at = data.received_at
            self._trails[data.report_id].failed += (letter.origin,)
        elif topic == REPORTS_MODERATED and isinstance(data, ReportModerated):
            self._trails[data.report.report_id].received_at = data.report.received_at
            self._trails[data.report.report_id].rounds[data.revision].failed += (letter.origin,)
        else:
            self._misplaced[topic, event.id].failed += (letter.origin,)

    def _record_faults(self) -> Iterable[Fault]:
        """Yield what no stage could read and is not on a dead-letter topic once."""
        for (topic, event), trail in self._misplaced.items():
            if topic in (REPORTS_RECEIVED, MODERATION_ACTIONS, REPORTS_MODERATED):
                yield from trail.faults_of_misplaced(event, topic)
            elif trail.received:
                yield Fault("unexplained", event, str(trail.received), _FOREIGN)
        dead = {origin for origin, _ in self._letters}
        for origin, due in self._broken.items():
            if origin.topic not in _READ_BY_STAGES:
                yield Fault("unexplained", str(origin), str(origin), _FOREIGN)
            elif due and origin not in dead:
                detail = f"it is no event, and {dead_letter_topic(origin.topic)} lacks it"
                yield Fault("lost", str(origin), str(origin), detail)
        for (origin, stage), places in self._letters.items():
            if len(places) > 1:
                yield Fault("twice", str(origin), listed(places), f"{stage} wrote {len(places)} dead letters of it")


def _within(at: datetime | None, since: datetime | None) -> bool:
    return since is None or at is None or at >= since


def _dead_letter(seen: Sighting) -> DeadLetter | None:
    try:
        letter = DeadLetter.from_record(value=seen.value, key=seen.key, headers=seen.headers)
    except NotADeadLetter:
        return None
    return letter if dead_letter_topic(letter.origin.topic) == seen.origin.topic else None

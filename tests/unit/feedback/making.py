"""Signals, outcomes and notices for the tests, and a small world that feedback lives in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from buurtsein_events.communities import Communities, Community
from buurtsein_events.digests import FeedbackDigest
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.reports import MemberNotice
from buurtsein_events.results import Change, Decision, Remember
from buurtsein_events.signals import SignalOutcome, SignalRouted
from buurtsein_events.topics import TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Involvement, Message, Result, Value
from buurtsein_feedback.cadence import Cadence
from buurtsein_feedback.digests import EPOCH, DigestTimer
from buurtsein_feedback.policy import FeedbackPolicy
from buurtsein_feedback.readers import Owners

MONDAY = datetime(2026, 10, 12, 8, 5, tzinfo=UTC)
"""Ten past ten on a summer's Monday in the Netherlands, give or take five minutes."""

TABLE = {
    "tick": "15m",
    "quiet": {"from": "22:00", "until": "07:00"},
    "max_items": 3,
    "every": {
        "incident": {"involved": "1h", "coordinator": "1h", "member": "6h"},
        "trend": {"involved": "1d", "coordinator": "1d", "member": "7d"},
    },
}
CADENCE = Cadence.model_validate(TABLE)
COMMUNITY = Community(id="overvecht", name="Overvecht", municipality="utrecht", areas=("utrecht/overvecht",))
OWNERS = Owners(Communities(communities=(COMMUNITY,)))


def event(data: Value, at: datetime, event_id: str | None = None) -> Event[Value]:
    """Return an event with some data."""
    event_type = TYPE_OF_DATA[type(data)]
    return Event(
        id=event_id or derive(data.model_dump_json(), "test"),
        source="urn:nld:oin:00000000000000000000:systeem:test",
        type=event_type,
        time=at,
        subject="test",
        partitionkey="test",
        dataschema=schema_uri(event_type),
        data=data,
    )


def signal(
    name: str = "s-1",
    *,
    at: datetime = MONDAY,
    networks: tuple[str, ...] = ("police", "community"),
    incident: str | None = None,
    **changes: object,
) -> SignalRouted:
    """Return a routed signal; with an `incident` it is a duplicate of that."""
    usual: dict[str, object] = {
        "signal_id": name,
        "report_id": f"r-{name}",
        "community": "overvecht",
        "area": "utrecht/overvecht",
        "type": "suspicious",
        "severity": "normal",
        "verdict": "publish",
        "text": "Man voelt aan autodeuren",
        "received_at": at,
        "happened_at": at,
        "incident": incident or name,
        "duplicate": incident is not None,
        "assignments": [{"network": each, "why": [{"rule": "test"}]} for each in networks],
    }
    return SignalRouted.model_validate({**usual, **changes})


def outcome(name: str = "s-1", *, at: datetime = MONDAY, result: Result = "arrested", text: str = "") -> SignalOutcome:
    """Return what the police did with a signal."""
    return SignalOutcome(signal_id=name, community="overvecht", network="police", result=result, text=text, at=at)


def notice(appeal: str | None = None) -> MemberNotice:
    """Return a friendly request to a member."""
    return MemberNotice(
        report_id="r-1",
        community="overvecht",
        member="ov-07",
        channel="app",
        step="friendly_request",
        message=Message(nl="Wilt u het gedrag beschrijven?", en="Would you describe the behaviour?"),
        appeal=appeal,
    )


def digests(decision: Decision) -> list[FeedbackDigest]:
    """Return the digests that a decision emits."""
    return [emit.data for emit in decision.emits if isinstance(emit.data, FeedbackDigest)]


@dataclass
class World:
    """Feedback with its state: what the runtime does, in memory and without failures."""

    owners: Owners = OWNERS
    cadence: Cadence = CADENCE
    state: dict[str, dict[str, float]] = field(default_factory=dict)
    since: datetime = EPOCH
    sent: list[FeedbackDigest] = field(default_factory=list)
    counts: list[tuple[str, ...]] = field(default_factory=list)

    def read(self, data: Value, at: datetime, event_id: str | None = None) -> Decision:
        """Decide on an event and make the changes."""
        policy = FeedbackPolicy(self.owners, self.cadence)
        happened = event(data, at, event_id)
        loaded = self.load(policy.keys(happened))
        return self._perform(policy.decide(happened, loaded, at))

    def tick(self, until: datetime, owner: str = "overvecht") -> list[FeedbackDigest]:
        """Decide what is due by a boundary and make the changes."""
        timer = DigestTimer(self.owners, self.cadence, "https://buurt.example/{community}/{involvement}")
        decision = self._perform(timer.due(owner, self.load(timer.keys(owner)), self.since, until))
        self.since = until
        return digests(decision)

    def ticks(self, until: datetime, every: timedelta | None = None) -> list[FeedbackDigest]:
        """Tick at each boundary up to a time, or only now and then."""
        found, step = [], every or self.cadence.tick
        while self.since + step <= until:
            found += self.tick(self.since + step)
        return found

    def start(self, at: datetime) -> None:
        """Let the first tick be at a time."""
        self.tick(at)

    def load(self, names: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Return sets of facts by their names."""
        return {name: dict(self.state.get(name, {})) for name in names}

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes, as Redis would."""
        for change in changes:
            facts = self.state.setdefault(change.key, {})
            if isinstance(change, Remember):
                facts[change.fact] = change.at.timestamp()
                oldest = (change.at - change.keep).timestamp()
                self.state[change.key] = {fact: score for fact, score in facts.items() if score > oldest}
            else:
                facts.pop(change.fact, None)

    def to(self, involvement: Involvement, kind: str = "incident") -> list[FeedbackDigest]:
        """Return the digests of one kind that an involvement got."""
        return [each for each in self.sent if (each.involvement, each.kind) == (involvement, kind)]

    def _perform(self, decision: Decision) -> Decision:
        self.apply(decision.changes)
        self.sent += digests(decision)
        self.counts += [(count.metric, *count.labels) for count in decision.counts]
        return decision


def utc(day: int, hour: int, minute: int = 0, *, month: int = 10) -> datetime:
    """Return a moment of autumn 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


HOUR = timedelta(hours=1)

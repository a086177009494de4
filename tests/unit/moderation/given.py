"""Packs, reports and policies to start a test from."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from buurtsein_events.actions import Action, Case, ModerationAction
from buurtsein_events.communities import Communities
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportReceived
from buurtsein_events.results import Decision, Emit, Remember
from buurtsein_events.topics import TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Value
from buurtsein_moderation.cases import CaseFile
from buurtsein_moderation.compiling import compile_packs
from buurtsein_moderation.completeness import Completeness
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.loading import COMPLETENESS, LADDER, load_packs, read_packs
from buurtsein_moderation.packs import Pack
from buurtsein_moderation.policy import Moderation
from buurtsein_runtime.config import load_yaml

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)

COMMUNITIES = Communities.model_validate(
    {
        "communities": [
            {"id": "woensel", "name": "Woensel", "municipality": "eindhoven", "areas": ["eindhoven/woensel-west"]},
            {"id": "strict", "name": "Strict", "municipality": "eindhoven", "automatic_removal": True},
        ]
    }
)

WORDING = {"nl": "Kan het anders?", "en": "Could you put it differently?"}


def rule(**changes: object) -> dict[str, object]:
    """Return a sound rule as a pack file has it, with changes."""
    sound: dict[str, object] = {
        "id": "xx.quarrel.fool",
        "version": 1,
        "category": "quarrel",
        "verdict": "ask",
        "strike": True,
        "next_step": "rephrase",
        "message": WORDING,
        "matches": {"phrases": ["fool"]},
        "examples": {"match": ["what a fool"], "not": ["what a day"]},
    }
    return sound | changes


def kind(**changes: object) -> dict[str, object]:
    """Return a sound rule on types as a pack file has it, with changes."""
    sound: dict[str, object] = {
        "id": "xx.type.fire",
        "version": 1,
        "type": "urgent",
        "weight": 5,
        "matches": {"phrases": ["on fire"]},
        "examples": {"match": ["it is on fire"], "not": ["it is cold"]},
    }
    return sound | changes


def pack(*rules: dict[str, object], types: tuple[dict[str, object], ...] = (), **changes: object) -> Pack:
    """Return a pack with these rules."""
    content = {"id": "xx", "version": 1, "language": "any", "rules": list(rules), "types": list(types)}
    return Pack.model_validate(content | changes)


def engine(*rules: dict[str, object], types: tuple[dict[str, object], ...] = (), **changes: object) -> Engine:
    """Return an engine with these rules."""
    return compile_packs([pack(*rules, types=types, **changes)])


def override(**changes: object) -> Pack:
    """Return a pack of Woensel that overrides one rule."""
    return pack(id="woensel", communities=["woensel"], overrides=[{"rule": "xx.quarrel.fool"} | changes])


@cache
def shipped() -> Engine:
    """Return the packs that come with the service, compiled once for all tests."""
    return load_packs()


@cache
def rules_alone() -> Engine:
    """Return the packs that come with the service without what is weighed, compiled once for all tests."""
    return compile_packs(read_packs()[0])


@cache
def ladder() -> Ladder:
    """Return the ladder that comes with the service."""
    return load_yaml(Path(LADDER), Ladder)


@cache
def completeness() -> Completeness:
    """Return what a report should say, as it comes with the service."""
    return load_yaml(Path(COMPLETENESS), Completeness)


def moderation(rules: Engine | None = None) -> Moderation:
    """Return the policy with the shipped rules, or others."""
    return Moderation(engine=rules or shipped(), communities=COMMUNITIES, ladder=ladder(), completeness=completeness())


def report(text: str, **changes: object) -> ReportReceived:
    """Return a report by member `wo-07` of Woensel."""
    content: dict[str, object] = {
        "report_id": "report-1",
        "channel": "app",
        "client": "test",
        "community": "woensel",
        "reporter": "wo-07",
        "text": text,
        "received_at": NOON,
    }
    return ReportReceived.model_validate(content | changes)


def event(data: Value, *, at: datetime = NOON, cause: str = "request-1") -> Event[Value]:
    """Return `data` as the event that intake writes."""
    event_type = TYPE_OF_DATA[type(data)]
    return Event[Value](
        id=derive(cause, "received"),
        source="urn:nld:oin:00000000000000000000:systeem:test",
        type=event_type,
        time=at,
        subject="report-1",
        partitionkey="wo-07",
        dataschema=schema_uri(event_type),
        data=data,
    )


def emitted(decision: Decision, topic: str) -> Emit | None:
    """Return what a decision writes to a topic."""
    return next((emit for emit in decision.emits if emit.topic == topic), None)


def facts(decision: Decision, state: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return the state after the changes of a decision, as the runtime would keep it."""
    after = {key: dict(entries) for key, entries in state.items()}
    for change in decision.changes:
        if isinstance(change, Remember):
            after.setdefault(change.key, {})[change.fact] = change.at.timestamp()
        else:
            after.get(change.key, {}).pop(change.fact, None)
    return after


class World:
    """Moderation with its state: what the runtime does, in memory and without failures."""

    def __init__(self, rules: Engine | None = None) -> None:
        self.policy = moderation(rules)
        self.state: dict[str, dict[str, float]] = {}

    def read(self, data: Value, at: datetime = NOON, cause: str = "request-1") -> Decision:
        """Decide on an event and make the changes."""
        happened = event(data, at=at, cause=cause)
        loaded = {key: dict(self.state.get(key, {})) for key in self.policy.keys(happened)}
        decision = self.policy.decide(happened, loaded, at)
        self.state = facts(decision, self.state)
        return decision

    def case(self, report_id: str = "report-1") -> Case:
        """Return what is kept of a report that is not published."""
        file = CaseFile.of(self.state[f"case:{report_id}"])
        assert file is not None
        return file.case

    def act(self, action: Action, at: datetime = NOON + timedelta(hours=1), **fields: object) -> Decision:
        """Decide on what somebody does about the report."""
        content = {"report_id": "report-1", "action": action, "by": "annet", "case": self.case(), **fields}
        return self.read(ModerationAction.model_validate(content), at, cause=f"{action}-{fields.get('by', 'annet')}")

    def waiting(self, community: str = "woensel") -> set[str]:
        """Return what waits for the coordinators of a community."""
        return set(self.state.get(f"queue:{community}", {}))


def days(count: float) -> timedelta:
    """Return a number of days."""
    return timedelta(days=count)

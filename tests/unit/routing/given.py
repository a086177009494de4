"""What the tests of routing start from: the shipped map, routes as an operator writes them, and reports."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from buurtsein_events.envelope import Event
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.results import Decision, Remember, State
from buurtsein_events.signals import SignalAssigned, SignalRouted
from buurtsein_events.topics import schema_uri
from buurtsein_events.values import Category, Finding, Location, Saar, SignalType, Value, Verdict
from buurtsein_routing.loading import load_map, load_policy
from buurtsein_routing.policy import Policy
from buurtsein_routing.settings import ROUTES
from buurtsein_runtime.settings import CONFIG

NOON = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
"""A Wednesday, 12:00 in the Netherlands."""

SQUARE = Location(lat=52.1170, lon=5.1130, address="Voorbeeldplein 3")
"""A place in Overvecht."""

MAP = load_map(CONFIG / "communities.yaml", CONFIG / "areas.geojson")
SHIPPED = load_policy(ROUTES, MAP)

PREAMBLE = """
networks:
  police: {role: emergency, fields: [text, reporter]}
  municipality: {role: partner, fields: [text]}
  community: {role: public, fields: [public_text]}
  coordinator: {role: coordinator, fields: [text]}
words:
  fire: [brand, fire]
  lift: ["*lift"]
duplicates: {kinds: [fire]}
"""


def policy_of(directory: Path, tree: str, preamble: str = PREAMBLE) -> Policy:
    """Return the policy of a file with this tree and the networks and words of the preamble."""
    path = directory / "routing.yaml"
    path.write_text(preamble + tree, "utf-8")
    return load_policy(path, MAP)


def moderated(  # noqa: PLR0913
    text: str = "Er gebeurt iets.",
    kind: SignalType = "nuisance",
    verdict: Verdict = "publish",
    *,
    number: int = 1,
    category: Category | None = None,
    at: datetime = NOON,
    occurred: datetime | None = None,
    location: Location | None = SQUARE,
    community: str | None = "overvecht",
    area: str | None = None,
    anonymous: bool = False,
    saar: Saar | None = None,
    public_text: str | None = None,
    edit_of: int | None = None,
    before: Verdict | None = None,
) -> ReportModerated:
    """Return a moderated report in which only what the test is about is out of the ordinary."""
    report = ReportReceived(
        report_id=f"report-{number}",
        channel="app",
        client="tests",
        community=community,
        area=area,
        reporter=None if anonymous else f"member-{number}",
        anonymous=anonymous,
        text=text,
        received_at=at,
        occurred_at=occurred,
        location=location,
        saar=saar or Saar(),
        edit_of=None if edit_of is None else f"report-{edit_of}",
    )
    findings = (Finding(rule="r", version=1, category=category, verdict=verdict, start=0, end=1),) if category else ()
    return ReportModerated(
        report=report,
        type=kind,
        type_reason="test",
        verdict=verdict,
        findings=findings,
        public_text=text if public_text is None else public_text,
        before=before,
        revision=1 if before else 0,
    )


def event(data: Value) -> Event[Value]:
    """Return the event that carries the data."""
    kind = "nl.buurtsein.report.moderated.v1"
    return Event(
        id="e-1", source="urn:test", type=kind, time=NOON, subject="s", partitionkey="k", dataschema=schema_uri(kind),
        data=data,
    )  # fmt: skip


class Stage:
    """Decides on one report after another and keeps the facts, as the runtime does."""

    def __init__(self, policy: Policy = SHIPPED) -> None:
        self.policy = policy
        self.facts: dict[str, dict[str, float]] = {}

    def decide(self, data: ReportModerated, now: datetime = NOON) -> Decision:
        """Decide with the facts so far and remember what the decision says."""
        given = event(data)
        state: State = {key: dict(self.facts.get(key, {})) for key in self.policy.keys(given)}
        decision = self.policy.decide(given, state, now)
        for change in decision.changes:
            if isinstance(change, Remember):
                self.facts.setdefault(change.key, {})[change.fact] = change.at.timestamp()
        return decision


def minutes(number: float) -> datetime:
    """Return so many minutes after noon."""
    return NOON + timedelta(minutes=number)


def signal(decision: Decision) -> SignalRouted:
    """Return the signal that a decision emits for everybody."""
    return next(emit.data for emit in decision.emits if isinstance(emit.data, SignalRouted))


def assignments(decision: Decision) -> dict[str, SignalAssigned]:
    """Return what each network receives."""
    return {emit.data.network: emit.data for emit in decision.emits if isinstance(emit.data, SignalAssigned)}


def networks(policy: Policy, data: ReportModerated) -> set[str]:
    """Return the networks that a report goes to."""
    return set(assignments(policy.decide(event(data), {}, NOON)))

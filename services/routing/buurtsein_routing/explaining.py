"""Says in words what the tree does with a report: the rules tried, what held, and who receives it."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from buurtsein_events.codec import decode
from buurtsein_events.errors import DecodeError
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.values import Category, Finding, Location, Name, Saar, SignalType, Text, Verdict
from buurtsein_routing.cases import Case
from buurtsein_routing.policy import Policy
from buurtsein_routing.tree import Trial, trials


class Sketch(BaseModel):
    """A report as somebody jots it down to try the routes: everything but the text may be left out."""

    model_config = ConfigDict(extra="ignore")

    id: Name = "report"
    text: Text
    type: SignalType | None = "none"
    verdict: Verdict = "publish"
    category: Category | None = None
    community: Name | None = None
    area: Name | None = None
    location: Location | None = None
    anonymous: bool = False
    saar: Saar = Saar()
    at: AwareDatetime | None = None


class Explanation(BaseModel):
    """What the tree does with one report, for programs."""

    id: str
    community: str
    area: str | None
    severity: str
    paths: tuple[str, ...]
    networks: tuple[str, ...]


def read_case(line: str, policy: Policy, now: datetime) -> Case:
    """Return the report in a line of JSON: a moderated event, its data, or a sketch; raises `ValueError`."""
    try:
        event = decode(line.encode())
    except DecodeError:
        return policy.case(_moderated(line, now))
    if isinstance(event.data, ReportModerated):
        return policy.case(event.data)
    if isinstance(event.data, ReportReceived):
        report = event.data
        kind: SignalType = report.type or "none"
        moderated = ReportModerated(
            report=report, type=kind, type_reason="stated", verdict="publish", public_text=report.text
        )
        return policy.case(moderated)
    raise ValueError(f"{event.type} is no report")


def explanation(case: Case, policy: Policy) -> Explanation:
    """Return what the tree does with the case, for programs."""
    route = policy.route(case)
    return Explanation(
        id=case.moderated.report.report_id,
        community=case.place.community.id,
        area=case.place.area,
        severity=route.severity if route else case.severity,
        paths=tuple(map(str, route.paths)) if route else (),
        networks=route.networks if route else (),
    )


def described(case: Case, policy: Policy) -> Iterator[str]:
    """Yield the lines that explain to a person what the tree does with the case."""
    moderated, route = case.moderated, policy.route(case)
    place = f"{case.place.community.id}, {case.place.area or 'no area'}"
    yield f"{moderated.report.report_id}: {moderated.type}, {moderated.verdict}, {case.severity} ({place})"
    if moderated.verdict == "decline" and moderated.type != "urgent":
        yield "  declined and not urgent: the tree is not asked"
    else:
        yield from (_tried(trial, case) for trial in trials(policy.top, case))
    if route is None:
        yield "  → nobody"
        return
    for assignment in route.assignments:
        yield f"  → {assignment.network}: {' > '.join(why.rule for why in assignment.why)}"
    hush = ", discreet" if route.discreet else ""
    until = (moderated.report.received_at + route.promise).isoformat(timespec="minutes")
    yield f"  severity {route.severity}, hears back before {until}{hush}"


def _tried(trial: Trial, case: Case) -> str:
    indent = "  " * (trial.node.depth + 1)
    if trial.matched is None:
        return f"{indent}✗ {trial.node.name}: {trial.failed} does not hold"
    words = ", ".join(_words(trial, case))
    then = ", goes on" if trial.node.goes_on else ""
    return f"{indent}✓ {trial.node.name}: {', '.join(trial.matched)}{f' ({words})' if words else ''}{then}"


def _words(trial: Trial, case: Case) -> Iterator[str]:
    for condition in trial.node.wanted:
        if condition.name == "text":
            for group in condition.found(case):
                yield from case.spoken[group]


def _moderated(line: str, now: datetime) -> ReportModerated:
    try:
        return ReportModerated.model_validate_json(line)
    except ValidationError:
        sketch = Sketch.model_validate_json(line)
    finding = Finding(
        rule="stated", version=1, category=sketch.category or "irrelevant", verdict=sketch.verdict, start=0, end=0
    )
    report = ReportReceived(
        report_id=sketch.id,
        channel="app",
        client="explain",
        received_at=sketch.at or now,
        **sketch.model_dump(include={"text", "community", "area", "location", "anonymous", "saar"}),
    )
    return ReportModerated(
        report=report,
        type=sketch.type or "none",
        type_reason="stated",
        verdict=sketch.verdict,
        findings=(finding,) if sketch.category else (),
        public_text=sketch.text,
    )

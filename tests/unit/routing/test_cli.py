"""`buurtsein routing` on the command line, and how the service starts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from buurtsein_events.codec import encode
from buurtsein_events.envelope import Event
from buurtsein_events.topics import schema_uri
from buurtsein_events.values import Value
from buurtsein_routing.cli import routing
from buurtsein_routing.service import main, stage
from tests.unit.routing.given import NOON, SHIPPED, event, moderated

BAD = Path(__file__).parents[2] / "testdata" / "bad-routes" / "several-mistakes.yaml"


def run(*arguments: str, reports: str = "") -> Result:
    """Return what the command printed and how it ended."""
    return CliRunner().invoke(routing, arguments, input=reports)


def test_check_says_that_the_routes_in_force_are_sound() -> None:
    """Without a file it looks at what the service would start with."""
    result = run("check")
    assert result.exit_code == 0
    assert result.output.endswith("routing.yaml is sound\n")


def test_check_names_every_mistake_and_fails() -> None:
    """An operator corrects a file in one go."""
    result = run("check", str(BAD))
    assert result.exit_code == 1
    assert result.output.count("\n  - ") == 5


def test_explain_prints_what_was_tried_what_held_and_who_receives_it() -> None:
    """The whole way, with the words that were found."""
    sketch = {"id": "r-1", "text": "De klotelift is stuk", "type": "nuisance", "community": "overvecht"}
    result = run("explain", reports=json.dumps({**sketch, "at": "2026-10-14T12:00:00+02:00"}))
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "r-1: nuisance, publish, normal (overvecht, utrecht/overvecht)"
    assert "    ✗ suspicious: type does not hold" in lines
    assert "      ✓ nuisance-rented-flat: text=rented_flat (klotelift)" in lines
    assert lines[-2:] == [
        "  → housing_corporation: root > nuisance > nuisance-rented-flat",
        "  severity normal, hears back before 2026-10-17T12:00+02:00",
    ]


def test_explain_says_that_a_declined_report_goes_nowhere() -> None:
    """The tree is not asked."""
    result = run("explain", reports='{"text": "reclame", "verdict": "decline", "category": "spam"}')
    assert "declined and not urgent" in result.output
    assert result.output.endswith("→ nobody\n")


def received() -> Event[Value]:
    """Return an event of a report that nobody moderated yet."""
    kind = "nl.buurtsein.report.received.v1"
    report = moderated("Vlammen", "urgent").report.model_copy(update={"type": "urgent"})
    given = event(report)
    return given.model_copy(update={"type": kind, "dataschema": schema_uri(kind)})


@pytest.mark.parametrize(
    "line",
    [
        encode(event(moderated("Vlammen", "urgent"))).decode(),
        moderated("Vlammen", "urgent").model_dump_json(),
        encode(received()).decode(),
        json.dumps({"id": "report-1", "text": "Vlammen", "type": "urgent", "area": "utrecht/overvecht"}),
    ],
    ids=["moderated event", "moderated report", "received event", "sketch"],
)
def test_explain_reads_events_reports_and_sketches_alike(line: str) -> None:
    """The same report in any of its shapes goes the same way."""
    result = run("explain", "--json", reports=line + "\n\n")
    assert json.loads(result.output) == {
        "id": "report-1",
        "community": "overvecht",
        "area": "utrecht/overvecht",
        "severity": "critical",
        "paths": ["root > urgent > urgent-fire", "root > urgent-neighbours"],
        "networks": ["fire_brigade", "community"],
    }


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("nonsense", "line 1: it is not JSON"),
        ('{"kind": "outcome"}', "line 1: text: is required"),
        ('{"text": "x", "type": "fire"}', "line 1: type: must be one of"),
    ],
)
def test_explain_names_what_is_no_report_and_goes_on(line: str, mistake: str) -> None:
    """The other lines are explained, and the command fails."""
    result = run("explain", "--json", reports=f'{line}\n{{"text": "x"}}\n')
    assert result.exit_code == 1
    assert mistake in result.output
    assert '"networks":["community"]' in result.output
    assert "1 of 2 lines are no reports" in result.output


def test_explain_tries_other_routes(tmp_path: Path) -> None:
    """What is refused is refused here too."""
    assert run("explain", "--routes", str(tmp_path / "none.yaml")).exit_code == 1


def test_the_service_does_not_start_with_routes_that_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says why, before it reads an event."""
    monkeypatch.setenv("BUURTSEIN_ROUTES", str(BAD))
    with pytest.raises(SystemExit, match=r"several-mistakes\.yaml is refused"):
        main()


def test_the_stage_reads_moderated_reports_and_looks_at_the_facts_near_them() -> None:
    """An event of another type has no facts and is never decided on."""
    routing_stage = stage(SHIPPED)
    assert routing_stage.sources == ("reports.moderated",)
    assert routing_stage.keys(event(moderated())) == (
        "signals:overvecht:nuisance:unplaced",
        "signals:overvecht:nuisance:17372:1704",
    )
    assert routing_stage.keys(received()) == ()
    with pytest.raises(Exception, match="unexpected_type"):
        routing_stage.decide(received(), {}, NOON)

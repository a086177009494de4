"""The imaginary reports: varied, repeatable, and of the kind that intake and the services take."""

import json
from pathlib import Path
from random import Random

from pydantic import TypeAdapter

from buurtsein_events.communities import Communities
from buurtsein_events.reports import ReportReceived
from buurtsein_platform.fault.reports import cadence_file, communities_file, outcome, reports
from buurtsein_runtime.config import load_yaml

BODY = TypeAdapter(dict[str, object])


def bodies(count: int, seed: int) -> list[dict[str, object]]:
    """Return the bodies of reports."""
    return [BODY.validate_json(report.body) for report in reports(count, seed)]


def test_the_same_seed_gives_the_same_reports_and_another_gives_others() -> None:
    """Keys and bodies follow from the seed."""
    assert list(reports(50, 3)) == list(reports(50, 3))
    assert {report.key for report in reports(50, 3)}.isdisjoint(report.key for report in reports(50, 4))
    assert bodies(50, 3) != bodies(50, 4)


def test_every_report_has_a_key_of_its_own() -> None:
    """Two reports are never taken for one."""
    assert len({report.key for report in reports(2000, 1)}) == 2000


def test_reports_come_from_many_places_and_people_in_several_languages() -> None:
    """So that every partition, rule and way through the tree has its share."""
    made = bodies(2000, 1)
    assert len({str(body.get("community")) for body in made}) == 28
    assert len({str(body.get("reporter")) for body in made}) > 350
    assert len({str(body["text"]) for body in made}) > 800
    assert any("çöp" in str(body["text"]) for body in made)
    assert any("ضجيج" in str(body["text"]) for body in made)


def test_reports_fit_the_contract() -> None:
    """What a client says of a report are fields of the event, within their bounds."""
    for body in bodies(200, 1):
        told = {name: value for name, value in body.items() if name in ReportReceived.model_fields}
        more = {"report_id": "r", "client": "c", "received_at": "2026-10-14T20:51:00Z"}
        assert ReportReceived.model_validate({**told, **more}).text == body["text"]


def test_an_outcome_tells_of_its_report() -> None:
    """It names the reference and the community, and has a key that follows from the report's."""
    (report,) = reports(1, 1)
    told = outcome(report, "the-reference", Random(1))  # noqa: S311
    assert (told.path, told.key) == ("/v1/outcomes", f"{report.key}-outcome")
    assert BODY.validate_json(told.body)["reference"] == "the-reference"


def test_the_communities_are_a_configuration(tmp_path: Path) -> None:
    """The file is taken by the same reader as the services use."""
    path = tmp_path / "communities.yaml"
    path.write_text(communities_file(), "utf-8")
    found = load_yaml(path, Communities).communities
    assert len(found) == 27
    assert {community.level for community in found} == {"loose", "starting", "group"}


def test_the_cadence_is_the_shortest_that_there_is() -> None:
    """Every reader gets a digest each minute."""
    table = json.loads(cadence_file())
    assert table["tick"] == "1m"
    assert set(table["every"]["incident"].values()) == {"1m"}

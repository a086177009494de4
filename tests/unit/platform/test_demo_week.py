"""The sample week: what is in it, and what a client sends of it."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from buurtsein_intake.shapes import OutcomeIn, ReportIn
from buurtsein_platform.demo_week import WeekOutcome, WeekReport, first_days, load_week
from tests.unit.platform.demo_records import WEEK, outcome, reference, report


def test_the_week_is_whole_and_in_order() -> None:
    """It has 158 reports and 14 outcomes, each later than the one before."""
    assert [sum(isinstance(entry, kind) for entry in WEEK) for kind in (WeekReport, WeekOutcome)] == [158, 14]
    assert [entry.at for entry in WEEK] == sorted(entry.at for entry in WEEK)


def test_every_entry_can_be_told_by_its_time_and_words() -> None:
    """The events of a report are found by them."""
    assert len({(entry.at, entry.text) for entry in WEEK}) == len(WEEK)


def test_the_first_days_end_at_midnight_where_people_live() -> None:
    """Two days are Monday and Tuesday, the late evening included."""
    days = first_days(WEEK, 2)
    assert (days[0].id, days[-1].id) == ("wk-001", "wk-050")
    assert first_days(WEEK, 7) == WEEK


def test_intake_takes_every_entry() -> None:
    """Each body has the shape that intake checks."""
    for entry in WEEK:
        if isinstance(entry, WeekReport):
            ReportIn.model_validate_json(json.dumps(entry.body()))
        else:
            OutcomeIn.model_validate_json(json.dumps(entry.body(reference(entry.id))))


def test_only_a_form_tells_the_type() -> None:
    """A message over WhatsApp is words; the app asks what it is about."""
    assert "type" not in report("wk-002").body()
    assert report("wk-001").body()["type"] == "nuisance"


def test_a_report_without_a_type_has_none_in_a_form_either() -> None:
    """The label `none` is no type that a form offers."""
    assert not any("type" in entry.body() for entry in _reports() if entry.type == "none")


def test_an_anonymous_report_names_no_reporter() -> None:
    """Who stays anonymous is not sent along."""
    body = report("wk-078").body()
    assert body["anonymous"] is True
    assert "reporter" not in body


def test_no_label_is_sent() -> None:
    """What is expected stays with the demo."""
    assert not any("expected" in entry.body() for entry in _reports())
    assert "incident" not in outcome("out-01").body(reference("wk-051"))


def test_a_file_with_a_mistake_is_refused(tmp_path: Path) -> None:
    """An unknown kind of entry is no entry."""
    file = tmp_path / "week.jsonl"
    file.write_text('{"kind": "rumour"}\n', "utf-8")
    with pytest.raises(ValidationError):
        load_week(file)


def _reports() -> list[WeekReport]:
    return [entry for entry in WEEK if isinstance(entry, WeekReport)]

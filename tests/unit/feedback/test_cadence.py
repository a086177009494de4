"""The cadence: what a table may say, and that every mistake is named at once."""

import copy
from datetime import time, timedelta
from pathlib import Path

import pytest
import yaml

from buurtsein_feedback.cadence import INVOLVEMENTS, KINDS, Cadence, Quiet, conflicts, duration
from buurtsein_feedback.loading import load_cadence, load_owners
from buurtsein_feedback.settings import FeedbackSettings
from buurtsein_runtime.config import ConfigError
from tests.unit.feedback.making import TABLE


def changed(*changes: tuple[str, object]) -> dict[str, object]:
    """Return the table with some places changed, each named as `every.incident.member`."""
    table: dict[str, object] = copy.deepcopy(TABLE)
    for place, value in changes:
        *path, last = place.split(".")
        part = table
        for name in path:
            inner = part[name]
            assert isinstance(inner, dict)
            part = inner
        part[last] = value
    return table


def refused(tmp_path: Path, table: object) -> list[str]:
    """Return why a table is refused."""
    path = tmp_path / "cadence.yaml"
    path.write_text(yaml.safe_dump(table), "utf-8")
    with pytest.raises(ConfigError) as error:
        load_cadence(path)
    return error.value.problems


def test_shipped_files_are_accepted() -> None:
    """The files beside the package load, and incidents come sooner than trends for everyone."""
    cadence = load_cadence(FeedbackSettings().cadence)
    assert all(cadence.of("incident", each) < cadence.of("trend", each) for each in INVOLVEMENTS)
    assert all(cadence.of(kind, "involved") <= cadence.of(kind, "member") for kind in KINDS)


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        ("every.trend.involved", "30m", "incidents come sooner than trends"),
        ("every.trend.coordinator", "30m", "incidents come sooner than trends"),
        ("every.incident.member", "30m", "those involved hear sooner than members"),
        ("every.trend.member", "12h", "those involved hear sooner than members"),
        ("every.incident.involved", "20m", "not a multiple of the tick"),
        ("every.incident.member", "5h", "neither divides a day nor is whole days"),
        ("every.trend.member", "36h", "neither divides a day nor is whole days"),
        ("every.trend.member", "29d", "at most 28d"),
        ("tick", "7m", "does not divide 15m"),
        ("quiet.until", "07:10", "not a multiple of the tick"),
        ("quiet.until", 420, "write hours and minutes"),
        ("quiet.until", "7:00", "write hours and minutes"),
        ("quiet.until", "24:00", "write hours and minutes"),
        ("every.incident.member", "6 hours", "write a number and m, h or d"),
        ("every.incident.member", "0h", "write a number and m, h or d"),
        ("max_items", 21, "must be 20 or less"),
        ("max_items", 0, "must be 1 or more"),
        ("every.rumour", {}, "is not a field here"),
    ],
)
def test_refusals(tmp_path: Path, place: str, value: object, expected: str) -> None:
    """Each mistake is refused and its place named."""
    problems = refused(tmp_path, changed((place, value)))
    assert any(expected in problem for problem in problems)
    assert all(problem.startswith(("every.", "tick", "quiet", "max_items")) for problem in problems)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Mistakes in values and between values are told together."""
    table = changed(
        ("every.trend.involved", "15m"),
        ("every.incident.member", "nooit"),
        ("every.incident.coordinator", "20m"),
        ("max_items", 99),
    )
    problems = refused(tmp_path, table)
    assert len(problems) == 4
    assert {problem.split(":")[0] for problem in problems} == {
        "every.trend.involved",
        "every.incident.member",
        "every.incident.coordinator",
        "max_items",
    }


def test_equal_cadences_are_fine() -> None:
    """Only more often is refused, as often is not."""
    assert not conflicts(changed(("every.incident.member", "1h"), ("every.trend.coordinator", "1h")))


def test_a_missing_row_is_named(tmp_path: Path) -> None:
    """A table without trends is refused, as is a file that is no table."""
    assert refused(tmp_path, changed(("every", {"incident": {}}))) == [
        "every.incident.member: is required; add it",
        "every.incident.involved: is required; add it",
        "every.incident.coordinator: is required; add it",
        "every.trend: is required; add it",
    ]
    assert refused(tmp_path, ["tick"])


@pytest.mark.parametrize("text", ["", "h", "-1h", "1w", "1.5h", "01h", "1h30m", 60, None])
def test_no_durations(text: object) -> None:
    """What is not a number and a unit is no duration."""
    with pytest.raises(ValueError, match="write a number"):
        duration(text)


def test_durations() -> None:
    """Minutes, hours and days are understood."""
    assert [duration(each) for each in ("15m", "6h", "7d")] == [
        timedelta(minutes=15),
        timedelta(hours=6),
        timedelta(days=7),
    ]


@pytest.mark.parametrize(
    ("begin", "until", "at", "quiet"),
    [
        ("22:00", "07:00", time(21, 59), False),
        ("22:00", "07:00", time(22), True),
        ("22:00", "07:00", time(0), True),
        ("22:00", "07:00", time(7), False),
        ("12:30", "13:30", time(12, 29), False),
        ("12:30", "13:30", time(12, 30), True),
        ("12:30", "13:30", time(13), True),
        ("12:30", "13:30", time(13, 30), False),
        ("07:00", "07:00", time(7), False),
    ],
)
def test_quiet_hours(begin: str, until: str, at: time, *, quiet: bool) -> None:
    """Quiet hours may span midnight; their end is not quiet any more; equal times mean none."""
    assert Quiet.model_validate({"from": begin, "until": until}).holds(at) is quiet


def test_communities_that_feedback_cannot_speak_to(tmp_path: Path) -> None:
    """An unknown time zone and an id too long for a reader's name are refused together."""
    path = tmp_path / "communities.yaml"
    rows = [{"id": "a" * 95, "name": "A", "municipality": "m"}, {"id": "b", "name": "B", "municipality": "m"}]
    rows[1]["timezone"] = "Europe/Overvecht"
    path.write_text(yaml.safe_dump({"communities": rows}), "utf-8")
    with pytest.raises(ConfigError) as error:
        load_owners(path)
    assert len(error.value.problems) == 2


def test_what_a_table_does_not_say() -> None:
    """Boundaries are at quarters, nothing is quiet, and a digest shows ten items."""
    cadence = Cadence.model_validate({"every": TABLE["every"]})
    assert (cadence.tick, cadence.quiet, cadence.max_items) == (timedelta(minutes=15), None, 10)


def test_without_a_tick_steps_are_measured_by_the_quarter() -> None:
    """As they will be decided on."""
    table = changed(("every.incident.involved", "20m"))
    del table["tick"]
    assert conflicts(table) == ["every.incident.involved: 20m is not a multiple of the tick, 15m"]


def test_the_longest_step_is_four_weeks() -> None:
    """That long is allowed."""
    assert not conflicts(changed(("every.trend.member", "28d")))


@pytest.mark.parametrize("span", ["36h", "29d", "100m"])
def test_a_span_is_named_in_its_largest_whole_unit(span: str) -> None:
    """As operators write it."""
    (problem,) = [each for each in conflicts(changed(("every.trend.member", span))) if "neither" in each]
    assert problem.startswith(f"every.trend.member: {span} neither")

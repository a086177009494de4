"""Trends: when a day stands out, and that the news of it names counts, never a report."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_feedback.cadence import Cadence
from buurtsein_feedback.news import SEEN_LIMIT
from buurtsein_feedback.trends import BASELINE, LAG, daily, rise
from tests.unit.feedback.making import HOUR, TABLE, World, signal, utc


@pytest.mark.parametrize(
    ("count", "before", "expected"),
    [
        (6, [2] * 9, True),
        (5, [2] * 9, False),
        (3, [0] * 9, False),
        (4, [0] * 9, True),
        (2, [0] * 9, False),
        (12, [4, 5, 3, 6, 4, 5, 4, 5, 3], True),
        (8, [4, 5, 3, 6, 4, 5, 4, 5, 3], True),
        (7, [4, 5, 3, 6, 4, 5, 4, 5, 3], False),
        (20, [2, 2], False),
        (20, [2, 2, 2], True),
        (20, [], False),
    ],
)
def test_days_that_stand_out(count: int, before: list[int], *, expected: bool) -> None:
    """More than three deviations above the mean, so at least four reports, and at least three known days."""
    assert (rise(count, before) is not None) is expected


def test_a_rise_over_days_does_not_hide_itself() -> None:
    """With nine known days the two before are left out (C2); the same with eight is within the usual (C1)."""
    assert rise(9, [8, 8, 2, 2, 2, 2, 2, 2, 2]) is not None
    assert rise(9, [8, 8, 2, 2, 2, 2, 2, 2]) is None


def test_the_usual_is_the_mean() -> None:
    """What is told as usual is the mean of the baseline, and the score its distance in deviations."""
    found = rise(11, [0, 0, 2, 4, 2, 4, 2, 4, 3])
    assert found is not None
    assert found.usual == 3
    assert found.score == pytest.approx(8)


@given(st.integers(0, 3), st.lists(st.integers(0, 50), max_size=12))
def test_three_reports_never_stand_out(count: int, before: list[int]) -> None:
    """Whatever came before: so few could point to one resident."""
    assert rise(count, before) is None


@given(st.integers(0, 50), st.lists(st.integers(0, 50), max_size=12))
def test_more_never_stands_out_less(count: int, before: list[int]) -> None:
    """If a count stands out, a higher one does too."""
    assert rise(count, before) is None or rise(count + 1, before) is not None


def test_days_before_the_first_are_not_known() -> None:
    """Days without a count had none, days before the first known one are left out."""
    assert daily({10: 5, 8: 2}, 10, 7) == (5, [0, 2, 0])
    assert daily({10: 5}, 10, 1) == (5, [0] * (BASELINE + LAG))
    assert daily({10: 5}, 10, 12) == (5, [])


def test_a_day_without_a_count_had_none() -> None:
    """So a quiet day never stands out."""
    assert daily({9: 5}, 10, 9) == (0, [5])


def week(world: World, counts: list[int], *, start: datetime) -> None:
    """Let each day have some reports at noon."""
    for day, number in enumerate(counts):
        at = start + timedelta(days=day)
        for each in range(number):
            world.read(signal(f"s-{day}-{each}", at=at, type="nuisance", text="Herrie bij Jansen"), at)


def test_a_trend_is_told_the_next_morning() -> None:
    """A day with six reports where two are usual is told at seven to those involved, on Monday to members."""
    world = World()
    world.start(utc(5, 8))
    week(world, [2, 2, 2, 2, 2, 2, 6], start=utc(5, 10))
    world.ticks(utc(20, 8), HOUR)
    (involved,) = world.to("involved", "trend")
    (item,) = involved.items
    assert involved.until == utc(12, 5)
    assert item.text == "Meer overlast in Overvecht: 6 op 11-10-2026, gewoonlijk 2 per dag."
    assert (item.reports, item.area, item.severity) == (6, "utrecht/overvecht", "normal")
    assert [each.until for each in world.to("member", "trend")] == [utc(12, 5)]


def test_a_trend_waits_for_the_members_week() -> None:
    """A trend of Friday comes to those involved on Saturday and to members on Monday, once."""
    world = World()
    world.start(utc(5, 8))
    week(world, [2, 2, 2, 2, 9], start=utc(5, 10))
    world.ticks(utc(20, 8), HOUR)
    assert [each.until for each in world.to("involved", "trend")] == [utc(10, 5)]
    assert [each.until for each in world.to("member", "trend")] == [utc(12, 5)]


def test_without_quiet_hours_a_trend_comes_at_midnight() -> None:
    """The tick that ends the day tells its trend at once."""
    cadence = Cadence.model_validate({**TABLE, "quiet": None})
    world = World(cadence=cadence)
    world.start(utc(5, 8))
    week(world, [1, 1, 1, 1, 5], start=utc(5, 10))
    world.ticks(utc(10, 12), HOUR)
    assert [each.until for each in world.to("coordinator", "trend")] == [utc(9, 22)]


def test_a_trend_is_no_incident() -> None:
    """Though both may be due at midnight."""
    world = World(cadence=Cadence.model_validate({**TABLE, "quiet": None}))
    world.start(utc(5, 8))
    week(world, [1, 1, 1, 1, 5], start=utc(5, 10))
    world.ticks(utc(10, 12), HOUR)
    assert not [item for each in world.to("coordinator") for item in each.items if item.text.startswith("Meer")]


def test_a_trend_that_is_told_at_once_does_not_wait_besides() -> None:
    """Only the members' week keeps it."""
    world = World(cadence=Cadence.model_validate({**TABLE, "quiet": None}))
    world.start(utc(5, 8))
    week(world, [1, 1, 1, 1, 5], start=utc(5, 10))
    world.ticks(utc(9, 22), HOUR)
    assert [
        key for key, facts in world.state.items() if key.endswith(":trend") and key.startswith("digest:") and facts
    ] == ["digest:overvecht:member:trend"]


def test_what_is_not_counted() -> None:
    """Duplicates, what moderation holds back, and what is no report make no trend."""
    world = World()
    world.start(utc(5, 8))
    week(world, [1, 1, 1, 1], start=utc(5, 10))
    at = utc(9, 10)
    for number in range(9):
        world.read(signal(f"d-{number}", at=at, type="nuisance", incident="s-0-0"), at)
        world.read(signal(f"h-{number}", at=at, type="nuisance", verdict="hold"), at)
        world.read(signal(f"n-{number}", at=at, type="none"), at)
    world.ticks(utc(11, 8), HOUR)
    assert not world.to("coordinator", "trend")


def test_a_new_installation_has_no_trends() -> None:
    """In the first days there is nothing to compare with; the day that it began is not whole."""
    world = World()
    world.start(utc(5, 8))
    week(world, [1, 9, 9, 9], start=utc(5, 10))
    world.ticks(utc(9, 8), HOUR)
    assert not world.to("coordinator", "trend")


def test_a_set_that_lost_its_older_days() -> None:
    """Of a set that is longer than a decision sees, the days before the earliest fact are not taken for quiet ones."""
    world = World()
    world.start(utc(5, 8))
    world.read(signal(at=utc(5, 10)), utc(5, 10))
    flood = {f"e-{number}": utc(13, 10).timestamp() + number for number in range(SEEN_LIMIT)}
    world.state["counts:overvecht:utrecht/overvecht:nuisance"] = flood
    world.ticks(utc(15, 8), HOUR)
    assert not world.to("coordinator", "trend")


def test_elsewhere_has_its_own_counts() -> None:
    """Signals outside the community's areas are counted apart and named after the community."""
    world = World()
    world.start(utc(5, 8))
    for day, number in enumerate([1, 1, 1, 1, 5]):
        at = utc(5 + day, 10)
        for each in range(number):
            world.read(signal(f"s-{day}-{each}", at=at, area="utrecht/centrum"), at)
    world.ticks(utc(10, 8), HOUR)
    (item,) = world.to("coordinator", "trend")[0].items
    assert item.text == "Meer verdachte situaties in Overvecht: 5 op 09-10-2026, gewoonlijk 1 per dag."
    assert item.area is None

"""Boundaries on the wall clock, through quiet hours and the days on which the clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_feedback.cadence import QUARTER, Quiet
from buurtsein_feedback.rhythm import Rhythm

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NIGHT = Quiet.model_validate({"from": "22:00", "until": "07:00"})


def rhythm(hours: float, quiet: Quiet | None = None, zone: str = "Europe/Amsterdam") -> Rhythm:
    """Return a rhythm of some hours."""
    return Rhythm(timedelta(hours=hours), ZoneInfo(zone), quiet, QUARTER)


def walls(of: Rhythm, start: datetime, number: int) -> list[str]:
    """Return what the wall clock shows at the next boundaries."""
    found, at = [], start
    for _ in range(number):
        at = of.next(at)
        found.append(at.astimezone(of.zone).strftime("%d %H:%M %z"))
    return found


def test_hours_are_the_walls() -> None:
    """Six hours are 0, 6, 12 and 18 o'clock in Amsterdam, not in UTC."""
    start = datetime(2026, 10, 12, 3, 0, tzinfo=UTC)
    assert walls(rhythm(6), start, 3) == ["12 06:00 +0200", "12 12:00 +0200", "12 18:00 +0200"]


def test_seven_days_start_on_monday() -> None:
    """A week's boundary is the midnight before Monday."""
    assert walls(rhythm(168), datetime(2026, 10, 14, tzinfo=UTC), 2) == ["19 00:00 +0200", "26 00:00 +0100"]


def test_the_clock_goes_back() -> None:
    """The repeated hour has boundaries twice for an hourly rhythm, and once for a slower one."""
    start = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    assert walls(rhythm(1), start, 4) == ["25 02:00 +0200", "25 02:00 +0100", "25 03:00 +0100", "25 04:00 +0100"]
    assert walls(rhythm(2), start, 2) == ["25 02:00 +0200", "25 04:00 +0100"]


def test_the_clock_goes_forward() -> None:
    """Times that the wall never shows have no boundary."""
    start = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    assert walls(rhythm(1), start, 3) == ["29 01:00 +0100", "29 03:00 +0200", "29 04:00 +0200"]
    assert walls(rhythm(2), start, 2) == ["29 04:00 +0200", "29 06:00 +0200"]


def test_quiet_hours_move_boundaries() -> None:
    """What falls in the night comes at seven, once; a daily boundary too."""
    start = datetime(2026, 10, 12, 19, 30, tzinfo=UTC)
    assert walls(rhythm(1, NIGHT), start, 2) == ["13 07:00 +0200", "13 08:00 +0200"]
    assert walls(rhythm(24, NIGHT), start, 2) == ["13 07:00 +0200", "14 07:00 +0200"]
    assert walls(rhythm(168, NIGHT), start, 1) == ["19 07:00 +0200"]


@pytest.mark.parametrize(("day", "offset"), [("2026-03-29", "+0200"), ("2026-10-25", "+0100")])
def test_quiet_hours_over_the_change(day: str, offset: str) -> None:
    """The night ends at seven on the wall on the days that the clock changes as well."""
    start = datetime.fromisoformat(f"{day}T00:00:00+00:00") - timedelta(hours=3)
    assert walls(rhythm(1, NIGHT), start, 1) == [f"{day[-2:]} 07:00 {offset}"]


def test_quiet_hours_that_end_in_the_gap() -> None:
    """An end that the wall never shows is the moment that the clock goes forward."""
    quiet = Quiet.model_validate({"from": "22:00", "until": "02:30"})
    start = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    assert walls(rhythm(1, quiet), start, 2) == ["29 03:00 +0200", "29 04:00 +0200"]


def test_quiet_hours_that_end_in_the_repeated_hour() -> None:
    """An end that the wall shows twice is quiet up to the first and again before the second."""
    quiet = Quiet.model_validate({"from": "22:00", "until": "02:30"})
    start = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    assert walls(rhythm(1, quiet), start, 3) == ["25 02:30 +0200", "25 02:30 +0100", "25 03:00 +0100"]


def test_a_day_that_does_not_begin_at_midnight() -> None:
    """Where the clock goes forward at midnight, the day begins at one."""
    start = datetime(2026, 4, 23, 12, 0, tzinfo=UTC)
    assert walls(rhythm(24, zone="Africa/Cairo"), start, 2) == ["24 01:00 +0300", "25 00:00 +0300"]


def test_last_within() -> None:
    """The boundary in a period is its last; the end of the period counts, its beginning does not."""
    at = datetime(2026, 10, 12, 10, 0, tzinfo=UTC)
    assert rhythm(1).last_within(at - timedelta(hours=5), at) == at
    assert rhythm(1).last_within(at, at + timedelta(minutes=59)) is None


ZONES = st.sampled_from(
    ["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
QUIETS = st.none() | st.builds(
    lambda begin, until: Quiet.model_validate({"from": begin, "until": until}),
    *[st.times().map(lambda at: time(at.hour, at.minute // 15 * 15).strftime("%H:%M"))] * 2,
)
HOURS = st.sampled_from([0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168])


@given(HOURS, ZONES, QUIETS, MOMENTS)
def test_boundaries_are_consistent(hours: float, zone: str, quiet: Quiet | None, at: datetime) -> None:
    """Next and last agree, no boundary is quiet, and each is on the wall's quarter, so a tick meets it exactly."""
    each = rhythm(hours, quiet, zone)
    following = each.next(at)
    assert following > at
    assert each.last(following) == following
    assert each.last(following - timedelta(microseconds=1)) <= at
    assert quiet is None or not quiet.holds(following.astimezone(each.zone).time())
    assert not (following - datetime.fromtimestamp(0, UTC)) % QUARTER


@given(HOURS, ZONES, MOMENTS)
def test_never_more_often_than_the_cadence(hours: float, zone: str, at: datetime) -> None:
    """Without quiet hours two boundaries are as far apart as the cadence, but for an hour when the clock changes."""
    each = rhythm(hours, None, zone)
    first = each.next(at)
    gap = each.next(first) - first
    assert abs(gap - each.every) <= (max(each.every, timedelta(hours=1)) if hours <= 3 else timedelta(hours=1))

"""When digests are due: boundaries on the wall clock of a community, and the quiet hours that move them.

A cadence that divides the day has its boundaries at the multiples of itself since midnight on the wall clock; one of
whole days at midnight, counted so that seven days start on Monday. A boundary in the quiet hours moves to their end.
When the clock goes back, a cadence of at most the hour that is repeated has boundaries in both; when it goes forward,
times that the wall never shows have none.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from buurtsein_feedback.cadence import DAY, Quiet


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The boundaries of one cadence in one time zone; `tick` is how finely the end of the quiet hours is sought."""

    every: timedelta
    zone: ZoneInfo
    quiet: Quiet | None
    tick: timedelta

    def last(self, until: datetime) -> datetime:
        """Return the last boundary that is not after `until`."""
        day = until.astimezone(self.zone).date()
        while not (found := [at for at in _boundaries(self, day) if at <= until]):
            day -= DAY
        return found[-1]

    def next(self, after: datetime) -> datetime:
        """Return the first boundary after `after`."""
        # The quiet hours may have moved a boundary of the day before.
        day = after.astimezone(self.zone).date() - DAY
        while not (found := [at for at in _boundaries(self, day) if at > after]):
            day += DAY
        return found[0]

    def last_within(self, since: datetime, until: datetime) -> datetime | None:
        """Return the last boundary after `since` and not after `until`."""
        found = self.last(until)
        return found if found > since else None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins on the wall clock of a zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


@lru_cache(maxsize=512)
def _boundaries(rhythm: Rhythm, day: date) -> list[datetime]:
    """Return the boundaries that belong to a day, in order; the quiet hours may move the last to the next day."""
    return sorted({_after_quiet(rhythm, at) for at in _nominal(rhythm, day)})


def _nominal(rhythm: Rhythm, day: date) -> list[datetime]:
    if rhythm.every >= DAY:
        # The first day of the calendar, ordinal 1, was a Monday.
        return [midnight(day, rhythm.zone)] if (day.toordinal() - 1) % rhythm.every.days == 0 else []
    walls = [datetime.combine(day, time()) + rhythm.every * step for step in range(DAY // rhythm.every)]
    return [at for wall in walls for at in _moments(wall, rhythm)]


def _moments(wall: datetime, rhythm: Rhythm) -> list[datetime]:
    """Return when the wall clock shows `wall`: never in a gap, and twice in a repeated hour if the cadence is short."""
    first, second = (wall.replace(tzinfo=rhythm.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if second < first:
        return []
    return [first, second] if second - first >= rhythm.every else [first]


def _after_quiet(rhythm: Rhythm, at: datetime) -> datetime:
    # Step by step, because on a day that the clock changes the end of the quiet hours may not exist, or exist twice.
    while rhythm.quiet and rhythm.quiet.holds(at.astimezone(rhythm.zone).time()):
        at += rhythm.tick
    return at

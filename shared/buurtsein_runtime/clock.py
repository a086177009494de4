"""What time it is: the system's, or for a replay the newest event time seen."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, aware and in UTC; `observe` shows it the time of an event."""

    def now(self) -> datetime:
        """Return the time."""
        ...

    def observe(self, at: datetime) -> None:
        """Take notice of the time of an event."""
        ...


class SystemClock:
    """The system's time."""

    def now(self) -> datetime:
        """Return the system's time."""
        return datetime.now(UTC)

    def observe(self, at: datetime) -> None:
        """Do nothing: events do not move the system's time."""


class EventClock:
    """The newest event time seen: time stands still between events, so that a replay decides as the week did."""

    def __init__(self) -> None:
        self._now = datetime.fromtimestamp(0, UTC)

    def now(self) -> datetime:
        """Return the newest event time seen, the epoch before the first."""
        return self._now

    def observe(self, at: datetime) -> None:
        """Move the time forward to `at` if that is later."""
        self._now = max(self._now, at.astimezone(UTC))


def clock(kind: str) -> Clock:
    """Return the clock of the settings: `system` or `events`."""
    return EventClock() if kind == "events" else SystemClock()

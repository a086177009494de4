"""The clocks."""

from datetime import UTC, datetime, timedelta, timezone

from buurtsein_runtime.clock import EventClock, SystemClock, clock

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)


def test_an_event_clock_follows_the_newest_event() -> None:
    """Older events do not turn the time back."""
    events = EventClock()
    events.observe(NOON)
    events.observe(NOON - timedelta(hours=1))
    assert events.now() == NOON


def test_an_event_clock_speaks_utc() -> None:
    """The zone of the event does not matter."""
    events = EventClock()
    events.observe(NOON.astimezone(timezone(timedelta(hours=2))))
    assert events.now().utcoffset() == timedelta(0)


def test_events_do_not_move_the_system_clock() -> None:
    """An event from the future leaves the system's time alone."""
    system = SystemClock()
    system.observe(NOON + timedelta(days=100000))
    assert system.now() < NOON + timedelta(days=50000)


def test_the_settings_choose_the_clock() -> None:
    """Replays follow the events, everything else the system."""
    assert isinstance(clock("events"), EventClock)
    assert isinstance(clock("system"), SystemClock)

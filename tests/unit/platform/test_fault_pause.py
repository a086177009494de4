"""How pauses and standstills are measured."""

from buurtsein_platform.fault.pause import PauseMeter, StandstillMeter


def test_a_pause_is_the_time_between_two_that_came_out_while_something_was_open() -> None:
    """The longest one counts."""
    meter = PauseMeter()
    for _ in range(3):
        meter.opened(10.0)
    meter.came_out(11.0)
    meter.came_out(14.0)
    meter.came_out(14.5)
    assert meter.longest == 3.0


def test_a_pause_begins_when_something_is_there_to_come_out() -> None:
    """Nothing to do is no pause."""
    meter = PauseMeter()
    meter.opened(10.0)
    meter.came_out(10.5)
    meter.opened(90.0)
    meter.came_out(91.0)
    assert meter.longest == 1.0


def test_the_pause_under_way_counts() -> None:
    """Who asks in the middle of a pause is told of it."""
    meter = PauseMeter()
    meter.opened(10.0)
    assert meter.current(15.0) == 5.0
    meter.came_out(15.0)
    assert meter.current(60.0) == 5.0


def test_what_comes_out_before_its_sender_knows_is_no_pause() -> None:
    """A report may have ended before the answer to its client arrives, which is then not open."""
    meter = PauseMeter()
    meter.came_out(10.0)
    meter.opened(10.1)
    assert (meter.open, meter.current(60.0)) == (0, 0.0)


def test_a_reader_that_is_behind_and_does_not_move_stands_still() -> None:
    """The time since its last movement counts, and where it was."""
    meter = StandstillMeter()
    for now in (0.0, 1.0, 2.0):
        meter.look("routing:0", offset=5, behind=True, now=now)
    meter.look("routing:0", offset=6, behind=True, now=3.0)
    meter.look("routing:1", offset=0, behind=True, now=3.0)
    assert (meter.longest, meter.where) == (2.0, "routing:0")


def test_a_reader_that_has_read_everything_does_not_stand_still() -> None:
    """Being idle is no standstill, and it begins anew with the next record."""
    meter = StandstillMeter()
    meter.look("routing:0", offset=5, behind=False, now=0.0)
    meter.look("routing:0", offset=5, behind=False, now=60.0)
    meter.look("routing:0", offset=5, behind=True, now=61.0)
    assert meter.longest == 1.0


def test_what_was_before_the_last_fault_is_forgotten() -> None:
    """Only what follows it counts."""
    meter = StandstillMeter()
    meter.look("routing:0", offset=5, behind=True, now=0.0)
    meter.look("routing:0", offset=5, behind=True, now=20.0)
    meter.begin()
    meter.look("routing:0", offset=5, behind=True, now=21.0)
    meter.look("routing:0", offset=5, behind=True, now=23.0)
    assert meter.longest == 2.0

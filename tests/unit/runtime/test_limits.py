"""The limit on dead letters."""

from buurtsein_runtime.limits import DeadLetterCount, DeadLetterLimit

LIMIT = DeadLetterLimit(window=10, ratio=0.5)


def counted(*dead: bool) -> DeadLetterCount:
    """Return a count of these records, in order."""
    count = DeadLetterCount(LIMIT)
    for each in dead:
        count.record(dead=each)
    return count


def test_a_few_dead_letters_do_not_stop_a_stage() -> None:
    """Up to the ratio of the window is allowed."""
    assert not counted(*[True] * 5).exceeded


def test_more_than_the_ratio_of_the_window_stops_a_stage() -> None:
    """One more than the ratio allows is too many, even before the window is full."""
    assert counted(*[True] * 6).exceeded


def test_dead_letters_of_long_ago_do_not_count() -> None:
    """Only the last records of the window count."""
    assert not counted(*[True] * 5, *[False] * 10, *[True] * 5).exceeded


def test_a_bad_release_stops_a_stage_that_ran_well_before() -> None:
    """Good records before do not hide a sudden change."""
    assert counted(*[False] * 1000, *[True] * 6).exceeded

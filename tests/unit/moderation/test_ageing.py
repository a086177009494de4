"""The alarm on what waits for coordinators for too long."""

from buurtsein_moderation.ageing import Ageing, ageing
from buurtsein_moderation.cases import Entry
from buurtsein_moderation.settings import ModerationSettings

NOW, HOUR = 1_800_000_000.0, 3600.0
USUAL, URGENT = Entry("report", "nuisance", "r-1"), Entry("appeal", "urgent", "urn:r:2")


def test_an_empty_queue_has_no_age() -> None:
    """So that the gauge falls back when all is decided."""
    assert ageing([], ModerationSettings(), NOW) == Ageing(0, 0.0)


def test_what_is_urgent_is_overdue_sooner() -> None:
    """After an hour instead of a day, if not said otherwise."""
    queue = [(USUAL, NOW - 25 * HOUR), (USUAL, NOW - 24 * HOUR), (URGENT, NOW - 2 * HOUR), (URGENT, NOW)]
    assert ageing(queue, ModerationSettings(), NOW) == Ageing(2, 25 * HOUR)
    assert ageing(queue, ModerationSettings(urgent_overdue_seconds=9000), NOW).overdue == 1


def test_an_entry_is_read_as_it_was_kept() -> None:
    """A reference may hold the mark between its parts."""
    assert Entry.of(URGENT.text) == URGENT

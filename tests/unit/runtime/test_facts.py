"""Facts in memory and what waits to be changed."""

from datetime import UTC, datetime, timedelta

from buurtsein_events.results import Change, Forget, Remember
from buurtsein_runtime.facts import Redo, _redo_of, _redo_text, change_sets

AT = datetime(2026, 10, 12, 12, tzinfo=UTC)
STRIKE = Remember("strikes:m-1", "event-1", AT, timedelta(days=90))


def after(*changes: Change) -> dict[str, dict[str, float]]:
    """Return the sets after the changes."""
    sets: dict[str, dict[str, float]] = {"strikes:m-1": {}}
    for change in changes:
        change_sets(sets, change)
    return sets


def test_a_decision_sees_what_earlier_ones_of_its_batch_remembered() -> None:
    """Facts of a batch are visible within it."""
    assert after(STRIKE) == {"strikes:m-1": {"event-1": AT.timestamp()}}


def test_remembering_twice_changes_nothing() -> None:
    """A fact is there or not."""
    assert after(STRIKE, STRIKE) == after(STRIKE)


def test_forgetting_undoes_remembering_however_often() -> None:
    """To forget what is not there changes nothing."""
    forget = Forget("strikes:m-1", "event-1")
    assert after(STRIKE, forget, forget) == after()


def test_sets_that_nobody_asked_for_are_not_made_up() -> None:
    """A set that was not loaded stays unknown, for in the store it may hold more."""
    assert "other" not in after(Remember("other", "x", AT, timedelta(days=1)))


def test_what_waits_to_be_changed_survives_a_crash() -> None:
    """A redo record reads back as it was written."""
    redo = Redo(AT, (STRIKE, Forget("digest:overvecht", '{"a": "é"}')))
    assert _redo_of(_redo_text(redo)) == redo

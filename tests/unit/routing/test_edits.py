"""A report that its author completes or changes is an update for the networks that have it, and rains on nobody."""

import pytest

from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportModerated
from buurtsein_events.values import Location, Saar
from tests.unit.routing.given import SQUARE, Stage, assignments, minutes, moderated, signal

FIRST = derive("report-1", "signal")
FIRE = "Brand in de fietsenstalling, veel rook"


def edit(text: str = FIRE, number: int = 2, after: float = 5, **changed: object) -> ReportModerated:
    """Return an edit of the first report, some minutes after it."""
    return moderated(text, "urgent", number=number, at=minutes(after), edit_of=1, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "second",
    [
        edit(saar=Saar(police_called=True)),
        edit("Vechtpartij met messen"),
        edit(location=Location(lat=51.47, lon=5.48), community="woensel"),
        edit(after=24 * 60),
    ],
    ids=["112 called", "other words", "another place", "a day later"],
)
def test_an_edit_is_an_update_of_the_first_signal(second: ReportModerated) -> None:
    """However unlike the report has become; a network that had it sees a duplicate, another one sees news."""
    stage = Stage()
    known = set(assignments(stage.decide(moderated(FIRE, "urgent"))))
    decision = stage.decide(second)
    assert (signal(decision).incident, signal(decision).duplicate) == (FIRST, True)
    assert {name: got.duplicate for name, got in assignments(decision).items()} == {
        name: name in known for name in assignments(decision)
    }


def test_an_edit_of_a_report_that_nobody_could_place_is_linked_too() -> None:
    """Chats tell the place in a second message."""
    stage = Stage()
    stage.decide(moderated(FIRE, "urgent", location=None, community=None))
    assert signal(stage.decide(edit(location=SQUARE))).incident == FIRST


def test_an_edit_of_what_was_not_sent_on_is_news() -> None:
    """The author was asked to change it, so nobody has it yet."""
    stage = Stage()
    stage.decide(moderated(FIRE, "suspicious", "decline", category="stigmatising"))
    found = signal(stage.decide(edit()))
    assert (found.incident, found.duplicate) == (found.signal_id, False)


def test_what_an_edit_told_first_a_second_edit_does_not_tell_again() -> None:
    """All edits name the first report."""
    stage = Stage()
    stage.decide(moderated(FIRE, "urgent"))
    news = {name for name, got in assignments(stage.decide(edit(f"{FIRE}, man met mes"))).items() if not got.duplicate}
    again = assignments(stage.decide(edit(f"{FIRE}, man met mes", 3, 6)))
    assert news == {"police"}
    assert all(got.duplicate for got in again.values())


def test_another_report_of_the_event_is_linked_to_the_first_by_what_the_edit_says() -> None:
    """Such as the place, which the first report did not tell."""
    stage = Stage()
    stage.decide(moderated(FIRE, "urgent", location=None, community=None))
    stage.decide(edit(location=SQUARE))
    assert signal(stage.decide(moderated(FIRE, "urgent", number=3, at=minutes(6)))).incident == FIRST


def test_deciding_on_an_edit_again_gives_the_same() -> None:
    """What it and later edits left plays no part."""
    stage = Stage()
    stage.decide(moderated(FIRE, "urgent"))
    decision = stage.decide(edit())
    stage.decide(edit(f"{FIRE}, man met mes", 3, 6))
    assert stage.decide(edit()) == decision

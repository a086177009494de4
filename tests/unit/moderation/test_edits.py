"""Reports that their authors changed as they were asked to."""

from datetime import timedelta
from typing import Any

import pytest

from buurtsein_events.reports import MemberNotice
from buurtsein_events.results import Decision
from buurtsein_events.topics import MEMBER_NOTICES

from .given import NOON, World, emitted, engine, rule
from .given import report as a_report

SOON = NOON + timedelta(minutes=10)
FOOL, SOUND = "you fool", "the lamp is out"
AGAIN = "Thank you for changing it."


def asked(**changes: object) -> World:
    """Return a world in which a report was asked to be said differently."""
    hostile = rule(
        id="xx.hold", verdict="hold", matches={"phrases": ["get him"]}, examples={"match": ["get him"], "not": ["x"]}
    )
    world = World(engine(rule(), hostile))
    world.read(a_report(FOOL, **changes))
    return world


def edit(world: World, text: str, number: int = 1, **changes: Any) -> Decision:
    """Return what is decided about an edit of it."""
    at = NOON + timedelta(minutes=10 * number)
    fields = {"report_id": f"edit-{number}", "edit_of": "report-1", "received_at": at, **changes}
    return world.read(a_report(text, **fields), at, cause=f"edit-{number}")


def told(decision: Decision) -> tuple[str, int, str]:
    """Return the step, the strikes and the English words that the member is told."""
    emit = emitted(decision, MEMBER_NOTICES)
    assert emit is not None
    assert isinstance(emit.data, MemberNotice)
    return emit.data.step, emit.data.strikes, emit.data.message.en


def test_an_edit_that_meets_the_request_is_published_with_thanks() -> None:
    """The strike of the request stays, and fades with time."""
    world = asked()
    decision = edit(world, SOUND)
    assert (decision.outcome, told(decision)) == (
        "publish",
        ("none", 0, "Thank you for changing it! Your message has been published."),
    )
    assert len(world.state["strikes:wo-07"]) == 1


def test_the_first_edit_that_does_not_is_asked_again_without_a_second_strike() -> None:
    """One case, one strike."""
    world = asked()
    decision = edit(world, FOOL)
    step, strikes, words = told(decision)
    assert (decision.outcome, step, strikes, words.startswith(AGAIN)) == ("ask", "note", 1, True)
    assert len(world.state["strikes:wo-07"]) == 1


@pytest.mark.parametrize("of", ["report-1", "edit-1"])
def test_a_second_edit_that_does_not_counts(of: str) -> None:
    """Whether it is of the request or of the first edit, so that nobody insults for free."""
    world = asked()
    edit(world, FOOL)
    decision = edit(world, FOOL, 2, edit_of=of)
    assert told(decision)[:2] == ("firm_request", 2)


def test_an_edit_of_an_edit_is_published_too() -> None:
    """It meets the request in the end."""
    world = asked()
    edit(world, FOOL)
    assert told(edit(world, SOUND, 2, edit_of="edit-1"))[2].startswith("Thank you for changing it!")


def test_an_edit_that_makes_it_worse_counts_like_any_report() -> None:
    """What is to be looked at is no answer to a friendly request."""
    assert told(edit(asked(), "get him"))[:2] == ("firm_request", 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"edit_of": "unknown"},
        {"reporter": "wo-08"},
        {"reporter": None, "anonymous": True},
        {"received_at": NOON + timedelta(minutes=121)},
        {"received_at": NOON},
    ],
    ids=["unknown", "another member", "nobody", "too late", "not later"],
)
def test_what_is_no_edit_is_a_new_report(changes: dict[str, Any]) -> None:
    """It is decided on like any other, and its author is not thanked for changing anything."""
    world = asked()
    decision = edit(world, FOOL, **changes)
    emit = emitted(decision, MEMBER_NOTICES)
    assert decision.outcome == "ask"
    assert emit is None or AGAIN not in emit.data.model_dump_json()
    assert not [fact for fact in world.state["case:report-1"] if "edit" in fact]


@pytest.mark.parametrize(("client", "thanked"), [("test", True), ("other", False)])
def test_an_anonymous_author_edits_through_the_same_app(client: str, thanked: bool) -> None:
    """The reference is the key; there is nobody to thank, but the request is met."""
    world = asked(reporter=None, anonymous=True)
    edit(world, SOUND, reporter=None, anonymous=True, client=client)
    assert any('"what":"edit"' in fact for fact in world.state["case:report-1"]) is thanked


def test_many_edits_leave_few_facts() -> None:
    """A case is read whole, however often its author tries."""
    world = asked()
    for number, text in enumerate([FOOL, FOOL, SOUND, SOUND, FOOL, FOOL]):
        edit(world, text, number + 1)
    assert len(world.state["case:report-1"]) == 3


def test_what_was_held_is_not_edited_away() -> None:
    """The coordinator looks at it, whatever its author sends later."""
    world = asked()
    world.state.clear()
    world.read(a_report("get him"))
    edit(world, SOUND)
    assert world.waiting() == {"report:none:report-1"}
    assert not [fact for fact in world.state["case:report-1"] if "edit" in fact]


def test_deciding_again_after_a_crash_gives_the_same() -> None:
    """The first edit stays the first, though the second is known by then."""
    world = asked()
    before = [edit(world, FOOL, 1), edit(world, FOOL, 2)]
    again = [edit(world, FOOL, 1), edit(world, FOOL, 2)]
    assert [each.emits for each in again] == [each.emits for each in before]


def test_thanks_for_an_edit_are_no_praise() -> None:
    """The next good report of its author may still be praised."""
    world = asked()
    edit(world, SOUND)
    assert "thanked:wo-07" not in world.state


def test_a_member_does_not_edit_what_somebody_sent_anonymously() -> None:
    """Though it came through the same app: that would tell who it was."""
    world = asked(reporter=None, anonymous=True)
    edit(world, SOUND)
    assert not [fact for fact in world.state["case:report-1"] if "edit" in fact]

"""What an appeal leads to: it waits, and is granted or refused."""

from datetime import timedelta

import pytest

from buurtsein_events.actions import Action

from .given import NOON, report
from .given_cases import LATER, appealed, held, revised, strikes, told


def test_an_appeal_waits_since_it_was_made() -> None:
    """One for each report; a second one changes nothing."""
    world = appealed(held(verdict="ask"))
    assert world.state["queue:woensel"]["appeal:none:report-1"] == (NOON + timedelta(minutes=5)).timestamp()
    again = world.act("appeal", LATER, by="somebody")
    assert (again.outcome, again.emits) == ("void", ())
    assert world.waiting() == {"appeal:none:report-1"}


def test_a_granted_appeal_publishes_the_report_and_takes_the_strike_back() -> None:
    """The author is told so."""
    world = appealed(held(1, "ask"))
    decision = world.act("grant_appeal", message="Je hebt gelijk.")
    found = revised(decision)
    assert found is not None
    assert (found.verdict, found.before, told(decision).strikes) == ("publish", "ask", 1)
    assert (world.waiting(), strikes(world)) == (set(), 1)


def test_a_refused_appeal_is_answered_and_changes_nothing_else() -> None:
    """The status of the report has the answer too, for who is anonymous; a second appeal is not offered."""
    world = appealed(held(verdict="ask"))
    decision = world.act("refuse_appeal", message="Het gaat om de toon.")
    found = revised(decision)
    assert found is not None
    assert (found.verdict, found.before, found.revision, found.appeal) == ("ask", "ask", 1, None)
    assert told(decision).message.en.endswith("keeps to the decision. Het gaat om de toon.")
    assert (world.waiting(), strikes(world)) == (set(), 1)


def test_a_granted_appeal_undoes_the_removal_that_rested_on_the_report() -> None:
    """Whether a coordinator confirmed it or the community does it by itself."""
    world = held(2, "ask")
    world.act("confirm_removal", NOON + timedelta(minutes=1))
    appealed(world).act("grant_appeal")
    assert world.read(report("hello", report_id="next"), LATER, cause="next").outcome == "publish"


def test_a_report_whose_appeal_was_granted_is_decided() -> None:
    """Its author was told that they are right, so it neither waits nor can be declined."""
    world = appealed(held())
    world.act("grant_appeal", LATER)
    assert world.waiting() == set()
    assert world.act("decline", LATER + timedelta(hours=1)).outcome == "void"


def test_an_appeal_about_a_published_report_only_takes_the_strike_back() -> None:
    """A report that was published with a part hidden is not published again."""
    world = held()
    world.act("redact", NOON + timedelta(minutes=1))
    decision = appealed(world).act("grant_appeal")
    assert revised(decision) is None
    assert (told(decision).strikes, strikes(world)) == (0, 0)


def test_a_granted_appeal_leaves_a_report_that_its_author_replaced() -> None:
    """The edit is published already."""
    world = held(verdict="ask")
    world.read(report("the lamp is out", report_id="edit", edit_of="report-1", received_at=LATER), LATER, cause="edit")
    decision = appealed(world).act("grant_appeal", LATER + timedelta(hours=1))
    found = revised(decision)
    assert found is not None
    assert (found.verdict, strikes(world)) == ("ask", 0)


@pytest.mark.parametrize("answer", ["grant_appeal", "refuse_appeal"])
def test_an_appeal_counts_for_its_member_until_it_is_answered(answer: Action) -> None:
    """So that one member's appeals don't fill the queue; deciding on it again changes nothing."""
    world = appealed(held(verdict="ask"))
    assert set(world.state["appeals:wo-07"]) == {"report-1"}
    world.act(answer, LATER)
    appealed(world)
    assert set(world.state["appeals:wo-07"]) == set()

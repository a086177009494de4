"""Removing a member: what is proposed, decided and told."""

from datetime import timedelta

import pytest

from buurtsein_events.actions import Action
from buurtsein_events.values import Verdict

from .given import ladder, report
from .given_cases import LATER, appealed, held, revised, told


@pytest.mark.parametrize("verdict", ["ask", "hold"])
def test_a_proposed_removal_waits_whatever_the_verdict(verdict: Verdict) -> None:
    """It is a matter of its own."""
    world = held(2, verdict)
    assert "removal:none:report-1" in world.waiting()


def test_a_removed_member_is_told_why_and_what_they_send_is_held() -> None:
    """With the rule's own words, the coordinator's and where to appeal; the report itself stays as it was."""
    world = held(2, "ask")
    decision = world.act("confirm_removal", message="Bel me gerust.")
    notice = told(decision)
    assert (notice.step, notice.strikes, notice.appeal) == ("removed", 3, "/v1/appeals/report-1")
    assert notice.message.nl == f"{ladder().decisions.confirm_removal.nl} Kan het anders? Bel me gerust."
    assert (revised(decision), world.waiting()) == (None, set())
    assert world.read(report("hello", report_id="next"), LATER, cause="next").outcome == "hold"


def test_a_member_whose_removal_is_refused_stays() -> None:
    """And is told so."""
    world = held(2, "ask")
    decision = world.act("refuse_removal")
    assert (told(decision).step, told(decision).message.en[:10]) == ("none", "Good news!")
    assert world.read(report("hello", report_id="next"), LATER, cause="next").outcome == "publish"


@pytest.mark.parametrize(("verdict", "action"), [("ask", "grant_appeal"), ("hold", "approve")])
def test_a_removal_is_not_decided_about_without_its_strike(verdict: Verdict, action: Action) -> None:
    """It was proposed for the strike that was taken back, so it no longer waits and nobody can confirm it."""
    world = held(2, verdict)
    if action == "grant_appeal":
        appealed(world)
    world.act(action, LATER)
    assert world.waiting() == set()
    assert world.act("confirm_removal", LATER + timedelta(hours=1)).outcome == "void"

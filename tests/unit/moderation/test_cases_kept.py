"""What is kept of a case and of its member: for how long, and the same in whichever order it is decided again."""

from datetime import timedelta

import pytest

from buurtsein_events.actions import Action, ModerationAction
from buurtsein_events.results import Remember

from .given import NOON, World, days, event, report
from .given_cases import HELD, LATER, held, kept, rules

ORDERS: tuple[tuple[Action, ...], ...] = (
    ("approve", "decline"),
    ("appeal", "confirm_removal", "decline", "grant_appeal"),
    ("confirm_removal", "appeal", "refuse_appeal", "redact"),
)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_deciding_again_after_a_crash_gives_the_same(order: tuple[Action, ...]) -> None:
    """All facts are there already, those of later events too; every event leads to what it led to before."""
    world = held(2)
    moments = [NOON + timedelta(minutes=n + 1) for n in range(len(order))]
    before = [world.act(action, at) for action, at in zip(order, moments, strict=True)]
    state = world.state
    assert world.read(report(HELD)).emits == held(2).read(report(HELD)).emits
    again = [world.act(action, at) for action, at in zip(order, moments, strict=True)]
    assert [each.emits for each in again] == [each.emits for each in before]
    assert world.state == state


def test_rebuilding_in_another_order_ends_with_the_same_facts() -> None:
    """Two topics are read side by side, so an action may be read before the report that it is about."""
    world, rebuilt = held(), World(rules())
    action = ModerationAction(report_id="report-1", action="approve", by="annet", case=world.case())
    world.read(action, LATER, cause="approve")
    rebuilt.read(action, LATER, cause="approve")
    rebuilt.read(report(HELD))
    kept = {key: facts for key, facts in world.state.items() if facts}
    assert {key: facts for key, facts in rebuilt.state.items() if facts} == kept


def test_the_action_carries_all_that_it_takes() -> None:
    """So what was decided stands when the store forgot the case."""
    world = held()
    case = world.case()
    world.state.clear()
    decision = world.read(ModerationAction(report_id="report-1", action="approve", by="annet", case=case), LATER)
    assert decision.outcome == "approve"


def test_facts_about_members_are_only_ever_added() -> None:
    """What is taken back is a fact of its own, by when it was decided."""
    world = held()
    decision = world.act("approve", LATER)
    strike = event(report(HELD)).id
    assert Remember("pardoned:wo-07", strike, LATER, days(365)) in decision.changes
    assert strike in world.state["strikes:wo-07"]


def test_what_nobody_decides_waits_for_a_year() -> None:
    """The case and its place in the queue, so that neither goes without the other."""
    decision = World(rules()).read(report(HELD))
    assert min(kept(decision, key).keep for key in ("case:report-1", "queue:woensel")) >= days(365)


def test_a_case_that_is_decided_late_is_still_there_to_appeal() -> None:
    """What is kept with the decision is nothing older than it says, so that must reach back to the case itself."""
    decided = NOON + days(200)
    act = kept(held().act("decline", decided, message="Nee."), "case:report-1")
    assert act.at - act.keep < NOON
    assert days(30) <= act.keep < days(365)


def test_an_appeal_waits_for_as_long_as_any_other_matter() -> None:
    """However late it comes."""
    decision = held(verdict="ask").act("appeal", NOON + days(29), by=None, message="Nee.")
    assert min(kept(decision, key).keep for key in ("case:report-1", "queue:woensel")) >= days(365)


def test_what_else_is_open_waits_when_one_matter_is_decided() -> None:
    """The removal of a member whose report was declined."""
    decision = held(2).act("decline", NOON + days(1), message="Nee.")
    assert kept(decision, "case:report-1").keep >= days(365)


def test_an_edit_does_not_shorten_the_time_that_a_removal_waits() -> None:
    """The facts of a case are kept as one."""
    edited = report("the lamp is out", report_id="edit", edit_of="report-1", received_at=LATER)
    decision = held(2, "ask").read(edited, LATER, cause="edit")
    assert kept(decision, "case:report-1").keep >= days(365)

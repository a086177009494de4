"""For how long what is decided about a report is kept, and what is never taken out."""

import pytest

from buurtsein_events.results import Remember

from .acting import HELD, LATER, held, kept, rules
from .given import NOON, World, days, event, report


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


def test_what_else_is_open_waits_when_one_matter_is_decided() -> None:
    """The removal of a member whose report was declined."""
    decision = held(2).act("decline", NOON + days(1), message="Nee.")
    assert kept(decision, "case:report-1").keep >= days(365)


def test_an_edit_does_not_shorten_the_time_that_a_removal_waits() -> None:
    """The facts of a case are kept as one."""
    edited = report("the lamp is out", report_id="edit", edit_of="report-1", received_at=LATER)
    decision = held(2, "ask").read(edited, LATER, cause="edit")
    assert kept(decision, "case:report-1").keep >= days(365)


def test_a_new_case_is_kept_for_a_year_and_a_day() -> None:
    """For as long as it is open; the age of the report comes to it, and there is none."""
    assert kept(World(rules()).read(report(HELD)), "case:report-1").keep == days(366)


@pytest.mark.parametrize("age", [1, 200])
def test_a_decided_case_is_kept_for_a_month_more(age: int) -> None:
    """As long as its author may appeal, whenever it was decided."""
    assert kept(held().act("decline", NOON + days(age), message="Nee."), "case:report-1").keep == days(age + 30)

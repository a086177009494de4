"""A case: the facts that it is read from, and what counts of what was done."""

from datetime import timedelta

import pytest

from buurtsein_events.actions import Action, Case
from buurtsein_moderation.cases import Act, CaseFact, CaseFile, appeal_link

from .given import NOON, World, days, engine, report, rule

AT = NOON.timestamp()


def held() -> World:
    """Return a world with one report that waits for a coordinator."""
    world = World(engine(rule(verdict="hold")))
    world.read(report("you fool"))
    return world


def case() -> Case:
    """Return the case of that report."""
    return held().case()


def test_a_fact_says_only_what_is_out_of_the_ordinary() -> None:
    """Facts are many and are read whole."""
    assert CaseFact(act=Act(id="e-1", what="appeal")).text == '{"act":{"id":"e-1","what":"appeal"}}'


def test_a_case_is_found_whatever_came_first() -> None:
    """When topics are read anew, what was done may be there before the case."""
    facts = {CaseFact(act=Act(id="e-1", what="appeal")).text: AT, CaseFact(case=case()).text: AT}
    file = CaseFile.of(facts)
    assert file is not None
    assert file.case == case()


def test_acts_of_one_moment_stand_in_one_order() -> None:
    """So that what was the first is the same whoever reads it."""
    acts = [Act(id=name, what="edit", verdict="ask") for name in ("b", "a")]
    file = CaseFile.about(case(), {CaseFact(act=act).text: AT for act in acts})
    assert [act.id for _, act in file.acts] == ["a", "b"]


def test_an_appeal_is_no_revision() -> None:
    """The verdict stands until somebody answers."""
    file = CaseFile(case(), ((AT, Act(id="e-1", what="appeal")),))
    assert (file.revision, file.verdict) == (0, "hold")


def file_of(*acts: Act) -> CaseFile:
    """Return the held report with what was done about it, a second apart."""
    return CaseFile(case(), tuple((AT + number, act) for number, act in enumerate(acts)))


DECLINED = Act(id="e-1", what="decline", verdict="decline", revision=1)
GRANTED = Act(id="e-2", what="grant_appeal", verdict="publish", revision=2)


@pytest.mark.parametrize("order", [(DECLINED, GRANTED), (GRANTED, DECLINED)], ids=["in time", "by another clock"])
def test_the_latest_revision_counts(order: tuple[Act, Act]) -> None:
    """By its number, since clocks may differ."""
    assert (file_of(*order).verdict, file_of(*order).revision) == ("publish", 2)


def test_the_verdict_of_an_edit_is_not_that_of_the_report() -> None:
    """The edit is a report of its own, which takes the place of this one when it is published."""
    file = file_of(Act(id="e-1", what="edit", verdict="publish"))
    assert (file.verdict, file.replaced) == ("hold", True)


def test_a_report_that_was_published_itself_is_not_replaced() -> None:
    """Only an edit takes the place of a report."""
    assert not file_of(Act(id="e-1", what="approve", verdict="publish", revision=1)).replaced


def test_a_case_remembers_who_decided_and_what_they_said() -> None:
    """For whoever looks at an appeal."""
    world = held()
    world.act("decline", by="bob", message="Nee.")
    act = _last(world)
    assert (act.what, act.by, act.message) == ("decline", "bob", "Nee.")


def _last(world: World) -> Act:
    file = CaseFile.of(world.state["case:report-1"])
    assert file is not None
    return file.acts[-1][1]


@pytest.mark.parametrize("appealed", [False, True])
def test_a_decision_is_open_to_one_appeal(appealed: bool) -> None:
    """Who appealed before it was taken has an answer coming."""
    world = held()
    if appealed:
        world.act("appeal", NOON + timedelta(minutes=1), by=None, message="Toch?")
    world.act("decline", message="Nee.")
    assert _last(world).may_appeal is not appealed


def test_nothing_is_pardoned_where_there_was_no_strike() -> None:
    """Some rules only make a coordinator look."""
    world = World(engine(rule(verdict="hold", strike=False)))
    world.read(report("you fool"))
    world.act("approve")
    assert _last(world).pardons == ()


@pytest.mark.parametrize(("answer", "pardoned"), [("approve", 1), ("grant_appeal", 2)])
def test_only_an_appeal_takes_back_a_removal(answer: Action, pardoned: int) -> None:
    """Who was removed on purpose stays so, though the report is published after all; an appeal is about both."""
    world = World(engine(rule(verdict="hold")))
    world.state["strikes:wo-07"] = {f"earlier-{n}": (NOON - days(n + 1)).timestamp() for n in range(2)}
    world.read(report("you fool"))
    world.act("confirm_removal", NOON + timedelta(minutes=1))
    world.act("appeal", NOON + timedelta(minutes=2), by=None, message="Toch?")
    strike, removal = (
        world.state["strikes:wo-07"].keys() - {"earlier-0", "earlier-1"},
        world.state["removed:wo-07"].keys(),
    )
    world.act(answer)
    assert set(_last(world).pardons) == {*strike, *list(removal)[: pardoned - 1]}


@pytest.mark.parametrize(("length", "linked"), [(100, True), (101, False)])
def test_a_link_is_as_long_as_an_event_takes(length: int, linked: bool) -> None:
    """A longer one would make the whole event impossible to write."""
    report_id = "r" * (length - len("/v1/appeals/"))
    assert (appeal_link("", report_id) is not None) is linked

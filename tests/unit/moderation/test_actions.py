"""What follows when a coordinator decides or an author appeals, by arithmetic."""

from datetime import timedelta

import pytest

from buurtsein_events.actions import Action, ModerationAction
from buurtsein_events.codec import encode
from buurtsein_events.reports import MemberNotice, ReportModerated
from buurtsein_events.results import Decision, Never, Remember
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED
from buurtsein_events.values import Redaction, Verdict
from buurtsein_moderation.actions import Audited
from buurtsein_moderation.cases import CaseFile
from buurtsein_moderation.desk import Folder
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.views import case_out

from .given import NOON, World, days, emitted, engine, event, ladder, moderation, report, rule

HELD = "you fool, call me on 06-12345678"
LATER = NOON + timedelta(hours=2)


def rules(verdict: Verdict = "hold") -> Engine:
    """Return an engine with one rule, which gives a strike."""
    return engine(rule(verdict=verdict))


def held(earlier_strikes: int = 0, verdict: Verdict = "hold", **changes: object) -> World:
    """Return a world with one report that was not published, and a member with strikes from before."""
    world = World(rules(verdict))
    world.state["strikes:wo-07"] = {f"earlier-{n}": (NOON - days(n + 1)).timestamp() for n in range(earlier_strikes)}
    world.read(report(HELD, **changes))
    return world


def revised(decision: Decision) -> ReportModerated | None:
    """Return the report as it was decided on anew."""
    emit = emitted(decision, REPORTS_MODERATED)
    if emit is None:
        return None
    assert isinstance(emit.data, ReportModerated)
    return emit.data


def told(decision: Decision) -> MemberNotice:
    """Return what the member is told."""
    emit = emitted(decision, MEMBER_NOTICES)
    assert emit is not None
    assert isinstance(emit.data, MemberNotice)
    return emit.data


def strikes(world: World) -> int:
    """Return how many strikes the next report of the member would meet."""
    notice = told(world.read(report("you fool", report_id="next"), NOON + days(1), cause="next"))
    return notice.strikes - 1


def test_a_held_report_waits_for_its_community() -> None:
    """By when it came in, with its type, so that what is urgent is seen."""
    world = held()
    assert world.state["queue:woensel"] == {"report:none:report-1": NOON.timestamp()}
    case = world.case()
    assert (case.community, case.rule, case.strike) == ("woensel", "xx.quarrel.fool", event(report(HELD)).id)
    assert (case.moderated.public_text, case.moderated.report.text) == ("", HELD)


def test_an_approved_report_is_published_and_its_strike_taken_back() -> None:
    """As the next revision, by name; what the rules hid stays hidden, and the member is told in a friendly way."""
    world = held(1)
    decision = world.act("approve", message="Tot zaterdag!")
    found = revised(decision)
    assert found is not None
    assert (found.verdict, found.before, found.revision, found.decided_by) == ("publish", "hold", 1, "annet")
    assert (found.public_text, found.appeal, found.step) == ("you fool, call me on [telefoonnummer]", None, "none")
    notice = told(decision)
    assert (notice.step, notice.strikes, notice.message) == ("none", 1, found.message)
    assert notice.message.nl == f"{ladder().decisions.approve.nl} Tot zaterdag!"
    assert (world.waiting(), strikes(world)) == (set(), 1)


def test_what_a_coordinator_hides_is_hidden_besides_what_the_rules_hid() -> None:
    """The strike stays, and networks still receive the full text."""
    world = held()
    decision = world.act("redact", redactions=[{"kind": "email", "start": 4, "end": 8}])
    found = revised(decision)
    assert found is not None
    assert (found.verdict, found.public_text) == ("publish", "you [e-mailadres], call me on [telefoonnummer]")
    assert (found.report.text, found.redactions[0]) == (HELD, Redaction(kind="email", start=4, end=8))
    assert (world.waiting(), strikes(world)) == (set(), 1)


def test_a_case_shows_what_a_coordinator_hid() -> None:
    """Whoever looks at it reads what neighbours do."""
    world = held()
    decision = world.act("redact", redactions=[{"kind": "name", "start": 4, "end": 8}])
    file = CaseFile.of(world.state["case:report-1"])
    assert file is not None
    shown, found = case_out(Folder(file, None)), revised(decision)
    assert found is not None
    assert (shown.public_text, shown.redactions) == (found.public_text, found.redactions)


def test_a_declined_report_may_be_appealed() -> None:
    """The author reads the coordinator's words and where to appeal."""
    world = held()
    decision = world.act("decline", message="Dit hoort bij de wijkagent.")
    found = revised(decision)
    assert found is not None
    assert (found.verdict, found.appeal) == ("decline", "/v1/appeals/report-1")
    assert told(decision).message.en.endswith("does not publish it. Dit hoort bij de wijkagent.")
    assert (world.waiting(), strikes(world)) == (set(), 1)


def test_an_anonymous_author_reads_it_in_the_status() -> None:
    """There is no member to tell, and no strike."""
    world = held(reporter=None, anonymous=True)
    decision = world.act("decline", message="Nee.")
    assert emitted(decision, MEMBER_NOTICES) is None
    found = revised(decision)
    assert found is not None
    assert found.message is not None
    assert found.message.nl.endswith("Nee.")


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


def appealed(world: World) -> World:
    """Return the world after the author appealed."""
    decision = world.act("appeal", NOON + timedelta(minutes=5), by=None, message="Ik bedoelde de hond.")
    assert (decision.outcome, decision.emits) == ("appeal", ())
    return world


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


@pytest.mark.parametrize(("verdict", "action"), [("ask", "grant_appeal"), ("hold", "approve")])
def test_a_removal_is_not_decided_about_without_its_strike(verdict: Verdict, action: Action) -> None:
    """It was proposed for the strike that was taken back, so it no longer waits and nobody can confirm it."""
    world = held(2, verdict)
    if action == "grant_appeal":
        appealed(world)
    world.act(action, LATER)
    assert world.waiting() == set()
    assert world.act("confirm_removal", LATER + timedelta(hours=1)).outcome == "void"


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


@pytest.mark.parametrize("late", ["decline", "redact", "approve"])
def test_the_first_decision_counts(late: Action) -> None:
    """Whoever comes second changes nothing, whatever they decide; the trail says that they tried."""
    world = held()
    world.act("approve")
    decision = world.act(late, LATER, by="bob")
    assert (decision.outcome, decision.emits) == ("void", ())
    trail = [Audited.model_validate_json(line) for line in world.state["audit:woensel"]]
    assert [(line.by, line.done) for line in sorted(trail, key=lambda line: str(line.by))] == [
        ("annet", True),
        ("bob", False),
    ]


@pytest.mark.parametrize("action", ["confirm_removal", "grant_appeal"])
def test_there_is_nothing_to_decide_where_nothing_waits(action: Action) -> None:
    """No removal was proposed and no appeal made."""
    assert held().act(action).outcome == "void"


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


def test_a_case_of_another_report_can_never_be_decided() -> None:
    """Whoever wrote that made a mistake."""
    action = ModerationAction(report_id="other", action="approve", by="annet", case=held().case())
    with pytest.raises(Never, match="wrong_case"):
        moderation().decide(event(action), {}, NOON)


def test_the_longest_report_and_the_longest_words_fit_in_an_event() -> None:
    """The public text is left out of the case, which leaves room for what people say about it."""
    text = "you fool " + "é" * 3900
    world = held()
    world.state.clear()
    world.read(report(text))
    action = ModerationAction(
        report_id="report-1", action="redact", by="a" * 100, case=world.case(), message="é" * 1000
    )
    assert encode(event(action))


def test_facts_about_members_are_only_ever_added() -> None:
    """What is taken back is a fact of its own, by when it was decided."""
    world = held()
    decision = world.act("approve", LATER)
    strike = event(report(HELD)).id
    assert Remember("pardoned:wo-07", strike, LATER, days(365)) in decision.changes
    assert strike in world.state["strikes:wo-07"]


def kept(decision: Decision, key: str) -> Remember:
    """Return how a decision keeps a fact in a set."""
    (found,) = [change for change in decision.changes if isinstance(change, Remember) and change.key == key]
    return found


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


@pytest.mark.parametrize("answer", ["grant_appeal", "refuse_appeal"])
def test_an_appeal_counts_for_its_member_until_it_is_answered(answer: Action) -> None:
    """So that one member's appeals don't fill the queue; deciding on it again changes nothing."""
    world = appealed(held(verdict="ask"))
    assert set(world.state["appeals:wo-07"]) == {"report-1"}
    world.act(answer, LATER)
    appealed(world)
    assert set(world.state["appeals:wo-07"]) == set()

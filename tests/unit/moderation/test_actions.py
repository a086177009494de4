"""What follows when a coordinator decides about a report, by arithmetic."""

import pytest

from buurtsein_events.actions import Action, ModerationAction
from buurtsein_events.codec import encode
from buurtsein_events.results import Never
from buurtsein_events.topics import MEMBER_NOTICES
from buurtsein_events.values import Redaction
from buurtsein_moderation.actions import Audited
from buurtsein_moderation.cases import CaseFile
from buurtsein_moderation.desk import Folder
from buurtsein_moderation.views import case_out

from .given import NOON, emitted, event, ladder, moderation, report
from .given_cases import HELD, LATER, held, revised, strikes, told


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

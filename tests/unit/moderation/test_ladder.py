"""Friendly first, firm on repetition, and strikes that fade."""

from pathlib import Path

import pytest

from buurtsein_events.values import Message
from buurtsein_moderation.assess import assess
from buurtsein_moderation.edits import Edit
from buurtsein_moderation.ladder import Ladder, Ruling, joined
from buurtsein_moderation.members import Standing
from buurtsein_moderation.packs import Wording
from buurtsein_runtime.config import ConfigError, load_yaml

from .given import engine, kind, ladder, rule

RULES = engine(
    rule(),
    rule(id="note", strike=False, matches={"phrases": ["chat"]}, examples={"match": ["chat"], "not": ["x"]}),
    types=(kind(),),
)
QUESTION = Wording(nl="Waar is het?", en="Where is it?")


def _ruling(text: str, standing: Standing | None, *, automatic: bool = False, edit: Edit | None = None) -> Ruling:
    return ladder().rule(assess(text, RULES), standing, automatic=automatic, edit=edit)


@pytest.mark.parametrize(
    ("earlier", "automatic", "step"),
    [
        (0, False, "friendly_request"),
        (1, False, "firm_request"),
        (2, False, "removal_proposed"),
        (9, False, "removal_proposed"),
        (0, True, "friendly_request"),
        (2, True, "removed"),
    ],
)
def test_each_strike_is_a_step_up(earlier: int, automatic: bool, step: str) -> None:
    """The third one proposes a removal, or removes where the community chose that."""
    ruling = _ruling("you fool", Standing(earlier, removed=False), automatic=automatic)
    assert (ruling.step, ruling.strike, ruling.strikes) == (step, True, earlier + 1)


def test_a_note_is_no_strike() -> None:
    """Whoever chats is told where to, however often."""
    ruling = _ruling("chat", Standing(2, removed=False))
    assert (ruling.step, ruling.strike, ruling.strikes) == ("note", False, 2)


def test_a_good_report_is_no_step() -> None:
    """Whatever happened before."""
    assert _ruling("the lamp is out", Standing(2, removed=False)) == Ruling("publish")


def test_anonymous_reports_get_the_verdict_only() -> None:
    """There is nobody to take a step against; the message shows in the report's status."""
    ruling = _ruling("you fool", None)
    assert (ruling.verdict, ruling.step, ruling.strike, ruling.strikes) == ("ask", "none", False, 0)
    assert ruling.message is not None


def test_reports_of_a_removed_member_are_held_unless_urgent() -> None:
    """Accepted, always."""
    removed = Standing(3, removed=True)
    held = _ruling("the lamp is out", removed)
    assert (held.verdict, held.step, held.next_step) == ("hold", "none", "wait")
    assert held.message is not None
    assert _ruling("you fool", removed).verdict == "hold"
    assert _ruling("the shed is on fire", removed) == Ruling("publish")
    assert _ruling("you fool, it is on fire", removed).verdict == "hold"


@pytest.mark.parametrize("text", ["you fool", "chat", "you fool, it is on fire"])
def test_a_removed_member_is_not_proposed_to_be_removed(text: str) -> None:
    """They are told that a coordinator looks first, and what is wrong; a strike counts as before."""
    ruling = _ruling(text, Standing(3, removed=True), automatic=True)
    assert (ruling.step, ruling.strike, ruling.strikes) == ("none", "fool" in text, 3 + ("fool" in text))
    assert ruling.next_step == "wait"
    assert ruling.message is not None
    assert ruling.message.en.startswith(ladder().held.en)
    assert ruling.message.en.endswith("Could you put it differently?")


def test_messages_open_with_the_step_in_both_languages() -> None:
    """The tone rises, what is asked for stays the same."""
    told = [_ruling("you fool", Standing(earlier, removed=False)).message for earlier in range(3)]
    assert len({message.nl for message in told if message}) == 3
    for message in told:
        assert message is not None
        assert message.nl.endswith("Kan het anders?")
        assert message.en.endswith("Could you put it differently?")


def test_a_good_report_is_thanked_for_unless_it_was_lately() -> None:
    """Members who are removed are not, and who says nothing worth reporting isn't either."""
    report = "the shed is on fire"
    assert _ruling(report, Standing(0)).thanks == joined(ladder().praise.thanks)
    assert _ruling(report, Standing(0)).message is None
    for standing in (Standing(0, thanked=True), Standing(0, removed=True), None):
        assert _ruling(report, standing).thanks is None
    assert _ruling("good evening", Standing(0)).thanks is None


def test_an_edit_that_meets_the_request_is_thanked_for() -> None:
    """Also when the author was thanked lately."""
    ruling = _ruling("the lamp is out", Standing(1, thanked=True), edit=Edit("report-1", first=True))
    assert (ruling.verdict, ruling.step, ruling.strike) == ("publish", "none", False)
    assert ruling.thanks == joined(ladder().edits.thanks)


@pytest.mark.parametrize(("first", "step", "strikes"), [(True, "note", 1), (False, "firm_request", 2)])
def test_the_first_edit_that_is_asked_again_is_no_strike(first: bool, step: str, strikes: int) -> None:
    """The request stands, and its strike is enough; who goes on is treated like anybody."""
    ruling = _ruling("you fool", Standing(1), edit=Edit("report-1", first=first))
    assert (ruling.verdict, ruling.step, ruling.strike, ruling.strikes) == ("ask", step, not first, strikes)
    assert ruling.message is not None
    assert ruling.message.en.startswith(ladder().edits.again.en) is first


def test_every_message_is_cut_at_what_an_event_holds() -> None:
    """However long the parts are."""
    long = Message(nl="n" * 900, en="e" * 900)
    assert [len(text) for text in (joined(long, None, long).nl, joined(long, long).en)] == [1000, 1000]


def test_the_file_is_checked_whole(tmp_path: Path) -> None:
    """All mistakes at once."""
    path = tmp_path / "ladder.yaml"
    path.write_text("keep_days: 0\nremoved_days: 1\nsteps: {note: {nl: x}}\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_yaml(path, Ladder)
    told = str(refused.value)
    assert all(
        place in told for place in ("keep_days", "steps.note.en", "steps.removed", "held", "praise", "decisions")
    )


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (None, Ruling("ask", message=joined(QUESTION), next_step="edit")),
        (
            Standing(2),
            Ruling("ask", "note", strikes=2, message=joined(ladder().steps.note, QUESTION), next_step="edit"),
        ),
    ],
    ids=["anonymous", "member"],
)
def test_a_question_is_no_strike(standing: Standing | None, expected: Ruling) -> None:
    """A member gets it as a note, an anonymous author in the report's status."""
    assert ladder().ask(QUESTION, standing) == expected


@pytest.mark.parametrize("standing", [None, Standing(0)], ids=["anonymous", "member"])
def test_what_to_do_next_is_what_the_rule_says(standing: Standing | None) -> None:
    """Whoever wrote it."""
    assert _ruling("you fool", standing).next_step == "rephrase"

"""How the messages of one sender become one report: their words, times, photos and what they are kept as."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buurtsein_intake.channels.conversation import Draft, Step, Turn, illustrated
from buurtsein_intake.channels.message import Message, Reply
from buurtsein_intake.channels.questions import LINK
from tests.unit.intake.channels.talk import HERE, POLICY, Talk
from tests.unit.intake.fakes import NOW

MINUTE = timedelta(minutes=1)
P = tuple(str(number) * 64 for number in range(6))
"""Photos."""


def draft(*turns: Turn, **changes: object) -> Draft:
    """Return a draft of some turns."""
    return Draft.model_validate({"turns": turns, "at": NOW, **changes})


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("Wat!", "Kerkstraat"), "Wat! Kerkstraat"),
        (("Brand", "Kerkstraat", "nu"), "Brand. Kerkstraat. nu"),
        (("", "Brand", ""), "Brand"),
        (("",), None),
    ],
)
def test_the_words_of_all_turns_are_sentences(words: tuple[str, ...], text: str | None) -> None:
    """Which the last ends as its sender did."""
    assert draft(*(Turn(key=str(at), words=each) for at, each in enumerate(words))).text == text


@pytest.mark.parametrize(
    ("known", "edit_of", "first"), [("", None, "new"), ("", "older", "older"), ("first", "older", "first")]
)
def test_a_conversation_goes_by_its_first_reference(known: str, edit_of: str | None, first: str) -> None:
    """Whatever its newest turn is kept as."""
    kept = draft(Turn(key="k"), reference=known).kept_as("new", edit_of, str)
    assert (kept.reference, kept.turns[-1].reference) == (first, "new")


def test_a_reply_gets_the_link_of_the_first_reference() -> None:
    """Where it has a place for one."""
    turn = Turn(key="k", replies=(Reply(text=f"Volg {LINK}"), Reply(text="Dank je")))
    kept = draft(turn, reference="first").kept_as("new", None, "https://b.example/{}".format)
    assert [each.text for each in kept.turns[-1].replies] == ["Volg https://b.example/first", "Dank je"]


def edit_of(*minutes: tuple[float, float | None]) -> str | None:
    """Return what the last of some locations is an edit of, each received and sent so many minutes after the text."""
    talk = Talk()
    talk.say("Er brandt iets")
    step = Step()
    for number, (received, sent) in enumerate(minutes):
        at = None if sent is None else NOW + sent * MINUTE
        message = Message(channel="telegram", key=f"l{number}", sender="s", chat="1", location=HERE, occurred_at=at)
        step = talk.hear(message, NOW + received * MINUTE)
    return step.edit_of


@pytest.mark.parametrize(
    ("minutes", "continues"),
    [
        ([(15, 15)], True),
        ([(15.1, 15)], False),
        ([(15, 15.1)], False),
        ([(1, -15.1)], False),
        ([(10, 10), (20, 20)], True),
        ([(10, None), (14, 16)], False),
        ([(10, None), (20, None)], True),
    ],
    ids=["in time", "received late", "sent late", "sent early", "one by one", "sent long after the last", "unknown"],
)
def test_what_comes_within_a_quarter_of_an_hour_continues(
    minutes: list[tuple[float, float | None]], continues: bool
) -> None:
    """Of the last message, by when both were received and, where that is known, sent."""
    assert edit_of(*minutes) == ("r1" if continues else None)


def test_what_the_first_message_tells_stays() -> None:
    """When it happened, what it is and whether 112 was called."""
    talk = Talk()
    talk.say("Er brandt iets", type="nuisance", police_called=True)
    talk.say(location=HERE, at=NOW + MINUTE)
    assert (talk.last.occurred_at, talk.last.type, talk.last.police_called) == (NOW, "nuisance", True)


def test_an_edit_of_a_message_asks_nothing() -> None:
    """The question that was asked stands."""
    talk = Talk()
    talk.say("Er brandt iets")
    assert talk.say("Er brandt daar iets", replaces="k1").replies == ()


def photographed() -> Talk:
    """Return a talk about a report that a place was added to."""
    talk = Talk()
    talk.say("Er brandt iets", photos=P[:1])
    talk.say(location=HERE)
    return talk


def said(key: str = "k1") -> Message:
    """Return the message as it was kept."""
    return Message(channel="telegram", key=key, sender="s", chat="1", text="Er brandt iets", photos=P[:1])


def test_photos_are_added_to_the_report_as_it_is_by_now() -> None:
    """As an edit of it, and nothing is asked."""
    talk = photographed()
    step = illustrated(talk.draft, said(), P[1:2], POLICY)
    assert step.keep
    assert (step.edit_of, step.keep.location, step.keep.photos, step.replies) == ("r1", HERE, P[:2], ())
    assert step.draft
    assert step.draft.photos == P[:2]


@pytest.mark.parametrize("over", [True, False], ids=["no draft", "another conversation"])
def test_photos_of_a_report_that_is_over_are_added_to_it_as_it_was(over: bool) -> None:
    """What its sender talks about now is left alone."""
    step = illustrated(None if over else photographed().draft, said("k9"), P[1:2], POLICY)
    assert step == Step(keep=replace(said("k9"), photos=P[:2]))


def test_a_report_has_so_many_photos_at_most_and_each_once() -> None:
    """The first of them."""
    step = illustrated(None, said(), P, POLICY)
    assert step.keep
    assert step.keep.photos == P[:5]


@pytest.mark.parametrize(("choice", "tells"), [("type-nuisance", ("nuisance", None)), ("112-called-yes", (None, True))])
def test_a_choice_tells_what_it_stands_for_when_it_comes_first(
    choice: str, tells: tuple[str | None, bool | None]
) -> None:
    """Though its words say nothing."""
    talk = Talk("whatsapp")
    talk.say("Deze", reply_id=choice)
    assert (talk.last.type, talk.last.police_called) == tells


@pytest.mark.parametrize(("words", "continues"), [(25, True), (26, False)])
def test_an_answer_is_not_as_long_as_a_report(words: int, continues: bool) -> None:
    """Whoever writes more than two dozen words tells of something else."""
    talk = Talk()
    talk.say("Er brandt iets")
    assert (talk.say("bla " * words).edit_of is not None) is continues


def test_a_description_may_be_long() -> None:
    """It is what was asked for."""
    talk = Talk()
    talk.say("Politie gebeld: verdacht persoon in de Kerkstraat")
    assert talk.say("zwarte jas, rode rugzak, " * 10).edit_of


@pytest.mark.parametrize(
    ("text", "continues"),
    [("Er ligt glas in de hele Kerkstraat", True), ("Er ligt veel glas in de hele Kerkstraat", False)],
    ids=["seven words", "eight words"],
)
def test_a_few_words_about_another_place_add_to_a_report(text: str, continues: bool) -> None:
    """A whole sentence is another one."""
    talk = Talk()
    talk.say("De lantaarn in de Dorpsstraat is stuk")
    assert (talk.say(text).edit_of is not None) is continues


def test_an_idea_continues_an_idea() -> None:
    """But no report of something else."""
    talk = Talk()
    talk.say("Idee: meer groen")
    assert talk.say("Idee: ook een bankje").edit_of


def test_a_button_belongs_to_the_report_though_nothing_is_asked_any_more() -> None:
    """It says nothing by itself."""
    talk = Talk("whatsapp")
    talk.say("112 gebeld, brand in de Kerkstraat")
    assert talk.say("Nee", reply_id="112-called-no").edit_of


def test_words_complete_a_report_that_has_none() -> None:
    """Where nothing can be asked, too."""
    talk = Talk(policy=replace(POLICY, asking=frozenset()))
    talk.say(location=HERE)
    assert talk.say("Er brandt iets").edit_of


@pytest.mark.parametrize(
    ("report", "more"),
    [
        ("Er brandt iets", "Er ligt veel glas in de hele Kerkstraat"),
        ("De lantaarn in de Dorpsstraat is stuk", "Er ligt ook heel veel glas onder en ernaast"),
    ],
    ids=["first", "then"],
)
def test_a_place_that_only_one_message_names_parts_nothing(report: str, more: str) -> None:
    """It may be of both."""
    talk = Talk()
    talk.say(report)
    assert talk.say(more).edit_of

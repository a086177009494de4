"""Which report a message of a conversation belongs to: the one before it, an edited one or a new one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buurtsein_intake.channels.conversation import TURNS
from buurtsein_intake.channels.message import WITHOUT_WORDS, Message
from tests.unit.intake.channels.talk import HERE, PHOTO, POLICY, QUESTIONS, Talk, asked
from tests.unit.intake.fakes import NOW


def test_a_location_soon_after_belongs_to_the_report() -> None:
    """Whether or not it was asked for, and nothing is asked twice (fixture whatsapp/02 after 03)."""
    talk = Talk(policy=replace(POLICY, asking=frozenset()))
    talk.say("De lantaarn is stuk", photos=(PHOTO,))
    step = talk.say(location=HERE, at=NOW + timedelta(seconds=20))
    assert (talk.last.text, talk.last.location, step.edit_of, step.replies) == ("De lantaarn is stuk", HERE, "r1", ())
    assert step.keep
    assert step.keep.photos == (PHOTO,)


def test_a_location_alone_is_kept_and_what_is_there_is_asked() -> None:
    """What comes then is the report's text."""
    talk = Talk()
    step = talk.say(location=HERE)
    assert (talk.last.text, QUESTIONS["what"] in asked(step)) == (WITHOUT_WORDS, True)
    talk.say("Een grote hond zonder baas")
    assert (talk.last.text, talk.last.location) == ("Een grote hond zonder baas", HERE)


def test_after_a_while_a_message_is_a_new_report() -> None:
    """Even when a question is open."""
    talk = Talk()
    talk.say("Er brandt iets")
    step = talk.say("op het Marktplein", at=NOW + timedelta(minutes=16))
    assert (step.edit_of, talk.last.text) == (None, "op het Marktplein")


@pytest.mark.parametrize(
    "text",
    ["Idee: een bankje in het park", "Nieuwe melding: glas op straat", "Er staat een auto fout. " * 6],
)
def test_another_report_does_not_complete_the_one_before(text: str) -> None:
    """Though its question is still open."""
    talk = Talk()
    talk.say("Er brandt iets")
    assert talk.say(text).edit_of is None


def test_a_sentence_about_another_place_does_not_answer_whether_112_was_called() -> None:
    """A broken lamp and a burglary elsewhere would be one report otherwise."""
    talk = Talk()
    talk.say("De lantaarn in de Dorpsstraat is stuk")
    assert talk.say("Er wordt nu ingebroken bij de buren in de Kerkstraat, snel").edit_of is None


@pytest.mark.parametrize(
    "text",
    [
        "op de hoek met de Kerkstraat",
        "Er ligt ook veel glas, verderop in de Dorpsstraat bij de Kerkstraat",
        "Nee, 112 is niet gebeld maar het is wel gevaarlijk bij de school",
    ],
)
def test_what_adds_to_a_report_or_answers_completes_it(text: str) -> None:
    """Whichever places it names."""
    talk = Talk()
    talk.say("De lantaarn in de Dorpsstraat is stuk")
    assert talk.say(text).edit_of


def test_a_second_text_is_a_second_report_when_nothing_is_asked() -> None:
    """The first was complete."""
    talk = Talk()
    talk.say("112 gebeld, brand in de Kerkstraat")
    assert talk.say("De lantaarn in de Dorpsstraat is stuk").edit_of is None


def test_a_message_that_comes_again_is_answered_as_before() -> None:
    """With the same report, and no second question."""
    talk = Talk()
    first = Message(channel="telegram", key="a", sender="s", chat="1", text="Er brandt iets")
    answers = [talk.hear(first).replies]
    answer = talk.say("ja").replies
    again = talk.hear(first)
    assert (again.keep, again.reference, [again.replies]) == (None, "r1", answers)
    repeated = talk.hear(Message(channel="telegram", key="k1", sender="s", chat="1", text="ja"))
    assert (repeated.reference, repeated.replies, len(talk.kept)) == ("r2", answer, 2)


def test_an_edit_changes_the_report_that_the_message_is_part_of() -> None:
    """Answers that came meanwhile stay."""
    talk = Talk()
    talk.say("Er brandt iets in de Kerkstrat")
    talk.say("ja")
    step = talk.say("Er brandt iets in de Kerkstraat", replaces="k1")
    assert (talk.last.text, talk.last.police_called) == ("Er brandt iets in de Kerkstraat", True)
    assert step.edit_of == "r1"


def test_an_edit_of_what_is_not_known_any_more_stands_alone() -> None:
    """It may come days later."""
    talk = Talk()
    talk.say("Er brandt iets")
    step = talk.say("Er lag glas", replaces="old")
    assert (step.edit_of, talk.last.text) == (None, "Er lag glas")


def test_a_choice_without_a_report_is_kept_with_what_it_sets() -> None:
    """A button may be pressed long after the report (fixtures 04 and 05 of WhatsApp)."""
    talk = Talk("whatsapp")
    step = talk.say("112 gebeld: ja", reply_id="112-called-yes")
    assert (talk.last.text, talk.last.police_called) == ("112 gebeld: ja", True)
    assert QUESTIONS["what"] in asked(step)


def test_one_report_is_made_of_so_many_messages_at_most() -> None:
    """What is remembered stays small."""
    talk = Talk()
    for _ in range(TURNS + 1):
        step = talk.say(location=HERE)
    assert step.edit_of is None

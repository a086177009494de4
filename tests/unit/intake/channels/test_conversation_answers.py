"""What an answer, an edit or something else in between changes of a report, and what is asked then."""

import pytest

from buurtsein_intake.shapes import LocationIn
from tests.unit.intake.channels.talk import HERE, QUESTIONS, Talk, asked

THERE = LocationIn(lat=52.2, lon=5.2)


def test_an_answer_that_tells_nothing_leads_to_the_next_question() -> None:
    """No question is asked twice, and none stands in the way of the others."""
    talk = Talk()
    talk.say("Er schreeuwt iemand om hulp")
    assert QUESTIONS["where"] in asked(talk.say("tja"))


def test_a_button_of_another_question_leads_to_the_next_one() -> None:
    """Its sender did answer."""
    talk = Talk("whatsapp")
    talk.say("Er schreeuwt iemand om hulp")
    assert QUESTIONS["where"] in asked(talk.say(reply_id="type-urgent"))


def test_a_report_is_thanked_for_once() -> None:
    """Not again for what is added when nothing was missing."""
    talk = Talk("whatsapp")
    assert QUESTIONS["thanks"] in asked(talk.say("112 gebeld, brand in de Kerkstraat"))
    assert talk.say(location=HERE).replies == ()


def test_the_language_is_that_of_the_first_words() -> None:
    """Which may come after a place."""
    talk = Talk()
    talk.say(location=HERE)
    assert "Has 112 been called?" in asked(talk.say("There is a fire in the basement of my building"))


def test_the_language_stays_that_of_the_report() -> None:
    """Whatever words are added to it."""
    talk = Talk()
    talk.say("Er schreeuwt iemand om hulp")
    assert QUESTIONS["where"] in asked(talk.say("yes, my neighbour called them"))


def test_who_takes_back_that_112_was_called_is_not_told_to_call() -> None:
    """The advice belongs to the question whether somebody did."""
    talk = Talk()
    talk.say("112 gebeld, er is brand")
    step = talk.say("Sorry, 112 is niet gebeld")
    assert talk.last.police_called is False
    assert "Bel nu 112" not in asked(step)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("nee hoor", "Er brandt iets"),
        ("112 is niet gebeld", "Er brandt iets"),
        ("112 is nog niet gebeld", "Er brandt iets. 112 is nog niet gebeld"),
    ],
    ids=["two words", "four words", "five words"],
)
def test_the_words_of_a_short_answer_are_no_part_of_the_report(answer: str, text: str) -> None:
    """What they say is kept as an answer; a longer one may say more."""
    talk = Talk()
    talk.say("Er brandt iets")
    talk.say(answer)
    assert (talk.last.text, talk.last.police_called) == (text, False)


def test_a_report_is_complete_once() -> None:
    """What is added then needs no word."""
    talk = Talk()
    talk.say("Er brandt iets op het Marktplein")
    assert QUESTIONS["complete"] in asked(talk.say("ja"))
    assert talk.say(location=HERE).replies == ()


def edited(**fields: object) -> Talk:
    """Return a talk about a report with a place, of which the message was edited."""
    talk = Talk()
    talk.say("Er brandt iets", location=HERE)
    talk.say(replaces="k1", **fields)  # type: ignore[arg-type]
    return talk


def test_an_edit_without_words_keeps_those_that_there_were() -> None:
    """Only the place was moved."""
    talk = edited(location=THERE)
    assert (talk.last.text, talk.last.location) == ("Er brandt iets", THERE)


def test_an_edit_without_a_place_keeps_the_one_that_there_was() -> None:
    """Only words were changed."""
    talk = edited(text="Er brandt een schuur")
    assert (talk.last.text, talk.last.location) == ("Er brandt een schuur", HERE)

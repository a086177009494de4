"""Conversations as tables: what a sender says, what is kept of it, and what is asked next."""

from dataclasses import replace
from typing import Any

import pytest

from buurtsein_events.values import Channel
from buurtsein_intake.channels.conversation import Draft
from buurtsein_intake.channels.message import Reply
from tests.unit.intake.channels.talk import HERE, PHOTO, POLICY, QUESTIONS, Talk, asked

TABLES: dict[str, tuple[Channel, list[tuple[dict[str, Any], str]], dict[str, Any]]] = {
    "WhatsApp: a button, then a location": (
        "whatsapp",
        [
            ({"text": "Er ligt glas op het fietspad"}, "112"),
            ({"text": "Nee", "reply_id": "112-called-no"}, "complete"),
        ],
        {"text": "Er ligt glas op het fietspad", "police_called": False},
    ),
    "Telegram: where is asked, and a location answers": (
        "telegram",
        [
            ({"text": "Er schreeuwt iemand om hulp"}, "112"),
            ({"reply_id": "112-called-yes"}, "where"),
            ({"location": HERE}, "complete"),
        ],
        {"text": "Er schreeuwt iemand om hulp", "police_called": True, "location": HERE},
    ),
    "SMS: numbers choose, words complete": (
        "sms",
        [
            ({"text": "Gisteren is er ingebroken, iemand verdachts liep weg"}, "112"),
            ({"text": "1"}, "where"),
            ({"text": "Kerkstraat"}, "when"),
            ({"text": "rond 22:00"}, "who"),
            ({"text": "zwarte jas en een rode rugzak, liep naar het station"}, "complete"),
        ],
        {
            "text": "Gisteren is er ingebroken, iemand verdachts liep weg. Kerkstraat. rond 22:00. "
            "zwarte jas en een rode rugzak, liep naar het station",
            "police_called": True,
        },
    ),
    "Messenger: a photo, a kind, and words": (
        "facebook",
        [
            ({"attachments": ("https://cdn.example/1",)}, "what"),
            ({"text": "Overlast", "reply_id": "type-nuisance"}, "112"),
            ({"text": "nee hoor"}, "where"),
            ({"text": "Afval naast de bak op het Marktplein"}, "complete"),
        ],
        {"text": "Overlast. Afval naast de bak op het Marktplein", "type": "nuisance", "police_called": False},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_conversation_completes_one_report(name: str) -> None:
    """Each answer is kept as an edit of the first report, and each question is asked once."""
    channel, turns, expected = TABLES[name]
    talk = Talk(channel)
    found = [asked(talk.say(**message)) for message, _ in turns]
    assert [QUESTIONS.get(question, "") in said and bool(said) == bool(question) for said, (_, question) in zip(
        found, turns, strict=True)] == [True] * len(turns), found  # fmt: skip
    assert [edit_of for _, edit_of in talk.kept] == [None, *["r1"] * (len(turns) - 1)]
    assert {name: getattr(talk.last, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Brand in de kelder aan de Kerkstraat", "112"),
        ("112 gebeld, er is brand", "where"),
        ("112 gebeld, vannacht brand in de Kerkstraat", "when"),
        ("Politie gebeld: verdacht persoon in de Kerkstraat", "who"),
        ("112 gebeld: verdacht persoon in de Kerkstraat, zwarte jas, blauwe rugzak", "thanks"),
        ("112 gebeld, vannacht om 3 uur brand in de Kerkstraat", "thanks"),
        ("Idee: een bankje in het park", "thanks"),
        ("Idee: meer groen", "where"),
    ],
)
def test_the_first_thing_that_is_missing_is_asked(text: str, question: str) -> None:
    """112 first, then where, when and who; only one of them."""
    step = Talk().say(text)
    (reply,) = step.replies
    assert QUESTIONS[question] in reply.text
    assert sum(each in reply.text for each in list(QUESTIONS.values())[:5]) == (question != "thanks")


def test_the_question_is_in_the_language_of_the_message() -> None:
    """Also the choices."""
    (reply,) = Talk().say("There is a fire in the basement of my building").replies
    assert "Has 112 been called?" in reply.text
    assert reply.choices == (("112-called-yes", "Yes"), ("112-called-no", "No"))


def test_who_did_not_call_is_told_to_do_so_when_there_is_danger() -> None:
    """Before the next question."""
    talk = Talk()
    talk.say("Er wordt gevochten")
    (reply,) = talk.say("nee").replies
    assert reply.text.startswith("Is er nu gevaar? Bel nu 112. Waar is het?")
    assert reply.place


def test_who_calls_112_after_all_says_so_in_words() -> None:
    """The latest word counts."""
    talk = Talk()
    talk.say("Er wordt gevochten")
    talk.say("nee")
    talk.say("Kerkstraat, 112 is nu gebeld")
    assert talk.last.police_called is True


def test_a_location_while_112_is_asked_leaves_that_question_standing() -> None:
    """It answers what was not asked yet."""
    talk = Talk()
    talk.say("Er brandt iets")
    assert talk.say(location=HERE).replies == ()
    assert QUESTIONS["complete"] in asked(talk.say("ja"))


def test_at_the_end_the_sender_gets_the_link_of_the_first_reference() -> None:
    """Under which the report's status is found."""
    talk = Talk()
    talk.say("Er brandt iets op het Marktplein")
    talk.say("ja")
    assert talk.draft
    assert [reply.text for reply in talk.draft.turns[-1].replies] == [
        "Dank je wel, je melding is compleet. Volg hem op https://b.example/r1"
    ]


def test_where_nothing_can_be_asked_nothing_is() -> None:
    """And the next text is a report of its own."""
    talk = Talk("whatsapp", replace(POLICY, asking=frozenset({"sms"})))
    assert talk.say("Er brandt iets").replies == ()
    assert talk.say("op het Marktplein").edit_of is None


def test_a_group_is_asked_nothing() -> None:
    """Everybody would read it."""
    assert Talk().say("Er brandt iets", chat=None).replies == ()


def test_a_draft_survives_being_written_and_read() -> None:
    """With what was answered and what stands open."""
    talk = Talk()
    talk.say("Er brandt iets", location=HERE, photos=(PHOTO,))
    assert talk.draft == Draft.model_validate_json(
        str(talk.draft and talk.draft.model_dump_json(exclude_defaults=True))
    )
    assert talk.draft
    assert isinstance(talk.draft.turns[0].replies[0], Reply)

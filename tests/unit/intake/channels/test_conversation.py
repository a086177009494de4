"""Conversations as tables: what a sender says, what is kept of it, and what is asked next."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from buurtsein_events.values import Channel
from buurtsein_intake.channels.conversation import TURNS, Draft, Policy, Step, converse
from buurtsein_intake.channels.message import WITHOUT_WORDS, Message, Reply, report_of
from buurtsein_intake.channels.questions import Menus
from buurtsein_intake.form_checks import load_form
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import LocationIn, ReportIn
from tests.unit.intake.fakes import NOW

POLICY = Policy(
    link=str,
    menus=Menus(load_form(IntakeSettings().form)),
    expiry=timedelta(minutes=15),
    digest=lambda key: f"d{key}",
    asking=frozenset({"whatsapp", "telegram", "sms", "facebook"}),
)
PHOTO = "0" * 64
HERE = LocationIn(lat=52.1, lon=5.1)


@dataclass
class Talk:
    """One sender on one channel, with the draft between messages."""

    channel: Channel = "telegram"
    policy: Policy = POLICY
    draft: Draft | None = None
    kept: list[tuple[ReportIn, str | None]] = field(default_factory=list)
    number: int = 0

    def say(self, text: str | None = None, at: datetime = NOW, **fields: Any) -> Step:
        """Return the step that a message leads to, kept as r1, r2 and so on."""
        self.number += 1
        message = Message(channel=self.channel, key=f"k{self.number}", sender="s", chat="1", text=text, occurred_at=at)
        return self.hear(replace(message, **fields), at)

    def hear(self, message: Message, now: datetime = NOW) -> Step:
        """Return the step that a message leads to, and remember what follows."""
        step = converse(self.draft, message, now, self.policy)
        if step.keep and step.draft:
            self.kept.append((report_of(step.keep), step.edit_of))
            self.draft = step.draft.kept_as(f"r{len(self.kept)}", step.edit_of, "https://b.example/{}".format)
        return step

    @property
    def last(self) -> ReportIn:
        """Return the report that was kept last."""
        return self.kept[-1][0]


def asked(step: Step) -> str:
    """Return the end of what a sender is told: the question, if there is one."""
    return " ".join(reply.text for reply in step.replies)


QUESTIONS = {
    "112": "Is 112 al gebeld?",
    "where": "Waar is het?",
    "when": "Hoe laat",
    "who": "Wie of wat zag je?",
    "what": "Wat is daar aan de hand?",
    "thanks": "je melding is binnen.",
    "complete": "je melding is compleet.",
}

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


def test_a_location_soon_after_belongs_to_the_report() -> None:
    """Whether or not it was asked for, and nothing is asked twice (fixture whatsapp/02 after 03)."""
    talk = Talk(policy=replace(POLICY, asking=frozenset()))
    talk.say("De lantaarn is stuk", photos=(PHOTO,))
    step = talk.say(location=HERE, at=NOW + timedelta(seconds=20))
    assert (talk.last.text, talk.last.location, step.edit_of, step.replies) == ("De lantaarn is stuk", HERE, "r1", ())
    assert step.keep
    assert step.keep.photos == (PHOTO,)


def test_a_location_while_112_is_asked_leaves_that_question_standing() -> None:
    """It answers what was not asked yet."""
    talk = Talk()
    talk.say("Er brandt iets")
    assert talk.say(location=HERE).replies == ()
    assert QUESTIONS["complete"] in asked(talk.say("ja"))


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


def test_a_draft_survives_being_written_and_read() -> None:
    """With what was answered and what stands open."""
    talk = Talk()
    talk.say("Er brandt iets", location=HERE, photos=(PHOTO,))
    assert talk.draft == Draft.model_validate_json(
        str(talk.draft and talk.draft.model_dump_json(exclude_defaults=True))
    )
    assert talk.draft
    assert isinstance(talk.draft.turns[0].replies[0], Reply)

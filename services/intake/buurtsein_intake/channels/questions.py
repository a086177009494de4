"""The questions that a sender may get: when one is asked, in which words, and what an answer says; pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from buurtsein_events.values import Message as Words
from buurtsein_intake.alarm import answered, police_called
from buurtsein_intake.channels import cues
from buurtsein_intake.channels.message import Message, Reply
from buurtsein_intake.forms import Choice, FormFile, Language, say

Question = Literal["what", "112", "where", "when", "who"]

ORDER: Final[tuple[Question, ...]] = ("what", "112", "where", "when", "who")
"""Without words there is nothing to ask more about; then as SAAR asks."""

THANKS: Final = Words(nl="Dank je wel, je melding is binnen.", en="Thank you, we have your report.")
BEGIN: Final = Words(
    nl="Bij gevaar: bel nu 112. Vertel wat je ziet en waar het is.",
    en="If there is danger, call 112 now. Tell us what you see and where it is.",
)
UNHEARD: Final = Words(
    nl="Bij gevaar: bel nu 112. Wat je stuurde kan hier niet worden beluisterd of bekeken. "
    "Schrijf in woorden wat je ziet en waar het is.",
    en="If there is danger, call 112 now. What you sent can't be heard or seen here. "
    "Write in words what you see and where it is.",
)
COMPLETE: Final = Words(nl="Dank je wel, je melding is compleet.", en="Thank you, your report is complete.")
LINK: Final = "{link}"
"""Stands in a reply for the address of the report's status, which is known once the report is kept."""
FOLLOW: Final = Words(nl=f"Volg hem op {LINK}", en=f"Follow it at {LINK}")
CALL: Final = Words(nl="Is er nu gevaar? Bel nu 112.", en="Is there danger now? Call 112 now.")

_ASKED: Final[Mapping[Question, Words]] = {
    "what": Words(nl="Wat is daar aan de hand?", en="What is going on there?"),
    "112": Words(
        nl="Is 112 al gebeld? Bij gevaar: bel nu 112.", en="Has 112 been called? If there is danger, call 112 now."
    ),
    "where": Words(
        nl="Waar is het? Stuur je locatie, of noem een straat of plek.",
        en="Where is it? Send your location, or name a street or place.",
    ),
    "when": Words(nl="Hoe laat was dat ongeveer?", en="At about what time was that?"),
    "who": Words(
        nl="Wie of wat zag je? Vertel wat diegene doet, kleding, leeftijd, en waar die heen gaat.",
        en="Whom or what did you see? Tell what they do, clothes, age, and where they go.",
    ),
}
_MENUS: Final[Mapping[Question, str]] = {"what": "type", "112": "112-called"}


def told(words: Words, language: Language | None = None) -> Reply:
    """Return what is told, in both languages when it does not show which one is wanted."""
    return Reply(text=f"{words.nl} / {words.en}" if language is None else say(words, language) or "")


class Menus:
    """The choices of the form, as the questions offer them and as answers name them."""

    def __init__(self, form: FormFile) -> None:
        self._of = {each.id: each.choices for each in form.questions}
        self._by_id = {choice.id: choice for choices in self._of.values() for choice in choices}

    def reply(self, question: Question, language: Language, before: str = "") -> Reply:
        """Return a question as it is asked, after some words."""
        choices = self.choices(question)
        return Reply(
            text=f"{before} {say(_ASKED[question], language)}".strip(),
            choices=tuple((choice.id, say(choice.label, language) or "") for choice in choices),
            place=question == "where",
        )

    def choices(self, question: Question) -> tuple[Choice[Words], ...]:
        """Return what can be chosen as the answer to a question, if anything."""
        return self._of.get(_MENUS.get(question, ""), ())

    def chosen(self, message: Message) -> Choice[Words] | None:
        """Return the choice that a message makes by its id."""
        return self._by_id.get(message.reply_id or "")

    def picked(self, text: str, question: Question) -> Choice[Words] | None:
        """Return the choice that a text makes by its number, its label, or a plain yes or no."""
        choices, word = self.choices(question), text.strip(" .!").lower()
        if word.isdecimal() and len(word) == 1 and 0 < int(word) <= len(choices):
            return choices[int(word) - 1]
        labelled = (c for c in choices if word in {c.label.nl.lower(), c.label.en.lower()})
        return next(labelled, None) or (_called(choices, text) if question == "112" else None)


def _called(choices: tuple[Choice[Words], ...], text: str) -> Choice[Words] | None:
    said = answered(text)
    called = cues.yes_or_no(text) if said is None else said
    return next((choice for choice in choices if choice.sets.get("police_called") is called), None)


def _no_words(message: Message) -> bool:
    return not message.text


def _alarm_unknown(message: Message) -> bool:
    text = message.text or ""
    plainly_idea = message.type == "idea" or (message.type is None and cues.idea(text))
    return message.police_called is None and police_called(text) is None and not plainly_idea


def _no_place(message: Message) -> bool:
    return message.location is None and not cues.names_place(message.text or "")


def _time_unknown(message: Message) -> bool:
    return cues.other_time(message.text or "")


def _nobody_described(message: Message) -> bool:
    text = message.text or ""
    kind = message.type == "suspicious" or (message.type is None and cues.suspicious(text))
    return kind and not cues.described(text)


_MISSING: Final[Mapping[Question, Callable[[Message], bool]]] = {
    "what": _no_words,
    "112": _alarm_unknown,
    "where": _no_place,
    "when": _time_unknown,
    "who": _nobody_described,
}


def missing(report: Message, question: Question) -> bool:
    """Tell whether a report lacks what a question is about."""
    return _MISSING[question](report)


def label(choice: Choice[Words], language: Language) -> str:
    """Return the words of a choice that say what is reported, if it is the type of a report."""
    return say(choice.label, language) or "" if "type" in choice.sets else ""


def fields_of(choice: Choice[Words] | None) -> dict[str, Any]:
    """Return the fields of a message that a choice sets."""
    sets = choice.sets if choice else {}
    return {name: value for name, value in sets.items() if name in {"type", "police_called"}}

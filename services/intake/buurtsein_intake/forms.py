"""The questions of a report as data: their shape, and what an app gets of it in one language; pure.

A form is a graph. Whoever renders it starts at `start`, shows one question at a time and goes to the `next` of the
choice that was made, or else of the question; without a `next` the form is complete. A question with `only` is passed
by, to its own `next`, once the type of the report is known and not among them. What the choices set and what is filled
in for the questions that name a `field` is together the body of `POST /v1/reports`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Generic, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field

from buurtsein_events.values import TEXT_LIMIT, Message, ReportType

Language = Literal["nl", "en"]
Kind = Literal["choice", "yes_no", "text", "place", "time", "persons", "vehicles", "photo"]
Id = Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
_TYPES: Final[Mapping[object, ReportType]] = {each: each for each in get_args(ReportType)}
Words = TypeVar("Words", str, Message)


class _Named(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Named, Generic[Words]):
    """One answer to choose; `sets` are fields of the report, `advice` is shown at once when it is chosen."""

    id: Id
    label: Words
    hint: Words | None = None
    sets: dict[str, bool | str]
    advice: Words | None = None
    next: Id | None = None


class Part(_Named, Generic[Words]):
    """One field of a person or vehicle, of at most 100 characters; none of them is required."""

    id: str
    label: Words


class Question(_Named, Generic[Words]):
    """One question.

    `choice` and `yes_no` have choices; the other kinds fill the `field` of the report. `place` fills it with
    `{"lat", "lon", "address"}`, `time` with a date and time with its offset, `persons` and `vehicles` with a list of
    objects of `parts`, `photo` with a list. `limit` is the number of characters of a text and of items of a list.
    """

    id: Id
    kind: Kind
    label: Words
    hint: Words | None = None
    required: bool = False
    only: tuple[ReportType, ...] = ()
    field: str | None = None
    limit: Annotated[int, Field(ge=1, le=TEXT_LIMIT)] | None = None
    choices: tuple[Choice[Words], ...] = ()
    parts: tuple[Part[Words], ...] = ()
    next: Id | None = None


class FormFile(_Named):
    """The form as its file has it, in all languages."""

    version: Annotated[int, Field(ge=1)]
    start: Id
    questions: tuple[Question[Message], ...]


class Form(_Named):
    """The questions of one type of report, or of all (`type` is `report`), in one language.

    The questions are in the order in which they come. In the form of one type, that type is already set, so that
    neither the question for it nor any `only` is left.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "version": 1,
                    "language": "nl",
                    "type": "nuisance",
                    "sets": {"type": "nuisance"},
                    "start": "112-called",
                    "questions": [
                        {
                            "id": "112-called",
                            "kind": "yes_no",
                            "label": "Is 112 gebeld?",
                            "hint": "Door jou of door iemand anders.",
                            "required": True,
                            "only": [],
                            "choices": [
                                {
                                    "id": "112-called-yes",
                                    "label": "Ja",
                                    "sets": {"police_called": True},
                                    "next": "where",
                                },
                                {
                                    "id": "112-called-no",
                                    "label": "Nee",
                                    "sets": {"police_called": False},
                                    "advice": "Is er gevaar of zie je een misdrijf? Bel nu 112.",
                                    "next": "where",
                                },
                            ],
                            "parts": [],
                        },
                        {
                            "id": "where",
                            "kind": "place",
                            "label": "Waar is het?",
                            "required": True,
                            "only": [],
                            "field": "location",
                            "choices": [],
                            "parts": [],
                            "next": "what",
                        },
                        {
                            "id": "what",
                            "kind": "text",
                            "label": "Wat gebeurt er?",
                            "required": True,
                            "only": [],
                            "field": "text",
                            "limit": 4000,
                            "choices": [],
                            "parts": [],
                        },
                    ],
                }
            ]
        }
    )

    version: int
    language: Language
    type: ReportType | Literal["report"]
    sets: dict[str, bool | str]
    start: Id
    questions: tuple[Question[str], ...]


class FormType(_Named):
    """One type of report and where its questions are."""

    id: ReportType
    label: str
    hint: str | None = None
    self: str


class FormList(_Named):
    """The types of report that have a form; `report` is the address of the form with all of them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "version": 1,
                    "language": "nl",
                    "languages": ["nl", "en"],
                    "report": "/v1/form/report",
                    "types": [
                        {"id": "urgent", "label": "Spoed", "hint": "Gevaar, brand", "self": "/v1/form/urgent"},
                        {"id": "idea", "label": "Idee", "self": "/v1/form/idea"},
                    ],
                }
            ]
        }
    )

    version: int
    language: Language
    languages: tuple[Language, ...]
    report: str
    types: tuple[FormType, ...]


def form(file: FormFile, kind: ReportType | None, language: Language) -> Form:
    """Return the questions of a type of report, or of all types, as an app gets them."""
    questions = {each.id: each for each in file.questions if kind is None or _asked(each, kind)}
    follow = _Follow(file, frozenset(questions))
    return Form(
        version=file.version,
        language=language,
        type=kind or "report",
        sets={"type": kind} if kind else {},
        start=follow.asked(file.start) or file.start,
        questions=tuple(_question(each, kind is not None, language, follow) for each in questions.values()),
    )


def form_list(file: FormFile, language: Language) -> FormList:
    """Return the types of report, as an app gets them."""
    return FormList(
        version=file.version,
        language=language,
        languages=LANGUAGES,
        report="/v1/form/report",
        types=tuple(
            FormType.model_validate(
                {
                    "id": choice.sets["type"],
                    "label": say(choice.label, language),
                    "hint": say(choice.hint, language),
                    "self": f"/v1/form/{choice.sets['type']}",
                }
            )
            for choice in type_choices(file)
        ),
    )


def type_choices(file: FormFile) -> Iterator[Choice[Message]]:
    """Yield the choices that set the type of a report."""
    return (choice for question in file.questions for choice in question.choices if "type" in choice.sets)


def types_of(file: FormFile) -> tuple[ReportType, ...]:
    """Return the types of report that a form knows, in the order of its choices."""
    return tuple(_TYPES[choice.sets["type"]] for choice in type_choices(file))


class _Follow:
    """Follows a form's links to the next question that is asked."""

    def __init__(self, file: FormFile, asked: frozenset[str]) -> None:
        self._next = {each.id: each.next for each in file.questions}
        self._asked = asked

    def asked(self, question: str | None) -> str | None:
        """Return the question itself when it is asked, or else the first asked one that follows it."""
        while question is not None and question not in self._asked:
            question = self._next[question]
        return question


def _asked(question: Question[Message], kind: ReportType) -> bool:
    about_type = any("type" in choice.sets for choice in question.choices)
    return not about_type and (not question.only or kind in question.only)


def _question(question: Question[Message], narrowed: bool, language: Language, follow: _Follow) -> Question[str]:
    return Question[str](
        id=question.id,
        kind=question.kind,
        label=say(question.label, language) or "",
        hint=say(question.hint, language),
        required=question.required,
        only=() if narrowed else question.only,
        field=question.field,
        limit=question.limit,
        choices=tuple(
            Choice[str](
                id=choice.id,
                label=say(choice.label, language) or "",
                hint=say(choice.hint, language),
                sets=choice.sets,
                advice=say(choice.advice, language),
                next=follow.asked(choice.next or question.next),
            )
            for choice in question.choices
        ),
        parts=tuple(Part[str](id=part.id, label=say(part.label, language) or "") for part in question.parts),
        next=follow.asked(question.next),
    )


def say(words: Message | None, language: Language) -> str | None:
    """Return words in a language."""
    return None if words is None else words.nl if language == "nl" else words.en

"""The services of GeoReport: the types of report, with the form's questions as attributes; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from buurtsein_events.values import Message, ReportType
from buurtsein_intake.channels.open311_formats import Content
from buurtsein_intake.forms import FormFile, Language, Question, say, type_choices, types_of
from buurtsein_runtime.problems import FieldError, Problem, Refused, invalid

Datatype = Literal["singlevaluelist", "datetime", "string"]

CHOSEN: Final = frozenset({"police_called", "called_by", "happening_now", "anonymous"})
"""The fields of a report that an attribute with a list of values can set."""

LISTS: Final = frozenset({"persons", "vehicles"})
"""The fields of a report of which an attribute fills one part: `persons.clothing`."""

_SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
_WITH_OFFSET: Final = Message(
    nl="Datum en tijd met tijdzone, zoals 2026-10-13T02:41:00+02:00",
    en="Date and time with its offset, such as 2026-10-13T02:41:00+02:00",
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Described(_Part):
    """What is told of one service besides the form's own words."""

    group: Message
    keywords: Message


class Open311File(_Part):
    """What clients are told about the installation."""

    changeset: str
    type: Literal["production", "test"]
    contact: Message
    key_service: Message
    jurisdiction: str | None = None
    services: Mapping[str, Described]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a list: its key, its label and what it sets."""

    key: str
    label: Message
    sets: bool | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of a service; `code` is the field of a report, or one of its parts."""

    code: str
    datatype: Datatype
    description: Message
    hint: Message | None = None
    values: tuple[Value, ...] = ()


class Services:
    """The services of an installation."""

    def __init__(self, file: Open311File, form: FormFile, public_url: str) -> None:
        self._file = file
        self._form = form
        self._url = f"{public_url.rstrip('/')}/open311/v2"

    @cached_property
    def attributes(self) -> Mapping[ReportType, Sequence[Attribute]]:
        """Return the attributes of each service."""
        return {kind: tuple(_attributes(_asked(self._form, kind))) for kind in types_of(self._form)}

    def check_jurisdiction(self, jurisdiction: str | None) -> None:
        """Raise `Refused` (404) when another jurisdiction is asked for than ours."""
        ours = self._file.jurisdiction
        if ours and jurisdiction and jurisdiction != ours:
            raise Refused(not_found("jurisdiction_id", jurisdiction, f"use {ours}, or leave it out"))

    def known(self, code: str | None) -> ReportType:
        """Return the service of a code; raises `Refused`, 400 without a code and 404 when it is unknown."""
        if code is None:
            raise Refused(missing("service_code", self._codes))
        found = next((kind for kind in self.attributes if kind == code), None)
        if found is None:
            raise Refused(not_found("service_code", code, self._codes))
        return found

    def name(self, kind: ReportType, language: Language) -> str | None:
        """Return the name of a service."""
        return next((say(c.label, language) for c in type_choices(self._form) if c.sets["type"] == kind), None)

    def discovery(self, language: Language) -> Content:
        """Return the service discovery (Open311 Service Discovery)."""
        endpoint = {
            "specification": _SPECIFICATION,
            "url": self._url,
            "changeset": self._file.changeset,
            "type": self._file.type,
            "formats": ["text/xml", "application/json"],
        }
        return {
            "changeset": self._file.changeset,
            "contact": say(self._file.contact, language),
            "key_service": say(self._file.key_service, language),
            "endpoints": [endpoint],
        }

    def listed(self, language: Language) -> Content:
        """Return the list of services."""
        return [
            {
                "service_code": str(choice.sets["type"]),
                "service_name": say(choice.label, language),
                "description": say(choice.hint, language),
                "metadata": True,
                "type": "realtime",
                "keywords": say(described.keywords, language) if described else None,
                "group": say(described.group, language) if described else None,
            }
            for choice in type_choices(self._form)
            for described in [self._file.services.get(str(choice.sets["type"]))]
        ]

    def definition(self, kind: ReportType, language: Language) -> Content:
        """Return the definition of a service.

        No attribute is required: a report is kept as it comes. What the form advises comes first, as an attribute that
        only tells something.
        """
        advice = [_advice(words, language) for words in _advices(_asked(self._form, kind))]
        asked = [_attribute(each, language) for each in self.attributes[kind]]
        numbered = enumerate([*advice, *asked], 1)
        return {"service_code": kind, "attributes": [{**each, "order": order} for order, each in numbered]}

    @property
    def _codes(self) -> str:
        return f"use one of {', '.join(self.attributes)}; GET services lists them"


def missing(name: str, cure: str) -> Problem:
    """Return the answer to a request without an argument that is required."""
    return Problem(400, "missing", "An argument is missing", f"{name} was not provided; {cure}.")


def not_found(name: str, value: str, cure: str) -> Problem:
    """Return the answer to an argument that names something unknown."""
    detail = f"{name} {value[:60]!r} was not found; {cure}."
    return Problem(404, "not-found", "There is no such thing", detail)


def wrong(name: str, cure: str) -> Refused:
    """Return the refusal of an argument, with its cure."""
    return Refused(invalid((FieldError(name, cure),)))


def _asked(form: FormFile, kind: ReportType) -> list[Question[Message]]:
    about_type = {choice.id for choice in type_choices(form)}
    return [
        question
        for question in form.questions
        if (not question.only or kind in question.only) and about_type.isdisjoint(c.id for c in question.choices)
    ]


def _attributes(questions: Sequence[Question[Message]]) -> Iterator[Attribute]:
    """Yield each attribute once; the form may ask the same in several ways, of which the first counts."""
    known: set[str] = set()
    for question in questions:
        for attribute in (*_chosen(question), *_filled_in(question)):
            if attribute.code not in known:
                known.add(attribute.code)
                yield attribute


def _chosen(question: Question[Message]) -> Iterator[Attribute]:
    fields = dict.fromkeys(field for choice in question.choices for field in choice.sets if field in CHOSEN)
    for field in fields:
        values = tuple(
            Value(key=str(choice.sets[field]).lower(), label=choice.label, sets=choice.sets[field])
            for choice in question.choices
            if field in choice.sets
        )
        yield Attribute(
            code=field, datatype="singlevaluelist", description=question.label, hint=question.hint, values=values
        )


def _filled_in(question: Question[Message]) -> Iterator[Attribute]:
    if question.kind == "time" and question.field:
        yield Attribute(code=question.field, datatype="datetime", description=question.label, hint=_WITH_OFFSET)
    if question.field in LISTS:
        for part in question.parts:
            words = Message(nl=f"{question.label.nl} {part.label.nl}", en=f"{question.label.en} {part.label.en}")
            yield Attribute(
                code=f"{question.field}.{part.id}", datatype="string", description=words, hint=question.hint
            )


def _advices(questions: Sequence[Question[Message]]) -> Sequence[Message]:
    return list(dict.fromkeys(choice.advice for q in questions for choice in q.choices if choice.advice))[:1]


def _advice(words: Message, language: Language) -> Mapping[str, Content]:
    return {
        "variable": False,
        "code": "advice",
        "datatype": "string",
        "required": False,
        "datatype_description": None,
        "description": say(words, language),
        "values": [],
    }


def _attribute(attribute: Attribute, language: Language) -> Mapping[str, Content]:
    return {
        "variable": True,
        "code": attribute.code,
        "datatype": attribute.datatype,
        "required": False,
        "datatype_description": say(attribute.hint, language),
        "description": say(attribute.description, language),
        "values": [{"key": value.key, "name": say(value.label, language)} for value in attribute.values],
    }

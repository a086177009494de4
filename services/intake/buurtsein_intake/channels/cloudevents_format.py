"""CloudEvents as HTTP carries them, in all three content modes, as the events and data that they are; pure.

Source: CloudEvents 1.0.2: specification (sections 3 and 4), JSON event format (sections 2 to 4), HTTP protocol binding
(section 3).
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal, NamedTuple
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, JsonValue, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import to_json

from buurtsein_intake import validation
from buurtsein_intake.shapes import BODY_LIMIT, Moment
from buurtsein_runtime import bodies, problems
from buurtsein_runtime.problems import FieldError, Problem, Refused

STRUCTURED: Final = "application/cloudevents+json"
BATCH: Final = "application/cloudevents-batch+json"
JSON: Final = "application/json"

BATCH_LIMIT: Final = 100
"""Events in a batch."""

ReportType = Literal["nl.buurtsein.report.submitted.v1", "nl.buurtsein.melding.ontvangen"]
"""The types of events that bring a report; the second is the Dutch name of the first."""

Attribute = Annotated[
    str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00-\x1f\x7f-\x9f\ufffe\uffff]*$")
]

_NAME: Final = re.compile("[a-z0-9]+")
_ESCAPED: Final = re.compile(r"\\(.)")
_BATCH: Final = TypeAdapter(list[JsonValue])


class EventIn(BaseModel):
    """One event in the JSON format; what is not named here is an extension attribute."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    specversion: Literal["1.0"]
    id: Attribute
    source: Attribute
    type: ReportType
    subject: Attribute | None = None
    time: Moment | None = None
    datacontenttype: Attribute | None = None
    dataschema: Attribute | None = None
    data: JsonValue = None
    data_base64: str | None = None


class Carried(NamedTuple):
    """An event with its data as JSON, and the place of both in the body for who looks for a mistake."""

    event: EventIn
    data: bytes
    event_at: str
    data_at: str


def read(media_type: str, headers: Mapping[str, str], body: bytes) -> list[Carried]:
    """Return the events of a request; raises `Refused` (400, 413, 415) with the event and attribute that is wrong."""
    if media_type == BATCH:
        return [_structured(to_json(each), f"#/{number}") for number, each in enumerate(_listed(body))]
    if len(body) > BODY_LIMIT:
        raise Refused(problems.too_large(BODY_LIMIT))
    return [_structured(body, "#") if media_type == STRUCTURED else _binary(headers, body)]


def refused(problem: Problem, at: str) -> Refused:
    """Return the refusal of an event whose part `at` has a problem of its own."""
    found = problem.errors or (FieldError("#", problem.detail),)
    errors = tuple(FieldError(at + error.pointer[1:], error.detail) for error in found)
    detail = f"{errors[0].pointer}: {errors[0].detail}"
    return Refused(Problem(400, "invalid-event", "The event has mistakes", detail, errors=errors))


def _listed(body: bytes) -> list[JsonValue]:
    try:
        events = _BATCH.validate_json(body)
    except ValidationError as error:
        problem = bodies.broken(body, error.errors()[0]["msg"], "a JSON list of events")
        raise (refused(problem, "#") if problem.errors else Refused(problem)) from error
    if len(events) > BATCH_LIMIT:
        raise _wrong("#", f"has too many events; at most {BATCH_LIMIT} are taken at once")
    return events


def _structured(raw: bytes, at: str) -> Carried:
    event = _event(raw, at)
    if event.data_base64 is None:
        if event.data is None:
            raise _wrong(f"{at}/data", "is required; add the report")
        return Carried(event, to_json(event.data), at, f"{at}/data")
    if event.data is not None:
        raise _wrong(f"{at}/data_base64", "can't be there with data; leave one of them out")
    try:
        return Carried(event, base64.b64decode(event.data_base64, validate=True), at, f"{at}/data_base64")
    except binascii.Error as error:
        raise _wrong(f"{at}/data_base64", "is not base64 (RFC 4648, section 4)") from error


def _binary(headers: Mapping[str, str], body: bytes) -> Carried:
    attributes = {name[3:]: _decoded(name, value) for name, value in headers.items() if name.startswith("ce-")}
    attributes.pop("data", None)
    return Carried(_event(json.dumps(attributes).encode(), "#"), body, "#", "#/data")


def _event(raw: bytes, at: str) -> EventIn:
    try:
        event = validation.parse(raw, EventIn)
    except Refused as error:
        raise refused(error.problem, at) from error
    if event.datacontenttype and event.datacontenttype.partition(";")[0].strip().lower() != JSON:
        raise _wrong(f"{at}/datacontenttype", f"must be {JSON}; the report is JSON")
    for name, value in (event.model_extra or {}).items():
        if not _NAME.fullmatch(name):
            raise _wrong(at + bodies.pointer((name,))[1:], "is no name of an attribute; use a to z and 0 to 9 only")
        if isinstance(value, (dict, list, float)):
            raise _wrong(f"{at}/{name}", "must be text, a whole number, true or false")
    return event


def _decoded(name: str, value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = _ESCAPED.sub(r"\1", value[1:-1])
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError as error:
        raise _wrong(f"#/{name[3:]}", f"is not UTF-8 once the header {name} is percent-decoded") from error


def _wrong(at: str, detail: str) -> Refused:
    return refused(problems.invalid((FieldError("#", detail),)), at)

"""GeoReport's endpoints in the OpenAPI document: shapes and examples in both formats."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from buurtsein_intake.channels.open311_form import MULTIPART, URLENCODED
from buurtsein_intake.channels.open311_formats import Content, Format, written
from buurtsein_intake.channels.open311_requests import LIMIT, SPAN
from buurtsein_intake.channels.open311_shapes import (
    Open311Definition,
    Open311Discovery,
    Open311Error,
    Open311Filed,
    Open311Request,
    Open311Service,
    Open311Token,
)
from buurtsein_runtime.documents import Document, Responses

_REFERENCE: Final = "0c2b3a58-6d6b-8f0e-9d59-0a4c5a9f0f11"
_AT: Final = "2026-10-13T00:41:12Z"


Answers = tuple[str, type[BaseModel], bool, Content]
"""The name of the root, the shape, whether there is a list of it, and an example."""

_REQUEST: Final[dict[str, Content]] = {
    "service_request_id": _REFERENCE,
    "status": "closed",
    "status_notes": "Het is gerepareerd.",
    "service_name": "Overlast",
    "service_code": "nuisance",
    "description": "De straatlantaarn op de hoek doet het niet.",
    "agency_responsible": "municipality",
    "service_notice": "Je hoeft niets te doen.",
    "requested_datetime": _AT,
    "updated_datetime": "2026-10-14T09:00:00Z",
    "expected_datetime": "2026-10-16T00:41:12Z",
    "address": "Haarlemmerdijk 118, Amsterdam",
    "address_id": None,
    "zipcode": None,
    "lat": 52.38252,
    "long": 4.88858,
    "media_url": None,
}
_ATTRIBUTE: Final[Content] = {
    "variable": True,
    "code": "police_called",
    "datatype": "singlevaluelist",
    "required": False,
    "datatype_description": None,
    "description": "Is 112 gebeld?",
    "values": [{"key": "true", "name": "Ja"}, {"key": "false", "name": "Nee"}],
    "order": 1,
}
_ENDPOINT: Final[Content] = {
    "specification": "http://wiki.open311.org/GeoReport_v2",
    "url": "https://buurtsein.example/open311/v2",
    "changeset": "2026-11-25 16:00",
    "type": "production",
    "formats": ["text/xml", "application/json"],
}
_SERVICE: Final[Content] = {
    "service_code": "nuisance",
    "service_name": "Overlast",
    "description": "Afval, verlichting, geluid",
    "metadata": True,
    "type": "realtime",
    "keywords": "afval, straatlantaarn, geluid",
    "group": "Openbare ruimte",
}
_DISCOVERY: Final[Content] = {
    "changeset": "2026-11-25 16:00",
    "contact": "Schrijf de coördinator van je buurt.",
    "key_service": "Een sleutel krijg je van de beheerder.",
    "endpoints": [_ENDPOINT],
}
_NOTICE: Final = "Dank je wel, je melding is ontvangen. Thank you, we have your report."
_FILED: Final[Content] = {"service_request_id": _REFERENCE, "service_notice": _NOTICE, "account_id": None}

ANSWERS: Final[Mapping[str, Answers]] = {
    "discovery": ("discovery", Open311Discovery, False, _DISCOVERY),
    "services": ("services", Open311Service, True, [_SERVICE]),
    "definition": (
        "service_definition",
        Open311Definition,
        False,
        {"service_code": "nuisance", "attributes": [_ATTRIBUTE]},
    ),
    "requests": ("service_requests", Open311Request, True, [_REQUEST]),
    "request": ("service_requests", Open311Request, True, [_REQUEST]),
    "token": ("service_requests", Open311Token, True, [{"service_request_id": _REFERENCE, "token": _REFERENCE}]),
    "post": ("service_requests", Open311Filed, True, [_FILED]),
}
_SUMMARIES: Final = {
    "discovery": "Discover the Open311 API.",
    "services": "List the services of Open311.",
    "definition": "Get the attributes of a service.",
    "requests": "List service requests.",
    "request": "Follow a service request.",
    "token": "Get the reference of a token.",
}
_ERRORS: Final[Mapping[int, tuple[str, Content]]] = {
    400: (
        "The request has mistakes.",
        [{"code": 400, "description": "service_code was not provided; use one of urgent, suspicious, nuisance, idea."}],
    ),
    403: ("The key is missing or unknown.", [{"code": 403, "description": "api_key was not provided or is unknown."}]),
    404: ("There is no such thing.", [{"code": 404, "description": "service_code 'pothole' was not found."}]),
    503: ("It can't be done now; nothing was accepted.", [{"code": 503, "description": "kafka does not answer."}]),
}
_BODY: Final[Document] = {
    "type": "object",
    "required": ["api_key", "service_code"],
    "anyOf": [{"required": ["lat", "long"]}, {"required": ["address_string"]}],
    "properties": {
        "api_key": {"type": "string"},
        "jurisdiction_id": {"type": "string"},
        "service_code": {"type": "string", "enum": ["urgent", "suspicious", "nuisance", "idea"]},
        "lat": {"type": "number", "minimum": -90, "maximum": 90, "description": "With long; or else address_string."},
        "long": {"type": "number", "minimum": -180, "maximum": 180},
        "address_string": {"type": "string", "description": "Shortened to 200 characters."},
        "description": {"type": "string", "maxLength": 4000},
        "media_url": {"type": "string", "description": "The address of a photo."},
        **{name: {"type": "string"} for name in ("account_id", "email", "phone", "device_id")},
    },
    "additionalProperties": {"type": "string", "description": "attribute[code]=value, or attribute[code][]=value."},
    "example": {
        "api_key": "local-demo-key",
        "service_code": "nuisance",
        "lat": 52.38252,
        "long": 4.88858,
        "description": "De straatlantaarn op de hoek doet het niet.",
        "attribute[police_called]": "false",
    },
}


def post(form: Format) -> Document:
    """Return the documentation of POST requests."""
    return {
        "summary": f"File a service request (Open311, {form.upper()}).",
        "description": "200 means that the report is kept. The same form within ten minutes is the same report.",
        "responses": _responses("post", form, 400, 403, 404, 503),
        "openapi_extra": {
            "requestBody": {"required": True, "content": {kind: {"schema": _BODY} for kind in (URLENCODED, MULTIPART)}}
        },
    }


def get(name: str, form: Format) -> Document:
    """Return the documentation of a GET, by its name in `ANSWERS`."""
    given = _PARAMETERS.get(name, [])
    return {
        "summary": f"{_SUMMARIES[name][:-1]} (Open311, {form.upper()}).",
        "responses": _responses(name, form, *_REFUSED.get(name, ())),
        "openapi_extra": {"parameters": given},
    }


def _responses(name: str, form: Format, *refused: int) -> Responses:
    errors: Responses = {
        status: _answer(text, ("errors", Open311Error, True, example), form)
        for status, (text, example) in _ERRORS.items()
        if status in refused
    }
    return {200: _answer("The answer.", ANSWERS[name], form), **errors}


def _answer(description: str, answers: Answers, form: Format) -> Document:
    root, model, several, example = answers
    if form == "json":
        shape: Any = list[model] if several else model  # type: ignore[valid-type]
        return {"description": description, "model": shape, "content": {"application/json": {"example": example}}}
    ref = {"$ref": f"#/components/schemas/{model.__name__}"}
    schema = {"type": "array", "items": ref, "xml": {"name": root, "wrapped": True}} if several else ref
    text = written("xml", root, example).decode()
    return {"description": description, "content": {"text/xml": {"schema": schema, "example": text}}}


def _path(name: str, description: str, example: str = _REFERENCE) -> Document:
    said = {"description": description, "example": example}
    return {"name": name, "in": "path", "required": True, **said, "schema": {"type": "string"}}


def _query(name: str, description: str) -> Document:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": {"type": "string"}}


_REFUSED: Final[Mapping[str, tuple[int, ...]]] = {
    "definition": (404,),
    "requests": (400, 403, 404, 503),
    "request": (404, 503),
    "token": (404, 503),
}
_PARAMETERS: Final[Mapping[str, list[Document]]] = {
    "definition": [_path("service_code", "A service, as GET services lists it.", "nuisance")],
    "request": [_path("service_request_id", "The reference; whoever knows it may read the request.")],
    "token": [_path("token", "The reference, since requests have one at once.")],
    "requests": [
        _query("service_request_id", "References, with commas between them; all else is then ignored."),
        _query("api_key", "Lists what was filed with this key; without it only references are looked up."),
        _query("service_code", "Services, with commas between them."),
        _query("status", "open or closed, or both with a comma between them."),
        _query("start_date", f"The earliest requested_datetime; {SPAN.days} days before the latest one otherwise."),
        _query("end_date", f"The latest requested_datetime, at most {SPAN.days} days after the earliest one."),
        _query("page", "The page, from 1."),
        _query("page_size", f"Requests on a page, from 1 to {LIMIT}."),
    ],
}

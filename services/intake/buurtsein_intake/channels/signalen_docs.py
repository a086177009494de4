"""Signalen's endpoints in the OpenAPI document: shapes and examples."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from buurtsein_intake.channels.signalen_categories import BASE
from buurtsein_runtime.documents import Document

_JSON: Final = "application/json"


class SignalenStatus(BaseModel):
    """Whether a signal is still worked on."""

    state: Literal["OPEN", "CLOSED"]
    state_display: str


class SignalenSignal(BaseModel):
    """A signal as the public sees it; whoever knows its `signal_id` may read it."""

    model_config = ConfigDict(extra="forbid")

    display: Annotated[str, Field(alias="_display")]
    id: int
    id_display: str
    signal_id: str
    status: SignalenStatus
    created_at: str
    updated_at: str
    incident_date_start: str
    incident_date_end: None = None


class SignalenAttachment(BaseModel):
    """A photo of a signal; `location` is for networks, with a link of GET /v1/photos/{photo}/link."""

    model_config = ConfigDict(extra="forbid")

    display: Annotated[str, Field(alias="_display")]
    links: Annotated[dict[str, dict[str, str]], Field(alias="_links")]
    location: str
    is_image: Literal[True]
    created_at: str


_EXAMPLE: Final[Document] = {
    "text": "De straatlantaarn op de hoek doet het niet.",
    "location": {"geometrie": {"type": "Point", "coordinates": [4.88858, 52.38252]}},
    "category": {
        "sub_category": f"{BASE}/terms/categories/wegen-verkeer-straatmeubilair"
        "/sub_categories/lantaarnpaal-straatverlichting"
    },
    "reporter": {},
    "incident_date_start": "2026-10-12T21:14:00+02:00",
}
_SIGNAL: Final = {
    "_display": "SIG-2117340021551417",
    "id": 2117340021551417,
    "id_display": "SIG-2117340021551417",
    "signal_id": "0c2b3a58-6d6b-8f0e-9d59-0a4c5a9f0f11",
    "status": {"state": "OPEN", "state_display": "Open"},
    "created_at": "2026-10-13T00:41:12Z",
    "updated_at": "2026-10-13T00:41:12Z",
    "incident_date_start": "2026-10-12T19:14:00Z",
    "incident_date_end": None,
}


def _object(*required: str, **properties: object) -> Document:
    return {"type": "object", "required": list(required), "properties": properties}


_TEXT: Final = {"type": "string"}
_WHEN: Final = {"type": "string", "format": "date-time"}
_COORDINATES: Final = {
    "type": "array",
    "description": "Longitude and latitude, within the Netherlands.",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 3,
}
_BODY: Final = {
    **_object(
        "text",
        "location",
        "category",
        "reporter",
        "incident_date_start",
        text={"type": "string", "minLength": 1, "maxLength": 3000},
        text_extra={"type": ["string", "null"], "maxLength": 10000},
        source={"type": "string", "default": "online"},
        location=_object(
            "geometrie",
            geometrie=_object(
                "type",
                "coordinates",
                type={"const": "Point"},
                coordinates=_COORDINATES,
            ),
            address={"type": ["object", "null"]},
        ),
        category={
            **_object(sub_category=_TEXT, category_url=_TEXT),
            "oneOf": [{"required": ["sub_category"]}, {"required": ["category_url"]}],
        },
        reporter=_object(email=_TEXT, phone={"type": "string", "maxLength": 17}, sharing_allowed={"type": "boolean"}),
        incident_date_start=_WHEN,
        incident_date_end={"type": ["string", "null"], "format": "date-time"},
        extra_properties={"type": ["array", "null"], "items": _object("id", "label", "answer")},
        session={"type": ["string", "null"], "format": "uuid"},
    ),
    "additionalProperties": False,
    "example": _EXAMPLE,
}


def _error(description: str, example: Document) -> Document:
    return {"description": description, "content": {_JSON: {"schema": {"type": "object"}, "example": example}}}


_LATER: Final = _error("It can't be done now; nothing was accepted.", {"detail": "kafka does not answer."})
POST: Final[Document] = {
    "summary": "Post a signal (Signalen).",
    "description": "201 means that the report is kept. The same body within ten minutes is the same report. Of a "
    "category that this installation does not have, moderation reads the type from the words.",
    "responses": {
        201: {"description": "Kept.", "model": SignalenSignal, "content": {_JSON: {"example": _SIGNAL}}},
        400: _error("The signal has mistakes.", {"text": ["This field is required."]}),
        413: _error("The body is too large.", {"detail": "At most 262144 bytes are accepted."}),
        415: _error("The body is not application/json.", {"detail": "Send Content-Type: application/json."}),
        429: _error("This address sends too much.", {"detail": "Send it again after Retry-After."}),
        503: _LATER,
    },
    "openapi_extra": {"requestBody": {"required": True, "content": {_JSON: {"schema": _BODY}}}},
}
_SIGNAL_ID: Final = {
    "name": "signal_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "example": _SIGNAL["signal_id"],
}
_ATTACHMENT: Final = {
    "_display": "Attachment object (1807206823043217)",
    "_links": {"self": {"href": f"https://buurtsein.example{BASE}/signals/{_SIGNAL['signal_id']}/attachments"}},
    "location": f"https://buurtsein.example/v1/photos/{'9f86d081' * 8}",
    "is_image": True,
    "created_at": "2026-10-13T00:41:30Z",
}
_FILE: Final = {
    **_object("file", file={"type": "string", "format": "binary"}),
    "example": {"file": "the bytes of lamp.jpg"},
}
ATTACH: Final[Document] = {
    "summary": "Add a photo to a signal (Signalen).",
    "description": "JPEG, PNG or WebP, at most 10 MB, five of one signal, within some minutes after it was posted or "
    "got its last photo. 201 means that the photo is kept and the report has it.",
    "responses": {
        201: {"description": "Kept.", "model": SignalenAttachment, "content": {_JSON: {"example": _ATTACHMENT}}},
        400: {
            "description": "It is no photo, or the signal takes none any more.",
            "content": {
                _JSON: {
                    "schema": {"anyOf": [{"type": "object"}, {"type": "array", "items": _TEXT}]},
                    "examples": {
                        "file": {"value": {"file": ["No file was submitted."]}},
                        "closed": {"value": ["Public uploads not allowed in current signal state."]},
                    },
                }
            },
        },
        404: _error("There is no such signal.", {"detail": "Not found."}),
        408: _error("The photo came too slowly.", {"detail": "A photo may take 60 seconds; send a smaller one."}),
        409: _error("The same photo is being added.", {"detail": "Send it again after Retry-After."}),
        415: _error("It is no form.", {"detail": 'Unsupported media type "image/jpeg" in request.'}),
        429: _error("This address sends too much.", {"detail": "Send it again after Retry-After."}),
        503: _LATER,
    },
    "openapi_extra": {
        "parameters": [_SIGNAL_ID],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILE}}},
    },
}
GET: Final[Document] = {
    "summary": "Follow a signal (Signalen).",
    "responses": {
        200: {"description": "The signal.", "model": SignalenSignal, "content": {_JSON: {"example": _SIGNAL}}},
        404: _error("There is no such signal.", {"detail": "Not found."}),
        503: _LATER,
    },
    "openapi_extra": {
        "parameters": [_SIGNAL_ID],
    },
}
CATEGORIES: Final[Document] = {
    "summary": "List the categories (Signalen).",
    "responses": {
        200: {
            "description": "The main categories with their sub-categories.",
            "content": {
                _JSON: {
                    "schema": _object(
                        "count",
                        "results",
                        count={"type": "integer"},
                        results={"type": "array", "items": {"type": "object"}},
                    ),
                    "example": {"count": 1, "results": [{"slug": "overig", "name": "Overig", "sub_categories": []}]},
                }
            },
        }
    },
}

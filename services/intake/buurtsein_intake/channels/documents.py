"""What the OpenAPI document says of channels that others write clients for, by path and method."""

from collections.abc import Mapping
from typing import Final

from buurtsein_intake.channels.cloudevents_format import BATCH, BATCH_LIMIT, JSON, STRUCTURED
from buurtsein_intake.channels.provider_documents import PROVIDERS
from buurtsein_intake.openapi import problems
from buurtsein_runtime.documents import Document

_REPORT: Final = {"text": "De straatlantaarn op de hoek doet het niet.", "community": "woensel"}
_EVENT: Final = {
    "specversion": "1.0",
    "id": "3f0c5a52-0000-4000-8000-000000000001",
    "source": "urn:nld:oin:00000009990000000000:systeem:buurtapp",
    "type": "nl.buurtsein.report.submitted.v1",
    "time": "2026-10-13T02:41:00+02:00",
    "datacontenttype": JSON,
    "data": _REPORT,
}
_EVENT_SCHEMA: Final = {"$ref": "#/components/schemas/EventIn"}
_BATCH_SCHEMA: Final = {"type": "array", "items": _EVENT_SCHEMA, "maxItems": BATCH_LIMIT}
_KEPT_SCHEMA: Final = {
    "type": "object",
    "required": ["references"],
    "properties": {"references": {"type": "array", "items": {"type": ["string", "null"], "format": "uuid"}}},
}
_KEPT: Final = {"references": ["0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"]}
_MAIL: Final = (
    "From: Joke <joke@example.net>\r\nTo: woensel@buurtsein.example\r\nMessage-ID: <1@example.net>\r\n"
    "Subject: Lamp kapot\r\n\r\nDe straatlantaarn op de hoek doet het niet.\r\n"
)


def _takes(content: Document, *parameters: Document) -> Document:
    body = {"requestBody": {"required": True, "content": content}}
    return {"security": [{"apiKey": []}], **body, **({"parameters": parameters} if parameters else {})}


def _attribute(name: str) -> Document:
    said = f"{name} of an event in binary mode (Content-Type: {JSON}); needed there, and ignored elsewhere."
    return {
        "name": f"ce-{name}",
        "in": "header",
        "description": said,
        "schema": {"type": "string"},
        "example": _EVENT[name],
    }


_TAKEN: Final = {
    202: {"description": "Kept, in this order.", "content": {JSON: {"schema": _KEPT_SCHEMA, "example": _KEPT}}}
}
_REFUSED: Final = {
    401: "No API key, or an unknown one.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    503: "It can't be kept now; send the same again after Retry-After.",
}

DOCUMENTS: Final[Mapping[tuple[str, str], Document]] = {
    **PROVIDERS,
    ("/v1/events", "POST"): {
        "summary": "Send reports as CloudEvents.",
        "description": "CloudEvents 1.0 over HTTP: structured, binary (attributes in ce- headers) or batched, of type "
        "nl.buurtsein.report.submitted.v1, with the report of /v1/reports as data. Events with the same source and id "
        "are the same report. Of a batch with a mistake nothing is kept; a batch that gets 503 is sent again whole.",
        "status_code": 202,
        "responses": {**_TAKEN, **problems({400: "An event has mistakes, each named by its place.", **_REFUSED})},
        "openapi_extra": _takes(
            {
                STRUCTURED: {"schema": _EVENT_SCHEMA, "example": _EVENT},
                BATCH: {"schema": _BATCH_SCHEMA, "example": [_EVENT]},
                JSON: {"schema": {"$ref": "#/components/schemas/ReportIn"}, "example": _REPORT},
            },
            *(_attribute(name) for name in ("specversion", "id", "source", "type")),
        ),
    },
    ("/v1/events", "OPTIONS"): {
        "summary": "Ask whether events may be sent (CloudEvents web hooks).",
        "responses": {
            200: {"description": "Yes, with a key."},
            **problems({400: "WebHook-Request-Origin is no name of a sender."}),
        },
        "openapi_extra": {
            "parameters": [
                {
                    "name": "WebHook-Request-Origin",
                    "in": "header",
                    "schema": {"type": "string", "pattern": "^[!-~]{0,253}$"},
                    "example": "events.example",
                }
            ]
        },
    },
    ("/v1/channels/email", "POST"): {
        "summary": "Send an e-mail as it was received.",
        "description": "For mail servers and mail services that hand on what they receive. A message with the same "
        "Message-ID and sender is the same report; automatic answers are no reports and have no reference.",
        "status_code": 202,
        "responses": {
            **_TAKEN,
            **problems({400: "It can't be read as a report.", 403: "The sender is forged.", **_REFUSED}),
        },
        "openapi_extra": _takes(
            {"message/rfc822": {"schema": {"type": "string", "format": "binary"}, "example": _MAIL}}
        ),
    },
}
"""Arguments of a route, for each path and method that has more to say than its channel's name."""

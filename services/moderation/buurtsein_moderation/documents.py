"""What the OpenAPI document says besides what follows from the endpoints: bodies are read raw, errors are problems."""

from typing import Final

from pydantic import BaseModel

from buurtsein_runtime.documents import Document, Responses
from buurtsein_runtime.problems import MEDIA_TYPE

_WORDS: Final = {
    400: "No body or no JSON.",
    401: "No API key, or an unknown one.",
    403: "The key is not for this community, or may only read.",
    404: "There is no such case; a case is kept until thirty days after it was decided.",
    409: "There is nothing to decide, or somebody decided before.",
    413: "The body is larger than 16 KiB.",
    415: "The body is not application/json.",
    422: "Fields or parameters are wrong, each named with its cure.",
    429: "So many appeals of the author wait for an answer that no other is taken.",
    503: "It can't be kept or read now; nothing was accepted. Send it again after Retry-After.",
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "example": "urn:buurtsein:problem:already-decided"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}

PROBLEMS: Final[Responses] = {
    status: {"description": words, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}} for status, words in _WORDS.items()
}
"""The errors that an endpoint may answer (RFC 9457)."""


def takes(model: type[BaseModel], *, required: bool = True) -> Document:
    """Return the part of an endpoint's document that tells what body it takes."""
    schema = model.model_json_schema()
    inner = schema.pop("$defs", {})
    if "redactions" in schema.get("properties", {}):
        schema["properties"]["redactions"]["items"] = next(iter(inner.values()))
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}

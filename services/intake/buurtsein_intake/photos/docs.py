"""What the OpenAPI document says about photos."""

from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict

from buurtsein_intake.openapi import problem, problems
from buurtsein_intake.photos.files import REF
from buurtsein_intake.photos.upload import FIELD
from buurtsein_runtime.documents import Document

_EXAMPLE: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_LINK: Final = f"https://buurtsein.example/v1/photos/{_EXAMPLE}?network=police&expires=1791859572&signature=5d1c"


class PhotoReceipt(BaseModel):
    """The answer to a photo that is kept; name `photo` in the `photos` of a report before it expires."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"photo": _EXAMPLE, "expires_at": "2026-11-12T00:41:12Z"}]}
    )

    photo: str
    expires_at: AwareDatetime


class PhotoLink(BaseModel):
    """Where a network sees a photo, without a key, until it expires."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": _LINK, "expires_at": "2026-10-13T00:46:12Z"}]})

    url: str
    expires_at: AwareDatetime


_BINARY: Final = {"type": "string", "format": "binary"}
_PART: Final = {"type": "object", "required": [FIELD], "properties": {FIELD: _BINARY}}
_BODY: Final = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": _PART},
        **{kind: {"schema": _BINARY} for kind in ("image/jpeg", "image/png", "image/webp")},
    },
}
_REFUSALS: Final = problems(
    {
        400: "The form can't be read.",
        408: "The photo came too slowly.",
        413: "The photo is larger than 10 MB or 50 million pixels.",
        415: "It is no whole JPEG, PNG or WebP.",
        422: "The form has no field `file`, or two.",
        429: "There are too many; send it again after Retry-After.",
        503: "It can't be kept now.",
    }
)
_UNAUTHORIZED: Final = problem("No API key, or an unknown one.")
_GONE: Final = problem("There is no such photo (any more).")
_REF: Final = {
    "name": "photo",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": REF},
    "example": _EXAMPLE,
}


def _in_query(name: str, *, required: bool, example: str) -> Document:
    return {"name": name, "in": "query", "required": required, "schema": {"type": "string"}, "example": example}


PHOTO_DOCS: Final[Document] = {
    "summary": "Send a photo, for a report that follows.",
    "description": "The photo is made anew without anything that its file held besides what can be seen. The same "
    "photo sent again is the same photo.",
    "tags": ["photos"],
    "status_code": 201,
    "responses": {201: {"model": PhotoReceipt, "description": "Kept."}, 401: _UNAUTHORIZED, **_REFUSALS},
    "openapi_extra": {"security": [{"apiKey": []}], "requestBody": _BODY},
}
WEB_PHOTO_DOCS: Final[Document] = {
    "summary": "Send a photo of intake's own page.",
    "description": "As POST /v1/photos, without a key, for browsers that show the page of this intake.",
    "tags": ["photos"],
    "status_code": 201,
    "responses": {
        201: PHOTO_DOCS["responses"][201],
        403: problem("The request does not come from the page."),
        **_REFUSALS,
    },
    "openapi_extra": {"requestBody": _BODY},
}
LINK_DOCS: Final[Document] = {
    "summary": "Get a link to a photo of a signal.",
    "description": "For networks whose signals hold photos. The link needs no key and is good for some minutes.",
    "tags": ["photos"],
    "responses": {
        200: {"model": PhotoLink, "description": "The link."},
        401: _UNAUTHORIZED,
        403: problem("The key is not one of a network that may see photos."),
        404: _GONE,
        503: problem("It can't be looked up now."),
    },
    "openapi_extra": {
        "security": [{"apiKey": []}],
        "parameters": [_REF, _in_query("network", required=False, example="police")],
    },
}
SHOW_DOCS: Final[Document] = {
    "summary": "See a photo.",
    "description": "At the address that GET /v1/photos/{photo}/link gives.",
    "tags": ["photos"],
    "responses": {
        200: {"description": "The photo.", "content": {"image/jpeg": {"schema": _BINARY}}},
        403: problem("The link is not one of ours, or its time is over."),
        404: _GONE,
        503: problem("It can't be read now."),
    },
    "openapi_extra": {
        "parameters": [
            _REF,
            _in_query("network", required=True, example="police"),
            _in_query("expires", required=True, example="1791859572"),
            _in_query("signature", required=True, example="5d1c"),
        ]
    },
}

"""JSON bodies of requests: read within bounds, checked strictly; each mistake is named with its cure."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from buurtsein_runtime import problems
from buurtsein_runtime.cures import Cures, Place, cure_of
from buurtsein_runtime.problems import FieldError, Refused

_JSON: Final = re.compile(r'application/json(?:\s*;\s*charset\s*=\s*"?utf-?8"?)?\s*', re.IGNORECASE)

_IN_BODIES: Final[Cures] = {
    "string_pattern_mismatch": lambda _: "has control characters (such as NUL) or overrides the writing direction"
}

Headers = Mapping[bytes, bytes]
Model = TypeVar("Model", bound=BaseModel)


def headers_of(request: Request) -> Headers:
    """Return the headers of a request, names in lower case; one look at all of them is cheaper than one for each."""
    return dict(request.scope["headers"])


def text_of(headers: Headers, name: bytes) -> str | None:
    """Return a header as text."""
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")


async def read_json_body(request: Request, headers: Headers, limit: int) -> bytes:
    """Return the bytes of a JSON body of at most `limit` bytes; raises `Refused` as soon as it is more.

    Nothing is parsed here, and a body that says that it is too long is not read at all.
    """
    content_type = headers.get(b"content-type")
    if content_type != b"application/json":
        _check_media_type(text_of(headers, b"content-type"))
    return await read_body(request, headers.get(b"content-length", b"").decode("latin-1"), limit)


async def read_body(request: Request, length: str, limit: int) -> bytes:
    """Return the bytes of a body of at most `limit` bytes.

    Raises `Refused` as soon as it is, or says it is, more, and when it says that it is packed.
    """
    for name, value in request.scope["headers"]:
        if name == b"content-encoding" and value.lower() != b"identity":
            raise Refused(problems.unsupported_coding(value.decode("latin-1")))
    if length.isdecimal() and len(length) < 20 and int(length) > limit:
        raise Refused(problems.too_large(limit))
    return await _read(request, limit)


def _check_media_type(content_type: str | None) -> None:
    if content_type is None or not _JSON.fullmatch(content_type):
        raise Refused(problems.unsupported_media_type(content_type))


async def _read(request: Request, limit: int) -> bytes:
    body = b""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > limit:
            raise Refused(problems.too_large(limit))
        if not message.get("more_body", False):
            return body


def parse(raw: bytes, model: type[Model], *, cures: Cures | None = None) -> Model:
    """Return the body as `model`; raises `Refused` with 400 when it is no JSON, with 422 when it is another shape.

    `cures` come before those for any body.
    """
    if not raw.strip():
        raise Refused(problems.not_json("The body is empty; send a JSON object."))
    if raw.startswith(BOM_UTF8):
        raise Refused(problems.not_json("The body begins with a byte order mark; send UTF-8 without one."))
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        found = error.errors(include_url=False)
    if found[0]["type"] == "json_invalid":
        raise Refused(broken(raw, found[0]["msg"]))
    known = {**_IN_BODIES, **(cures or {})}
    errors = (FieldError(pointer(each["loc"]), cure_of(each, model, known)) for each in found)
    raise Refused(problems.invalid(tuple(errors)))


def pointer(place: Place) -> str:
    """Return a place in a body as a JSON pointer in a URI fragment."""
    return "#" + "".join(f"/{str(step)[:100].replace('~', '~0').replace('/', '~1')}" for step in place)


def broken(raw: bytes, message: str, wanted: str = "one JSON object") -> problems.Problem:
    """Return what is wrong with JSON that the strict parser refuses; half a surrogate pair is a mistake in a field."""
    try:
        content = json.loads(raw.decode("utf-8"))
        places = tuple(_half_characters(content, ()))
    except UnicodeDecodeError as error:
        return problems.not_json(f"The body is not UTF-8 from byte {error.start} on; encode the text as UTF-8.")
    except (ValueError, RecursionError):
        places = ()
    errors = tuple(FieldError(pointer(place), _HALF_CHARACTER) for place in places)
    return problems.invalid(errors) if errors else problems.not_json(f"{message}; send {wanted}.")


_HALF_CHARACTER: Final = "has half a surrogate pair (an escape from \\ud800 to \\udfff); send the whole character"


def _half_characters(content: object, place: Place) -> Iterator[Place]:
    if isinstance(content, str) and any("\ud800" <= c <= "\udfff" for c in content):
        yield place
    elif isinstance(content, list):
        for number, item in enumerate(content):
            yield from _half_characters(item, (*place, number))
    elif isinstance(content, dict):
        for name, item in content.items():
            yield from _half_characters(name, place)
            yield from _half_characters(item, (*place, name))

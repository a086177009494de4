"""Reading a request within bounds: its size before anything else, then its media type and its bytes."""

import re
from collections.abc import Mapping
from typing import Final

from starlette.requests import ClientDisconnect, Request

from buurtsein_intake import problems
from buurtsein_intake.problems import Refused

_JSON: Final = re.compile(r'application/json(?:\s*;\s*charset\s*=\s*"?utf-?8"?)?\s*', re.IGNORECASE)

Headers = Mapping[bytes, bytes]


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
    """Return the bytes of a body of at most `limit` bytes; raises `Refused` as soon as it is, or says it is, more."""
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

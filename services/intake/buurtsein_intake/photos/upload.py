"""Reading a photo from a request: the body itself, or the part `file` of a form; in parts, within bounds, in memory."""

import asyncio
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from buurtsein_events.results import Later
from buurtsein_intake.photos.store import Photo, PhotoStore
from buurtsein_runtime import metrics, problems
from buurtsein_runtime.bodies import headers_of, text_of
from buurtsein_runtime.problems import FieldError, Problem, Refused

PHOTO_LIMIT: Final = 10 * 1024 * 1024
"""Bytes of a photo."""

FIELD: Final = "file"
"""The field of a form that holds the photo."""

MISSING: Final = FieldError(f"#/{FIELD}", "is required; add the photo as a file")
"""What is wrong with a form without a photo."""

_FORM_LIMIT: Final = PHOTO_LIMIT + 64 * 1024
_UPLOADS: Final = 16
"""Photos under way at once."""

_SECONDS: Final = 60
_WANTED: Final = ("image/jpeg", "image/png", "image/webp", "multipart/form-data")


class Uploads:
    """Takes photos from requests, not too many at once, so that what they hold in memory is bounded."""

    def __init__(self, store: PhotoStore) -> None:
        self._store = store
        self._under_way = 0

    async def keep(self, request: Request) -> Photo:
        """Return the photo in a request once it is kept; raises `Refused` or `Later` when it is not."""
        if self._under_way >= _UPLOADS:
            raise Later("the store of photos")
        self._under_way += 1
        try:
            photo = await self._store.add(await read_photo(request))
        finally:
            self._under_way -= 1
        metrics.PHOTOS.labels("kept").inc()
        return photo


async def read_photo(request: Request) -> bytes:
    """Return the bytes of the photo in a request, whatever it is; what they are is looked at elsewhere.

    Raises `Refused`: 413 as soon as it is more than 10 MB, 415 for another media type, 422 for a form without it, 408
    when it takes too long to come.
    """
    headers = headers_of(request)
    media_type, options = parse_options_header(headers.get(b"content-type", b""))
    length = (text_of(headers, b"content-length") or "").strip()
    if length.isdecimal() and len(length) < 20 and int(length) > _FORM_LIMIT:
        raise Refused(problems.too_large(PHOTO_LIMIT))
    if media_type.startswith(b"image/"):
        reader: _Body | _Form = _Body()
    elif media_type == b"multipart/form-data" and options.get(b"boundary"):
        reader = _form(options[b"boundary"])
    else:
        raise Refused(problems.unsupported_media_type(text_of(headers, b"content-type"), _WANTED))
    try:
        async with asyncio.timeout(_SECONDS):
            await _feed(request, reader)
    except TimeoutError as error:
        raise Refused(_TOO_SLOW) from error
    return reader.photo()


async def _feed(request: Request, reader: "_Body | _Form") -> None:
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        reader.take(message.get("body", b""))
        if not message.get("more_body", False):
            return


class _Body:
    """A body that is the photo."""

    def __init__(self) -> None:
        self.content = bytearray()

    def take(self, part: bytes) -> None:
        self.content += part
        if len(self.content) > PHOTO_LIMIT:
            raise Refused(problems.too_large(PHOTO_LIMIT))

    def photo(self) -> bytes:
        return bytes(self.content)


class _Form:
    """A form of which one part is the photo; the others are passed by, and nothing is put in files."""

    def __init__(self, boundary: bytes) -> None:
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": lambda data, start, end: self._name.extend(data[start:end].lower()),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._header,
                "on_part_data": self._data,
            },
        )
        self._name, self._value = bytearray(), bytearray()
        self._body: _Body | None = None
        self._in_photo = False
        self._size = 0

    def take(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > _FORM_LIMIT:
            raise Refused(problems.too_large(PHOTO_LIMIT))
        try:
            self._parser.write(part)
        except FormParserError as error:
            raise Refused(not_a_form()) from error

    def photo(self) -> bytes:
        try:
            self._parser.finalize()
        except FormParserError as error:
            raise Refused(not_a_form()) from error
        if self._body is None:
            raise Refused(problems.invalid((MISSING,)))
        return self._body.photo()

    def _begin(self) -> None:
        self._in_photo = False

    def _header(self) -> None:
        name, value = bytes(self._name), bytes(self._value)
        self._name, self._value = bytearray(), bytearray()
        if name != b"content-disposition" or parse_options_header(value)[1].get(b"name") != FIELD.encode():
            return
        if self._body is not None:
            raise Refused(problems.invalid((FieldError(f"#/{FIELD}", "is there twice; send one photo a request"),)))
        self._body, self._in_photo = _Body(), True

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._body is not None and self._in_photo:
            self._body.take(data[start:end])


def _form(boundary: bytes) -> _Form:
    try:
        return _Form(boundary)
    except FormParserError as error:
        raise Refused(not_a_form()) from error


def not_a_form(
    detail: str = "Send multipart/form-data (RFC 7578) with its closing boundary, or the photo itself as the body.",
) -> Problem:
    """Return the answer to a form that can't be read."""
    return Problem(400, "not-a-form", "The form can't be read", detail)


_TOO_SLOW: Final = Problem(
    408,
    "request-timeout",
    "The photo came too slowly",
    f"A photo may take {_SECONDS} seconds; send a smaller one, or try again on a better connection.",
    headers={"Connection": "close"},
)

"""The arguments of a GeoReport request, from a form of either kind and within bounds; pure."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, FormParser, parse_options_header

from buurtsein_intake.channels import reading
from buurtsein_intake.channels.adapter import FIELDS, Call
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Refused

URLENCODED: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
BODY_LIMIT: Final = 8 * 1024 * 1024
"""Bytes of a form; clients that send photos along send them in it."""

_ARGUMENTS_LIMIT: Final = 256 * 1024
_ATTRIBUTE: Final = "attribute["

# Its warnings quote what was sent, which no log of ours may hold.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


class Arguments:
    """Arguments by name; one that is blank counts as one that is not there, as the standard has it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                self._values.setdefault(name, []).append(value)

    def one(self, name: str) -> str | None:
        """Return the first value of an argument."""
        return next(iter(self.many(name)), None)

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of an argument, also when it is written as a list (`name[]`)."""
        return (*self._values.get(name, ()), *self._values.get(f"{name}[]", ()))

    @property
    def attributes(self) -> Mapping[str, tuple[str, ...]]:
        """Return the values of each attribute: `attribute[code]=…` and `attribute[code][]=…`."""
        names = [name for name in self._values if name.startswith(_ATTRIBUTE)]
        codes = dict.fromkeys(name[len(_ATTRIBUTE) :].partition("]")[0] for name in names)
        return {code: self.many(f"{_ATTRIBUTE}{code}]") for code in codes}


def arguments(call: Call) -> Arguments:
    """Return the arguments in the body of a call; raises `Refused` (400) when it is no form or a form too large."""
    content_type = call.headers.get("content-type", "")
    if content_type.lower().startswith(MULTIPART):
        return Arguments(_multipart(call.body, content_type))
    if len(call.body) > _ARGUMENTS_LIMIT:
        raise Refused(problems.too_large(_ARGUMENTS_LIMIT))
    return Arguments(reading.form(call.body))


def _multipart(body: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    found = _Parts()
    _, options = parse_options_header(content_type)
    # A file that fits in a body fits in memory, so that none is ever written to a disk.
    config = {"MAX_MEMORY_FILE_SIZE": BODY_LIMIT + 1, "MAX_HEADER_SIZE": 4096}
    try:
        parser = FormParser(
            MULTIPART, found.field, found.file, found.end, boundary=options.get(b"boundary", b""), config=config
        )
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise _unreadable(str(error)[:200]) from error
    if not found.complete:
        raise _unreadable("the last boundary is missing")
    try:
        for name, value in found.fields:
            yield name.decode("utf-8"), value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable("an argument is not UTF-8") from error


class _Parts:
    """Collects the fields of a form, and stops when there are more than will be read; files are passed by."""

    def __init__(self) -> None:
        self.fields: list[tuple[bytes, bytes]] = []
        self.complete = False
        self._count = 0
        self._size = 0

    def field(self, field: Field) -> None:
        """Keep a field."""
        name, value = field.field_name or b"", field.value or b""
        self._size += len(name) + len(value)
        if self._size > _ARGUMENTS_LIMIT:
            raise Refused(problems.too_large(_ARGUMENTS_LIMIT))
        self.fields.append((name, value))
        self._one_more()

    def file(self, file: File) -> None:
        """Let a file go."""
        file.close()
        self._one_more()

    def end(self) -> None:
        """Remember that the form is complete."""
        self.complete = True

    def _one_more(self) -> None:
        self._count += 1
        if self._count > FIELDS:
            raise _unreadable(f"it has more than {FIELDS} arguments")


def _unreadable(why: str) -> Refused:
    return Refused(problems.not_json(f"The form can't be read: {why}. Send {URLENCODED} or {MULTIPART}, in UTF-8."))

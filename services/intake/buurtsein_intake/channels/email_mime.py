"""The parts of an e-mail: read within bounds, decoded whatever they claim to be; pure.

Source: RFC 5322 (messages), RFC 2045 to 2047 (MIME), RFC 3676 (format=flowed).
"""

import codecs
import re
from collections.abc import Iterator
from email import errors, message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Final, cast

from buurtsein_intake.channels.email_html import text_of_html
from buurtsein_runtime.problems import Problem, Refused

TEXT_BYTES: Final = 256 * 1024
"""Bytes of a text part that are read: its markup can be several times as long as its words."""

_HEADER: Final = 1000
_HEADERS: Final = 128 * 1024
_END_OF_HEADERS: Final = re.compile(rb"\n\r?\n|\r\r|\n\Z")
_LINES: Final = 400_000
_WORK: Final = 4_000_000
_BOUNDARIES: Final = 500
_CONTAINERS: Final = 40
_PICTURES: Final = 5
_LOGO: Final = 16 * 1024
_PHOTO: Final = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP", re.DOTALL)
_UNREADABLE: Final = (errors.MissingHeaderBodySeparatorDefect, errors.NoBoundaryInMultipartDefect)
_NO_CHARSETS: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


class _Bounded(EmailPolicy):
    """The default policy, which reads only the beginning of a header, and as a text; of a subject it is decoded.

    The library's grammar of other headers takes long and fails in many ways on what is no header.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        begin = " ".join(value[:_HEADER].encode("utf-8", "replace").decode().split())
        return str(super().header_fetch_parse(name, begin)) if name.lower() == "subject" else begin


_POLICY: Final = _Bounded()


def unreadable(detail: str) -> Refused:
    """Return the refusal of an e-mail that can't be read as a report."""
    return Refused(Problem(400, "unreadable-mail", "The e-mail can't be read as a report", detail))


def read(body: bytes) -> EmailMessage:
    """Return an e-mail; raises `Refused` (400) for one that has too many parts or no structure.

    What makes reading slow is counted before: headers, lines, boundaries and containers (multipart, message).
    """
    if not _END_OF_HEADERS.search(body, 0, _HEADERS):
        raise unreadable(f"Its headers don't end within {_HEADERS} bytes; send it with another mail program.")
    lines, lower = body.count(b"\n") + body.count(b"\r"), body.lower()
    containers = lower.count(b"multipart/") + lower.count(b"message/")
    if lines > _LINES or containers > _CONTAINERS or lines * containers > _WORK:
        raise unreadable("It has too many lines and messages in each other; send the report as a message of its own.")
    if body.count(b"\n--") + body.count(b"\r--") > _BOUNDARIES:
        raise unreadable("It has too many parts; send the report without its attachments.")
    mail = cast(EmailMessage, message_from_bytes(body, policy=_POLICY))
    if any(isinstance(defect, _UNREADABLE) for defect in mail.defects):
        raise unreadable("Its headers or its MIME boundary are broken; send it with another mail program.")
    return mail


def text_of(mail: EmailMessage) -> str:
    """Return the words of an e-mail, as lines: its first plain part, or else its first HTML part."""
    parts = [part for part in _leaves(mail) if part.get_content_disposition() != "attachment"]
    for kind, reader in (("text/plain", _plain), ("text/html", _html)):
        for part in parts:
            if part.get_content_type() == kind and (text := reader(part)).strip():
                return text
    return ""


def pictures_of(mail: EmailMessage) -> tuple[bytes, ...]:
    """Return the pictures that came along, each once, the five largest of them; whether they are photos shows later.

    What a file claims to be counts as little as its name: phones send photos as data of any kind. The small ones within
    a text are the logos of signatures.
    """
    found = dict.fromkeys(content for part in _leaves(mail) if _is_picture(part, content := _bytes(part)))
    largest = sorted(found, key=len, reverse=True)[:_PICTURES]
    return tuple(picture for picture in found if picture in largest)


def _is_picture(part: EmailMessage, content: bytes) -> bool:
    drawn = part.get("content-id") is not None and part.get_content_disposition() != "attachment"
    if not content or (drawn and len(content) < _LOGO):
        return False
    return part.get_content_maintype() == "image" or _PHOTO.match(content) is not None


def _leaves(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold content, in order; a message that is attached is not part of what was said."""
    if part.get_content_maintype() != "multipart":
        yield part
        return
    inner = part.get_payload()
    for each in inner if isinstance(inner, list) else ():
        if isinstance(each, EmailMessage):
            yield from _leaves(each)


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _plain(part: EmailMessage) -> str:
    text = _decoded(part)
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    return _unflowed(text, joined=str(part.get_param("delsp", "")).lower() == "yes")


def _html(part: EmailMessage) -> str:
    return text_of_html(_decoded(part))


def _decoded(part: EmailMessage) -> str:
    """Return a text in its declared charset if it is one, else in UTF-8, else as Windows reads it."""
    content = _bytes(part)[:TEXT_BYTES]
    for charset in (_charset(part), "utf-8"):
        try:
            return content.decode(charset).removeprefix("\ufeff")
        except (ValueError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def _charset(part: EmailMessage) -> str:
    declared = str(part.get_content_charset("utf-8"))
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if name in _NO_CHARSETS else name


def _unflowed(text: str, *, joined: bool) -> str:
    """Return text with soft line breaks undone (RFC 3676, section 4); with DelSp their spaces were never there."""
    lines, begun = [], ""
    for each in text.splitlines():
        line = each.removeprefix(" ")
        soft = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if soft:
            begun += line[:-1] if joined else line
            continue
        lines.append(begun + line)
        begun = ""
    return "\n".join([*lines, begun])

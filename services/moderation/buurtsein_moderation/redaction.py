"""What neighbours do not see: phone numbers, e-mail addresses, licence plates, IBANs and BSNs.

Everything is found in the folded text, which has one byte for every character, so offsets are those of the original.
Candidates come from RE2 in linear time; the checks (11-test, mod 97, numbering plans) only read one candidate.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

from buurtsein_events.values import TEXT_LIMIT, Redaction
from buurtsein_moderation.linear import Expression, ExpressionSet, Span

Kind = Literal["phone", "email", "plate", "iban", "bsn"]

PLACEHOLDERS: Final[dict[str, str]] = {
    "phone": "[telefoonnummer]",
    "email": "[e-mailadres]",
    "plate": "[kenteken]",
    "iban": "[rekeningnummer]",
    "bsn": "[burgerservicenummer]",
}
LIMIT: Final = 100
"""How many parts are hidden one by one, as many as an event holds; the last covers the rest of a text with more."""

_SEP: Final = r"[ ./()-]{0,3}"
_SIDECODES: Final = (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9",
    "9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
)  # fmt: skip
_WITHOUT_DASH: Final = _SIDECODES[2:]
"""The two oldest look like postal codes and numbers when they are written without dashes."""

_PHONE: Final = rf"\(?\b0[1-8](?:{_SEP}\d){{8}}\b"
_DUTCH_ABROAD: Final = rf"(?:\+|\b00)31{_SEP}(?:0{_SEP})?[1-9](?:{_SEP}\d){{8}}\b"
_FOREIGN: Final = rf"(?:\+|\b00)[1-9](?:{_SEP}\d){{7,14}}\b"
_EMAIL: Final = r"(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9][a-z0-9-]*)+"
_IBAN: Final = r"(?i)\b[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?\b"
_BSN: Final = r"\b(?:\d{9}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3}[ .]\d{3}[ .]\d{3}|\d{3}[ .]\d{2}[ .]\d{4})\b"
_NAMED_PLATE: Final = r"(?i:\bkentekens?\b|\bkent\.|\bnummerborde?n?\b|\bplates?\b)[^\d\n.!?]{0,30}\b[A-Z0-9 -]{3,12}\b"
_PLATE_AT_END: Final = re.compile(rb"\b(?=[A-Z0-9 -]*\d)(?=[A-Z0-9 -]*[A-Z])[A-Z0-9]{1,3}(?:[ -]?[A-Z0-9]{1,5}){1,2}$")
_DATE: Final = re.compile(rb"0\d[ ./-][01]\d[ ./-](?:19|20)\d\d")
_FREE_NUMBERS: Final = ("0800", "0801", "0802", "0806")


@dataclass(frozen=True, slots=True)
class _Finder:
    """One kind of private part: candidates, and the check that returns which bytes of one are private."""

    kind: Kind
    candidates: Expression
    private: Callable[[bytes], Span | None]


def find(folded: bytes) -> tuple[Redaction, ...]:
    """Return what is private in a folded text, in order and without overlap."""
    probe, finders = _finders()
    possible = probe.present(folded)
    if not possible:
        return ()
    found = sorted((span for at in possible for span in _private(folded, finders[at])), key=lambda s: (s[1], -s[2]))
    kept: list[Redaction] = []
    for kind, start, end in found:
        if kept and start < kept[-1].end:
            continue
        if len(kept) == LIMIT - 1:
            return (*kept, Redaction(kind=kind, start=start, end=len(folded)))
        kept.append(Redaction(kind=kind, start=start, end=end))
    return tuple(kept)


def apply(text: str, redactions: tuple[Redaction, ...]) -> str:
    """Return `text` with a placeholder for each redaction."""
    pieces: list[str] = []
    done = 0
    for redaction in redactions:
        pieces += [text[done : redaction.start], PLACEHOLDERS[redaction.kind]]
        done = redaction.end
    return "".join([*pieces, text[done:]])


def bounded(text: str) -> str:
    """Return `text` cut to what an event may hold: placeholders can be longer than what they hide."""
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"


def _private(folded: bytes, finder: _Finder) -> Iterator[tuple[Kind, int, int]]:
    for start, end in finder.candidates.spans(folded):
        if folded[start - 1 : start] in {b"-", b"#"} or folded[end : end + 1] == b"-":
            continue
        if span := finder.private(folded[start:end]):
            yield finder.kind, start + span[0], start + span[1]


@cache
def _finders() -> tuple[ExpressionSet, tuple[_Finder, ...]]:
    plates = [rf"(?i)\b(?:{'|'.join(_sidecode(code, '-', '[a-z]') for code in _SIDECODES)})\b"]
    plates += [rf"\b(?:{'|'.join(_sidecode(code, gap, '[A-Z]') for code in _WITHOUT_DASH)})\b" for gap in (" ", "")]
    expressions: list[tuple[Kind, str, Callable[[bytes], Span | None]]] = [
        ("email", _EMAIL, _all_of),
        ("iban", _IBAN, _iban),
        ("phone", _PHONE, _dutch_phone),
        ("phone", _DUTCH_ABROAD, _all_of),
        ("phone", _FOREIGN, _foreign_phone),
        ("bsn", _BSN, _bsn),
        *(("plate", plate, _all_of) for plate in plates),
        ("plate", _NAMED_PLATE, _named_plate),
    ]
    probe = ExpressionSet([expression.encode() for _, expression, _ in expressions])
    return probe, tuple(_Finder(kind, Expression(one.encode()), check) for kind, one, check in expressions)


def _sidecode(code: str, gap: str, letter: str) -> str:
    return code.replace("-", gap).replace("9", r"\d").replace("X", letter)


def _all_of(candidate: bytes) -> Span | None:
    return 0, len(candidate)


def _iban(candidate: bytes) -> Span | None:
    # A candidate may run on into the words after it, so the longest beginning that passes the check counts.
    ends = [match.start() for match in re.finditer(rb"[ .-]", candidate)]
    for end in (len(candidate), *reversed(ends)):
        number = candidate[:end].translate(None, b" .-").upper().decode()
        # The full check reads the table of the countries' formats, so the arithmetic goes before it.
        if _mod_97(number) == 1 and iban.is_valid(number, check_country=False):
            return 0, end
    return None


def _mod_97(number: str) -> int:
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97


def _dutch_phone(candidate: bytes) -> Span | None:
    digits = bytes(byte for byte in candidate if 0x30 <= byte <= 0x39).decode()
    if digits.startswith(_FREE_NUMBERS) or _DATE.match(candidate):
        return None
    return 0, len(candidate)


def _foreign_phone(candidate: bytes) -> Span | None:
    number = candidate.decode()
    try:
        parsed = phonenumbers.parse("+" + number.removeprefix("+").removeprefix("00"))
    except phonenumbers.NumberParseException:
        return None
    return (0, len(candidate)) if phonenumbers.is_possible_number(parsed) else None


def _bsn(candidate: bytes) -> Span | None:
    return (0, len(candidate)) if bsn.is_valid(candidate.decode()) else None


def _named_plate(candidate: bytes) -> Span | None:
    # Partial and foreign plates are only recognised by the word before them.
    plate = _PLATE_AT_END.search(candidate.rstrip(b" -"))
    return plate.span() if plate else None

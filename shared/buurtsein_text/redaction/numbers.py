"""Telephone numbers, account numbers (IBAN) and citizen service numbers (BSN).

Candidates come from RE2; the checks (numbering plans, mod 97, 11-test) only read one candidate. Numbers with a word
before them that says what they are need no check: a typing error must not disclose the rest.
"""

import re
from typing import Final

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

from buurtsein_text.linear import Span
from buurtsein_text.redaction.finding import Finder, before, is_reference, whole

_SEP: Final = r"[ ./()_-]{0,3}"
_ONES: Final = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_ENGLISH_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_DIGIT: Final = (
    rf"(?:(?:dubbel |double )?(?:nul|{_ONES}|zero|oh|{_ENGLISH_ONES})|(?:(?:{_ONES})en)?(?:twin|der|veer|vijf|zes|zeven"
    r"|tach|negen)tig|(?:der|veer|vijf|zes|zeven|acht|negen)tien|tien|elf|twaalf"
    rf"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -](?:{_ENGLISH_ONES}))?|\d{{1,2}})"
)

_DUTCH: Final = rf"\(?\b0[1-8](?:{_SEP}\d){{8}}\b"
_MOBILE: Final = rf"\(?\b06(?:{_SEP}[\dxX*]){{7,9}}\b"
_SPELLED: Final = (
    r"(?i)(?:\b(?:nul|zero|oh|0)[ ,.-]+(?:zes|six|seven|6)"
    r"|(?:\bplus|\+) ?(?:eenendertig|drie een|31|thirty[ -]one)[ ,.-]+(?:zes|six))"
    rf"(?:[ ,.-]+{_DIGIT}){{4,10}}\b"
)
_BARE_MOBILE: Final = rf"\b6(?:{_SEP}\d){{8}}\b"
_LETTER_O: Final = rf"\b[oO]6(?:{_SEP}[\doO]){{8}}\b"
_WITHOUT_PLUS: Final = r"\b316\d{8}\b"
_DUTCH_ABROAD: Final = rf"(?:\+|\b00)31{_SEP}(?:0{_SEP})?[1-9](?:{_SEP}\d){{8}}\b"
_FOREIGN: Final = rf"(?:\+|\b00 ?)[1-9](?:{_SEP}\d){{7,14}}\b"
_NEIGHBOURING: Final = rf"\(?\b0[1-9](?:{_SEP}\d){{7,10}}\b"
_IBAN: Final = r"(?i)\b[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?\b"
_DUTCH_IBAN: Final = r"(?i)\bNL[ .-]?\d{2}[ .-]?[a-z]{4}[ .-]?\d(?:[ .-]?\d){8,10}\b"
_BSN: Final = r"\b(?:\d{9}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3}[ .-]\d{3}[ .-]\d{3}|\d{3}[ .]\d{2}[ .]\d{4})\b"
_NAMED_BSN: Final = r"(?i)\b(?:bsn|sofi|burgerservice)[ -]?(?:nummer|number|nr)?[^\d\n]{0,20}\d(?:[ .-]?\d){6,9}\b"
_NAMED_ACCOUNT: Final = r"(?i)\b(?:rekening|giro|account)[ -]?(?:nummer|number|nr)[^\d\n]{0,12}\d(?:[ .-]?\d){5,10}\b"

_CALLING: Final = re.compile(
    rb"(?i)\b(?:bel|belt|bellen|app|appen|whatsapp|tel|telefoon|nummer|bereik\w*|mobiel|gsm|sms|call|ring|text|phone|number|contact)\b"
)
_DUTCH_LENGTH: Final = 10
_DATE: Final = re.compile(rb"0\d[ ./-][01]\d[ ./-](?:19|20)\d\d")
_SPACES: Final = re.compile(rb"[ .-]")
_PUBLIC_NUMBERS: Final = ("0800", "0801", "0802", "0806", "0900", "0906", "0909")
_ABROAD: Final = ("GB", "DE", "BE", "FR", "PL")


def _dutch(text: bytes, start: int, end: int) -> Span | None:
    candidate = text[start:end]
    if _joined(text, start, end) or _DATE.match(candidate) or is_reference(text, start):
        return None
    return None if _digits(candidate).startswith(_PUBLIC_NUMBERS) else (start, end)


def _foreign(text: bytes, start: int, end: int) -> Span | None:
    number = "+" + _digits(text[start:end]).removeprefix("00")
    return (start, end) if not _joined(text, start, end) and _possible(number, None) else None


def _bare(text: bytes, start: int, end: int) -> Span | None:
    """`6 12345678`, when the words before it speak of calling."""
    return _dutch(text, start, end) if _CALLING.search(before(text, start)) else None


def _neighbouring(text: bytes, start: int, end: int) -> Span | None:
    """Numbers of other countries without their code are only believed when such a number is in use."""
    number = _digits(text[start:end])
    if len(number) == _DUTCH_LENGTH or _dutch(text, start, end) is None:
        return None
    return (start, end) if any(_possible(number, region, valid=True) for region in _ABROAD) else None


def _possible(number: str, region: str | None, *, valid: bool = False) -> bool:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) if valid else phonenumbers.is_possible_number(parsed)


def _iban(text: bytes, start: int, end: int) -> Span | None:
    # A candidate may run on into the words after it, so the longest beginning that passes the check counts.
    candidate = text[start:end]
    for stop in (len(candidate), *reversed([match.start() for match in _SPACES.finditer(candidate)])):
        number = candidate[:stop].translate(None, b" .-").upper().decode()
        # The full check reads the table of the countries' formats, so the arithmetic goes before it.
        if _mod_97(number) == 1 and iban.is_valid(number, check_country=False):
            return start, start + stop
    return None


def _mod_97(number: str) -> int:
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97


def _bsn(text: bytes, start: int, end: int) -> Span | None:
    if _joined(text, start, end) or is_reference(text, start):
        return None
    return (start, end) if bsn.is_valid(_digits(text[start:end])) else None


def _number_at_end(text: bytes, start: int, end: int) -> Span | None:
    digit = re.search(rb"\d", text[start:end])
    return (start + digit.start(), end) if digit else None


def _joined(text: bytes, start: int, end: int) -> bool:
    return text[start - 1 : start] in {b"-", b"#"} or text[end : end + 1] == b"-"


def _digits(candidate: bytes) -> str:
    return bytes(byte for byte in candidate if 0x30 <= byte <= 0x39).decode()


FINDERS: Final = (
    Finder("iban", _IBAN, _iban),
    Finder("iban", _DUTCH_IBAN, whole),
    Finder("iban", _NAMED_ACCOUNT, _number_at_end),
    Finder("bsn", _BSN, _bsn),
    Finder("bsn", _NAMED_BSN, _number_at_end),
    Finder("phone", _DUTCH, _dutch),
    Finder("phone", _MOBILE, _dutch),
    Finder("phone", _SPELLED, whole),
    Finder("phone", _BARE_MOBILE, _bare),
    Finder("phone", _LETTER_O, whole),
    Finder("phone", _DUTCH_ABROAD, whole),
    Finder("phone", _WITHOUT_PLUS, _dutch),
    Finder("phone", _FOREIGN, _foreign),
    Finder("phone", _NEIGHBOURING, _neighbouring),
)

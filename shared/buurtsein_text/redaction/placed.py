"""Addresses whatever their street is called, known by the words before them: `op Achterom 21`, `woont Hof 5`."""

import re
from functools import cache
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.finding import Finder
from buurtsein_text.redaction.housenumbers import (
    EMERGENCY,
    HOUSE,
    begins_range,
    counts,
    goes_on,
    is_public,
    last_number,
)
from buurtsein_text.redaction.words import alternatives, words

_NAME: Final = r"(?:(?:(?:van|de|der|den|'t) ){0,2}[A-Z][A-Za-z'.\x7f-]+,? ){1,3}"
_CALLED: Final = (
    r"\b(?:Laan|Weg|Plein|Pad|Kade|Park|Hof|Dreef|Singel|Steeg|Gracht|Achter|Onder|Tussen)"
    r"(?: (?:van|der|de|den|naar|het|'t|op|aan|te|ten|v\.|vd|v\.d\.)){0,3}"
    r" [A-Z0-9][A-Za-z0-9'\x7f-]*(?: [A-Z][A-Za-z'-]+)?"
    rf"(?:,? ?(?:nr|nummer)\b\.?)? {HOUSE}"
)
_LIVES: Final = (
    r"(?:[Ww]oont|[Ww]onen|[Ww]oonachtig|[Ll]ives?|[Ll]iving|[Aa]dres|[Aa]ddress)\b[^.!?\n\d]{0,40}?"
    rf"\b[A-Z][A-Za-z']+(?: [A-Za-z]+)? {HOUSE}"
)
_SMALL: Final = (
    r"(?i)\b(?:adres|address|(?:woont?|wonen|live|lives)(?: (?:op|in|aan|at|on))?)(?: is|:|=)* (?:de |het )?"
    rf"(?:[a-z'\x7f-]+ ){{1,3}}{HOUSE}"
)
_CAPITAL: Final = re.compile(rb"(?:'t )?[A-Z][A-Za-z'.\x7f-]+")
_NAME_AND_DIGIT: Final = re.compile(rb"[A-Z][A-Za-z']+(?: [A-Za-z]+)? \d")
_SMALL_WORDS: Final = frozenset(b"is op in aan at on de het van der den 't ter ten the".split())


def finders() -> tuple[Finder, ...]:
    """Return what looks for such addresses; the words before them come from the word lists."""
    where = rf"\b(?i:{alternatives('wheres')}|t\.h\.v\.):? (?:de |het |'t |the )?"
    return (
        Finder("address", rf"{where}{_NAME}(?:nr\.? ?|nummer |no\. ?)?{HOUSE}", _placed),
        Finder("address", _CALLED, _called),
        Finder("address", _LIVES, _lives),
        Finder("address", _SMALL, _small),
    )


def _placed(text: bytes, start: int, end: int) -> Span | None:
    """`op Achterom 21`, `flat Rozenburg 312`: a name behind a word for where, and nothing counted behind the number."""
    number = last_number(text, start, end)
    first = text.find(b" ", start) + 1
    names = [match.start() for match in _CAPITAL.finditer(text, first, number)]
    if not names or text[number:end] in EMERGENCY or not goes_on(text, number, end):
        return None
    named = {word.strip(b",.").lower() for word in text[first:number].split()}
    other = not named.isdisjoint(_never_streets()) or is_public(text, names[0]) or begins_range(text, end)
    return None if other else (names[0], end)


def _called(text: bytes, start: int, end: int) -> Span | None:
    """`Laan van Meerdervoort 12`, `Weg naar Rhijnauwen 4`."""
    number = last_number(text, start, end)
    return (start, end) if goes_on(text, number, end) and not is_public(text, start) else None


def _lives(text: bytes, start: int, end: int) -> Span | None:
    names = list(_NAME_AND_DIGIT.finditer(text, start, end))
    number = last_number(text, start, end)
    longer = text[end : end + 1] in {b"-", b"/"} and text[end + 1 : end + 2].isdigit()
    return None if not names or longer or counts(text, number, end) else (names[-1].start(), end)


def _small(text: bytes, start: int, end: int) -> Span | None:
    """`mijn adres is hofje van staats 3`: no word of it is an ordinary one, and it ends there."""
    number = last_number(text, start, end)
    lead = text[start:number].lower().replace(b":", b" ")
    named = [word for word in lead.split()[1:] if word not in _SMALL_WORDS]
    other = not _ordinary().isdisjoint(named) or not words("before-houses").isdisjoint(named)
    if not named or other or not goes_on(text, number, end):
        return None
    return start + lead.find(b" " + named[0]) + 1, end


@cache
def _never_streets() -> frozenset[bytes]:
    other = words("not-names") | words("vehicles") | words("numbered-things") | words("venues") | words("businesses")
    return other - words("addressable")


@cache
def _ordinary() -> frozenset[bytes]:
    return words("not-names") | words("numbered-things") | words("venues") | words("ones") | words("uncounted")

"""Addresses whose street ends like none, wherever they stand: `bel voor mij, Waterlelie 12`, `at 22 Castle Dykes`."""

import re
from functools import cache
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.finding import Finder, is_reference
from buurtsein_text.redaction.housenumbers import (
    EMERGENCY,
    HOUSE,
    begins_range,
    counts,
    goes_on,
    is_public,
    last_number,
)
from buurtsein_text.redaction.words import words

_DUTCH: Final = rf"\b[A-Z][a-z\x7f]{{4,}}(?: [NZOW]Z)? {HOUSE}"
_ENGLISH: Final = (
    r"\b(?:at|outside|opposite|near|behind|from|inside) \d{1,4}[a-zA-Z]? "
    r"(?:The [A-Z][a-z']+|[A-Z][a-z']+ [A-Z][a-z']+|[A-Z][a-z']{4,})\b"
)
_WITHIN: Final = re.compile(rb"(?:[a-z]|[a-z,:(/-] |, ?)$")
"""What stands before a capital that does not begin a sentence."""

_SET_OFF: Final = re.compile(
    rb",|[ .!?)]*(?:$|\n)| (?:brandt|lekt|ruikt|stinkt|blaft|staat (?:in|leeg|blank|onder|open)"
    rb"|heeft (?:een|geen|weer))\b"
)
"""What stands behind a street that begins a sentence."""

_HOUR: Final = 12
_SHORT: Final = 3


def finders() -> tuple[Finder, ...]:
    """Return what looks for such addresses."""
    return Finder("address", _DUTCH, _dutch), Finder("address", _ENGLISH, _english)


def _dutch(text: bytes, start: int, end: int) -> Span | None:
    """A word that is nothing else, in the middle of a sentence, or set off from the rest."""
    number = last_number(text, start, end)
    if not _stands_apart(text, start, end) or _is_other(text[start : number - 1].split(b" ")[0].lower()):
        return None
    said = text[number:end] in EMERGENCY or is_reference(text, number) or is_public(text, start)
    return None if said or not goes_on(text, number, end) or begins_range(text, end) else (start, end)


def _stands_apart(text: bytes, start: int, end: int) -> bool:
    within = _WITHIN.search(text, max(0, start - 2), start) is not None
    return within or _SET_OFF.match(text, end) is not None


def _english(text: bytes, start: int, end: int) -> Span | None:
    preposition, number, *name = text[start:end].split(b" ")
    if (
        any(_is_other(word.lower()) for word in name if word != b"The")
        or number in EMERGENCY
        or number[:2] in {b"19", b"20"}
    ):
        return None
    at = start + len(preposition) + 1
    hour = preposition in {b"at", b"from"} and number.isdigit() and int(number) <= _HOUR
    alone = len(name) == 1 and (hour or counts(text, at, at + len(number)) or not goes_on(text, end, end))
    return None if alone or is_public(text, at) else (at, end)


def _is_other(word: bytes) -> bool:
    other = any(word in other for other in _others()) or word.removesuffix(b"'s") in words("not-names")
    return other or word.endswith(_compounds())


@cache
def _compounds() -> tuple[bytes, ...]:
    """Return what the names of numbered things end with: `speeltoestel 3`, `rolcontainer 12`."""
    return tuple(word for word in words("numbered-things") if len(word) > _SHORT)


@cache
def _others() -> tuple[frozenset[bytes], ...]:
    named = ("not-names", "vehicles", "numbered-things", "venues", "businesses", "products", "places")
    people = ("first-names", "rare-first-names", "ambiguous-first-names", "towns", "not-numbered")
    return tuple(words(name) for name in (*named, *people))

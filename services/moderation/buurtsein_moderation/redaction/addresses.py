"""Where somebody lives: a street with a house number, `nr 12`, the people `of 22`, a postal code with a number.

Streets without a number stay, and so do numbers of public things, floors, times and counts.
"""

import re
from typing import Final

from buurtsein_moderation.linear import Span
from buurtsein_moderation.redaction.finding import Finder, after, before
from buurtsein_moderation.redaction.housenumbers import (
    EMERGENCY,
    begins_range,
    counts,
    is_public,
    is_thing,
    last_number,
)
from buurtsein_moderation.redaction.words import alternatives, words

_NUMBER: Final = r"\d{1,4}(?:[a-zA-Z]|-[a-zA-Z]|[- ]?(?:bis|hs|huis|rd|zw|I{1,3}|IV)|[-/]\d{1,4}| [A-Z])?\b"
_SHORT: Final = r"\d{1,4}(?:-?[a-zA-Z])?\b"
_NR: Final = r"(?:,? ?\b(?:nr|no|num|nummer|huisnummer|huisnr|number)\b\.?:?)?"
_PEOPLE: Final = (
    r"(?:die(?: \w+)?|(?:\w+)?(?:buurman|buurvrouw|buurjongen|buurmeisje|buren)|bewoners?|bewoonster|familie|fam|gezin"
    r"|mensen|huurders?|eigenaar|eigenares|woont|wonen|woon|woonde|woonden|them|those|people|neighbou?rs?|residents?"
    r"|tenants?|owners?|guys?|lady|couple|family|folks|lives?|living|lived|ones?)"
)
_OF: Final = r"(?: (?:hier|daar|daarboven|altijd|nu|right|over|up|across|down))?,? (?:van|op|bij|at|from|of|in)"
_ENGLISH: Final = (
    r"\b\d{1,4}[a-zA-Z]? (?:[A-Z][a-z'.]+ ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Court|Ct|Way"
    r"|Gardens|Grove|Place|Terrace|Crescent|Square|Row|Hill|Mews|Walk|Green|Park|House|Quay|View|Rise)\b"
)
_SMALL_ENGLISH: Final = (
    r"(?i)\b\d{1,4}[a-z]? (?:[a-z][a-z']+ ){1,2}(?:street|road|lane|avenue|drive|crescent|terrace|mews|gardens|grove"
    r"|close|st|rd|ave)\b"
)
_NUMBER_LAST: Final = (
    rf"\b(?:[A-Z][a-z'.]+ ){{1,2}}(?:Street|Road|Lane|Avenue|Drive|Close|Court|Terrace|Crescent|Mews|Gardens) {_SHORT}"
)
_BARE: Final = (
    r"(?i)\b(?:(?:nrs?|nummers?|huisnr|huisnummers?|numbers?|house|huis|woning|appartement|apartment|apt|appt|flat)\b"
    rf"[.:]? ?#?|no\. ?|nr){_SHORT}"
)
_POSTCODE: Final = (
    r"\b[1-9]\d{3} ?(?:[A-Z]{2}|[a-z]{2})\b(?:,? ?(?:nr|nummer|huisnummer|no)\b\.?:?)?[ ,/-]{1,2}" + _SHORT
)
_LIVES: Final = (
    r"(?:[Ww]oont|[Ww]onen|[Ww]oonachtig|[Ll]ives?|[Ll]iving|[Aa]dres|[Aa]ddress)\b[^.!?\n\d]{0,40}?"
    rf"\b[A-Z][A-Za-z']+(?: [A-Za-z]+)? {_SHORT}"
)
_NAME_AND_DIGIT: Final = re.compile(rb"[A-Z][A-Za-z']+(?: [A-Za-z]+)? \d")
_OF_FLATS: Final = re.compile(rb"\b(?:at|to|from|of|outside|the|and) $")
_NEIGHBOURS: Final = re.compile(rb"(?i)\b(?:die|buren|bewoners?|buurman|buurvrouw)\b")
_OTHER_LETTERS: Final = frozenset(b"en om op in na tm of uu to at is or te km kg".split())
_JOINING: Final = frozenset(b"van de der den ter ten 't".split())
_SINGLE: Final = frozenset(b"people those them guy guys lady couple family ones one".split())
_OF_AGE: Final = frozenset(b"buurman buurvrouw bewoner bewoonster huurder eigenaar eigenares".split())
_OF_WORDS: Final = frozenset(b"van op bij at from of in".split())


def finders() -> tuple[Finder, ...]:
    """Return what looks for addresses; the endings of streets come from the word lists."""
    street = rf"\b[A-Za-z][A-Za-z'\x7f-]*(?:{alternatives('streets')})"
    return (
        Finder("address", rf"(?i){street}{_NR} {_NUMBER}", _street),
        Finder("address", rf"(?:\b(?:at|from|of|number|no\.|to|is)) \d{{1,4}}[a-zA-Z]? (?i:{street})\b", _number_first),
        Finder("address", _ENGLISH, _english),
        Finder("address", _SMALL_ENGLISH, _english),
        Finder("address", _NUMBER_LAST, _number_last),
        Finder("address", _BARE, _bare),
        Finder("address", rf"(?i)\b{_PEOPLE}{_OF}(?: (?:nr|nummer|huisnummer|number|no)\b\.?)? {_NUMBER}", _people),
        Finder("address", _POSTCODE, _postcode),
        Finder("address", _LIVES, _lives),
    )


def _street(text: bytes, start: int, end: int) -> Span | None:
    number = last_number(text, start, end)
    name = re.split(rb"[, ]", text[start:number], maxsplit=1)[0]
    if not _is_street(name) or counts(text, number, end) or is_public(text, start):
        return None
    return _whole_name(text, start), _with_postcode(text, end)


def _is_street(name: bytes) -> bool:
    # The small words among them are streets with a capital only: `Markt 5` and not `markt 5`.
    written = name[:1].isupper() and not name.isupper() and name.lower() in words("streets")
    return written or name.lower() not in words("no-streets")


def _number_first(text: bytes, start: int, end: int) -> Span | None:
    name = text[start:end].split()[-1]
    return (last_number(text, start, end), end) if name.lower() not in words("no-streets") else None


def _english(text: bytes, start: int, end: int) -> Span | None:
    number, *name, _ = text[start:end].split()
    small = {word for word in name if word.islower()}
    if number in EMERGENCY or not small.isdisjoint(words("no-english-streets") | words("not-names")):
        return None
    several = len(name) > 1 and name[0].islower() and name[0].endswith(b"s")
    return None if several or is_thing(before(text, start)) or is_public(text, start) else (start, end)


def _number_last(text: bytes, start: int, end: int) -> Span | None:
    return None if counts(text, last_number(text, start, end), end) or is_public(text, start) else (start, end)


def _bare(text: bytes, start: int, end: int) -> Span | None:
    number = last_number(text, start, end)
    plain, earlier = text[number:end].rstrip(b"-" + _LETTERS), before(text, start)
    if plain in EMERGENCY or counts(text, number, end) or is_thing(earlier) or begins_range(text, end):
        return None
    if (
        _is_block(text[start:end], earlier)
        or _is_rank(text[start:end], earlier)
        or (text[number:end] == b"1" and not _NEIGHBOURS.search(earlier))
    ):
        return None
    # A longer number goes on behind it.
    return None if re.match(rb"[-/]|[ .]\d{2}", after(text, end)) else (start, end)


def _is_block(candidate: bytes, earlier: bytes) -> bool:
    """In Dutch `flat 3` is a building, in English a dwelling."""
    return candidate[:4].lower() == b"flat" and candidate[-1:].isdigit() and not _OF_FLATS.search(earlier)


def _is_rank(candidate: bytes, earlier: bytes) -> bool:
    """`dit is al nummer 5`: the whole word is a house behind a preposition, a dwelling, or nothing at all."""
    last = re.sub(rb"[^a-z ]", b" ", earlier.lower()).split()[-1:]
    return candidate[:4].lower() in {b"numm", b"numb"} and bool(last) and last[0] not in words("before-houses")


def _people(text: bytes, start: int, end: int) -> Span | None:
    number = last_number(text, start, end)
    if counts(text, number, end) or begins_range(text, end):
        return None
    vague = text[number:end].isdigit() and _vague(text[start:number].lower().split(), text[number:end])
    return None if vague else (number, end)


def _vague(lead: list[bytes], number: bytes) -> bool:
    """Tell whether a number may as well be an age, an hour or how many there are."""
    preposition = next((word for word in reversed(lead) if word in _OF_WORDS), b"")
    if number in EMERGENCY or preposition in {b"in", b"of", b"bij"}:
        return True
    if preposition == b"van":
        return (
            len(lead) > 2 or lead[0] in {b"gezin", b"familie", b"mensen"} or (lead[0] in _OF_AGE and int(number) > 60)
        )
    lives = lead[0].startswith((b"wo", b"liv"))
    return preposition == b"at" and not lives and int(number) <= (23 if lead[0] in _SINGLE else 12)


def _postcode(text: bytes, start: int, end: int) -> Span | None:
    letters = text[start + 4 : start + 7].strip()[:2].lower()
    return None if letters in _OTHER_LETTERS or counts(text, last_number(text, start, end), end) else (start, end)


def _lives(text: bytes, start: int, end: int) -> Span | None:
    names = list(_NAME_AND_DIGIT.finditer(text, start, end))
    return None if not names or counts(text, last_number(text, start, end), end) else (names[-1].start(), end)


def _whole_name(text: bytes, start: int) -> int:
    """Return where a street of several words begins: `Eerste Jan van der Heijdenstraat`."""
    begin = found = start
    for part in reversed(before(text, start).split(b" ")[:-1]):
        named = part.lower() in words("first-names") or part.lower().rstrip(b".") in words("street-beginnings")
        if part not in _JOINING and not (named and (part[:1].isupper() or part[:1].isdigit())):
            break
        begin -= len(part) + 1
        found = begin if part not in _JOINING else found
    return found


def _with_postcode(text: bytes, end: int) -> int:
    postcode = re.match(rb",? ?[1-9]\d{3} ?[A-Z]{2}\b", after(text, end))
    return end + postcode.end() if postcode else end


_LETTERS: Final = bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B))

"""House numbers without a street: `nr 12`, the people `of 22`, `nummer twaalf`, a postal code with a number."""

import re
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.finding import Finder, after, before, whole
from buurtsein_text.redaction.housenumbers import (
    EMERGENCY,
    HOUSE,
    begins_range,
    counts,
    goes_on,
    is_thing,
    last_number,
)
from buurtsein_text.redaction.streets import NUMBER
from buurtsein_text.redaction.words import alternatives, words

_OF: Final = (
    r"(?: (?:hier|daar|daarboven|altijd|nu|zelf|ook|nog|pas|net|gewoon|al|samen|right|over|up|across|down|also|now"
    r"|still))?,? (?:van|op|bij|at|from|of|in)(?: (?:nr|nummer|huisnummer|number|no)\b\.?)?"
)
_BARE: Final = (
    r"(?i)\b(?:(?:nrs?|nummers?|huisnr|huisnummers?|numbers?|house|huis|woning|appartement|apartment|apt|appt|flat)\b"
    r"[.:]? ?#?|no\. ?|nr)\d{1,4}(?:-?[a-zA-Z])?(?:[-/]\d{1,4})?\b"
)
_WORDED: Final = (
    r"(?i)\b(?:op|van|bij|naast|tegenover|achter|voor|at|from|of|outside) (?:nummer|nr\.?|huisnummer|number|no\.) "
    r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w{3,6}tien|(?:\w{3,6}en)?\w{3,6}tig"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,6}teen|\w{3,6}ty(?:[ -]\w{3,5})?)\b"
    r"|(?i)\b(?:at|from|outside|inside|opposite|by) no \d{1,3}[a-z]?\b"
)
_LETTERED: Final = (
    r"\b(?:op|bij|van|naast|tegenover|at|from) (?:(?:[2-9]|\d{2,3})[a-cA-C]|\d{1,3}[- ]?(?:bis|hs|sous))\b"
    r"|(?i)\b(?:naast|tegenover|opposite) \d{1,3}\b"
)
_NR: Final = r"(?:,? ?(?:nr|nummer|huisnummer|no)\b\.?:?)?"
_POSTCODE: Final = rf"\b[1-9]\d{{3}} ?(?:[A-Z]{{2}}|[a-z]{{2}})\b{_NR}[ ,/-]{{1,2}}{HOUSE}"
_POST_BOX: Final = r"(?i)\b(?:postbus|po ?box|p\.o\. ?box) \d{1,6}\b(?:, [1-9]\d{3} ?[A-Z]{2}\b)?"

_OF_FLATS: Final = re.compile(
    rb"(?i)\b(?:at|to|from|of|outside|inside|the|and|by|under|above|below|opposite|near) $"
    rb"|\b(?:alarm|alarms|smoke|fire|screaming|noise|music|lady|man|woman|kids|family|who|she|he|is|her|his|my)"
    rb"\b.* in $"
)
_SHARED: Final = re.compile(rb"(?i)\b(?:basement|lobby|hallway|lift|stairwell|roof|entrance) of $")
_DOES: Final = re.compile(rb" (?:is|has|have|are|was|were|keeps?|isn't|hasn't|won't|who|with|again)\b")
_NEIGHBOURS: Final = re.compile(rb"(?i)\b(?:die|buren|bewoners?|buurman|buurvrouw)\b")
_ADDITIONS: Final = (b"bis", b"hs", b"sous")
_SEVERAL: Final = (b"nummers", b"nrs", b"numbers")
_OTHER_LETTERS: Final = frozenset(b"en om op in na tm of uu to at is or te km kg".split())
_SINGLE: Final = frozenset(b"people those them guy guys lady couple family ones one".split())
_OF_AGE: Final = frozenset(b"buurman buurvrouw bewoner bewoonster huurder eigenaar eigenares".split())
_YOUNG: Final = frozenset(b"hond kat dog cat gast gasten types student studenten".split())
_OF_WORDS: Final = frozenset(b"van op bij at from of in".split())


def finders() -> tuple[Finder, ...]:
    """Return what looks for house numbers; who may live behind one comes from the word lists."""
    people = rf"(?:die(?: \w+)?|(?:\w+)?(?:buurman|buurvrouw|buurjongen|buurmeisje|buren)|{alternatives('occupants')}"
    return (
        Finder("address", _BARE, _bare),
        Finder("address", rf"(?i)\b{people}|(?:next|two|few) doors?){_OF} {NUMBER}", _people),
        Finder("address", _WORDED, _worded),
        Finder("address", _LETTERED, _lettered),
        Finder("address", _POSTCODE, _postcode),
        Finder("address", _POST_BOX, whole),
    )


def _bare(text: bytes, start: int, end: int) -> Span | None:
    number, earlier = last_number(text, start, end), before(text, start)
    if _is_bare_public(text, number, end) or is_thing(earlier):
        return None
    candidate = text[start:end]
    several = text[start:number].lower().rstrip(b".: #").endswith(_SEVERAL) and begins_range(text, end)
    first = text[number:end] == b"1" and not _NEIGHBOURS.search(earlier)
    if several or first or _is_block(candidate, earlier) or _is_rank(candidate, earlier):
        return None
    # A longer number goes on behind it.
    return None if re.match(rb"[-/]|[ .]\d{2}", after(text, end)) else (start, end)


def _is_bare_public(text: bytes, number: int, end: int) -> bool:
    return text[number:end].rstrip(b"-" + _LETTERS) in EMERGENCY or counts(text, number, end)


def _is_block(candidate: bytes, earlier: bytes) -> bool:
    """In Dutch `flat 3` is a building, in English a dwelling."""
    if candidate[:4].lower() != b"flat" or not candidate[-1:].isdigit():
        return False
    return not _OF_FLATS.search(earlier) or _SHARED.search(earlier) is not None


def _is_rank(candidate: bytes, earlier: bytes) -> bool:
    """`dit is al nummer 5`: the whole word is a house behind a preposition, a dwelling, or nothing at all."""
    last = re.sub(rb"[^a-z ]", b" ", earlier.lower()).split()[-1:]
    return candidate[:4].lower() in {b"numm", b"numb"} and bool(last) and last[0] not in words("before-houses")


def _people(text: bytes, start: int, end: int) -> Span | None:
    number = last_number(text, start, end)
    if counts(text, number, end) or begins_range(text, end):
        return None
    if not text[number:end].isdigit():
        return number, end
    lead = text[start:number].lower().split()
    return (number, end) if _is_house(lead, text[number:end]) or _goes_on_as_house(text, lead, number, end) else None


def _is_house(lead: list[bytes], number: bytes) -> bool:
    """Tell whether a number behind `lead` is that of a house, and no age, hour or how many there are."""
    preposition = _preposition(lead)
    if number in EMERGENCY or preposition in {b"in", b"of", b"bij"}:
        return False
    if preposition == b"van":
        return not _may_be_age(lead, int(number))
    lives = lead[0].startswith((b"wo", b"liv"))
    return preposition != b"at" or lives or int(number) > (23 if lead[0] in _SINGLE else 12)


def _goes_on_as_house(text: bytes, lead: list[bytes], number: int, end: int) -> bool:
    """`the student house at 9 has`, `alarm bij 33, al de hele nacht`: what follows tells what the number may not."""
    preposition = _preposition(lead)
    if text[number:end] in EMERGENCY:
        return False
    return (preposition == b"at" and _DOES.match(text, end) is not None) or (
        preposition == b"bij" and goes_on(text, number, end)
    )


def _preposition(lead: list[bytes]) -> bytes:
    return next((word for word in reversed(lead) if word in _OF_WORDS), b"")


def _may_be_age(lead: list[bytes], number: int) -> bool:
    """Tell whether `van 60` behind these words is an age, or how many they are."""
    return (
        (len(lead) > 2 and lead[1] != b"lui")
        or lead[0] in {b"gezin", b"familie", b"mensen"}
        or (lead[0] in _OF_AGE and number > 60)
        or (lead[0] in _YOUNG and number <= 25)
    )


def _worded(text: bytes, start: int, end: int) -> Span | None:
    return text.find(b" ", start) + 1, end


def _lettered(text: bytes, start: int, end: int) -> Span | None:
    number = last_number(text, start, end)
    if text[number:end].endswith(_ADDITIONS):
        return number, end
    return None if begins_range(text, end) or not goes_on(text, number, end) else (number, end)


def _postcode(text: bytes, start: int, end: int) -> Span | None:
    letters = text[start + 4 : start + 7].strip()[:2].lower()
    return None if letters in _OTHER_LETTERS or counts(text, last_number(text, start, end), end) else (start, end)


_LETTERS: Final = bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B))

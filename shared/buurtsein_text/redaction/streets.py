"""Streets with a house number, which are known by how they end: `Eerste Helmersstraat 33hs`, `12 Oak Street`."""

import re
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.finding import Finder, after, before, whole
from buurtsein_text.redaction.housenumbers import (
    EMERGENCY,
    HOUSE,
    begins_houses,
    counts,
    is_public,
    is_thing,
    last_number,
)
from buurtsein_text.redaction.words import alternatives, words

_ADDITION: Final = r"(?:[- ]?(?:bis|hs|huis|sous|rd|zw|II|III|IV)|-I)(?:[- ][A-H])?"
NUMBER: Final = rf"\d{{1,4}}(?:[a-zA-Z]|-[a-zA-Z]|{_ADDITION}|[-/]\d{{1,4}}| [A-H](?:-\d{{1,2}})?)?\b"
"""A house number with what may be added to it: `12a`, `33 hs`, `101-2`, `22 B`."""

_NR: Final = r"(?:,? ?\b(?:nr|no|num|nummer|huisnummer|huisnr|number)\b\.?:?)?"
_ENGLISH: Final = (
    r"\b(?:\d{1,4}-)?\d{1,4}[a-zA-Z]? (?:[A-Z][a-z'.]+ ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close"
    r"|Court|Ct|Way|Gardens|Grove|Place|Terrace|Crescent|Square|Row|Hill|Mews|Walk|Green|Park|House|Quay|View|Rise|Yard"
    r"|Cottages?|Mount|Wharf|Parade|Approach|Bank|Fields?|Meadows?|Villas|Buildings|Mansions|Broadway|Fold|Garth|Vale"
    r"|Wynd|Chase|Dell|Croft|Orchard|Paddock|Mead|Brow|Bridge|Heights|Lodge|Towers?|Dykes|Drove|Hollow|Ridge)\b"
)
_FLAT: Final = (
    r"\b(?i:flat|apartment|apt|unit) \d{1,4}[a-zA-Z]?,? (?:\d{1,4}[a-z]? )?(?:[A-Z][a-z'.]+ ){1,3}"
    r"(?:House|Court|Mansions|Buildings|Tower|Towers|Lodge|Point|Heights|Street|Road|Lane|Avenue|Close|Gardens)\b"
)
_SMALL_ENGLISH: Final = (
    r"(?i)\b\d{1,4}[a-z]? (?:[a-z][a-z']+ ){1,2}(?:street|road|lane|avenue|drive|crescent|terrace|mews|gardens|grove"
    r"|close|st|rd|ave)\b"
)
_NUMBER_LAST: Final = (
    rf"\b(?:[A-Z][a-z'.]+ ){{1,2}}(?:Street|Road|Lane|Avenue|Drive|Close|Court|Terrace|Crescent|Mews|Gardens) {HOUSE}"
)
_JOINING: Final = frozenset(b"van de der den ter ten 't v.d. vd v/d a/d a.d. d'".split())
_ABBREVIATED: Final = re.compile(
    rb"(?:\b[A-Z]\. ?"
    rb"|\b(?:Pr|Prs|Ds|Dr|Mr|Mgr|Prof|Burg|Kon|St|Gebr|Ir|Past|Ing|Adm|Gen|Kap|Lt|Jhr|Wilh|Joh|Fred|Th"
    rb"|Jac|Pres|Corn|Chr|Alb|Ant|Herm)\. )+"
)
_NOUN: Final = re.compile(rb"(?<!wet)[aeou]ring$")
"""How nouns end that end like a street: `aflevering 3`, `storing 47`."""

_ABBREVIATIONS: Final = 24
"""How far before the name of a street its abbreviations are looked for, in characters."""


def finders() -> tuple[Finder, ...]:
    """Return what looks for streets; the endings of the Dutch ones come from the word lists."""
    endings = alternatives("streets")
    street = rf"\b(?:[A-Za-z][A-Za-z'\x7f-]*)?(?:{endings}|str\.)(?:[ -](?:noord|zuid|oost|west)(?:zijde)?)?"
    return (
        Finder("address", rf"(?i){street}{_NR} {NUMBER}", _street),
        Finder("address", rf"(?:\b(?:at|from|of|number|no\.|to|is)) \d{{1,4}}[a-zA-Z]? (?i:{street})\b", _number_first),
        Finder("address", _FLAT, whole),
        Finder("address", _ENGLISH, _english),
        Finder("address", _SMALL_ENGLISH, _english),
        Finder("address", _NUMBER_LAST, _number_last),
    )


def _street(text: bytes, start: int, end: int) -> Span | None:
    number = last_number(text, start, end)
    name = re.split(rb"[, ]", text[start:number], maxsplit=1)[0]
    if text[number:end] in EMERGENCY and name == b"Ring":
        return None
    counted = counts(text, number, end) and not begins_houses(text, end)
    if not _is_street(name) or counted or is_public(text, start):
        return None
    return _whole_name(text, start), _with_postcode(text, end)


def _is_street(name: bytes) -> bool:
    # The small words among them are streets with a capital only: `Markt 5` and not `markt 5`.
    written = name[:1].isupper() and not name.isupper() and name.lower() in words("streets")
    lower = name.lower()
    return written or not (lower in words("no-streets") or lower in words("numbered-things") or _NOUN.search(lower))


def _number_first(text: bytes, start: int, end: int) -> Span | None:
    name = text[start:end].split()[-1]
    return (last_number(text, start, end), end) if name.lower() not in words("no-streets") else None


def _english(text: bytes, start: int, end: int) -> Span | None:
    number, *name, _ = text[start:end].split()
    small = {word for word in name if word.islower()}
    if (
        number in EMERGENCY
        or number.endswith(b"s")
        or not small.isdisjoint(words("no-english-streets") | words("not-names"))
    ):
        return None
    several = len(name) > 1 and name[0].islower() and name[0].endswith(b"s")
    return None if several or is_thing(before(text, start)) or is_public(text, start) else (start, end)


def _number_last(text: bytes, start: int, end: int) -> Span | None:
    return None if counts(text, last_number(text, start, end), end) or is_public(text, start) else (start, end)


def _whole_name(text: bytes, start: int) -> int:
    """Return where a street of several words begins: `Eerste Jan van der Heijdenstraat`, `Ds. J.P. Visscherstraat`."""
    abbreviated = _ABBREVIATED.search(text, max(0, start - _ABBREVIATIONS), start)
    begin = found = abbreviated.start() if abbreviated and abbreviated.end() == start else start
    earlier = before(text, begin)
    opens, joined = begin - len(earlier), False
    for part in reversed(earlier.split(b" ")[:-1] if earlier.endswith(b" ") else []):
        begin -= len(part) + 1
        if part in _JOINING:
            joined = True
            continue
        if not _begins_street(part, known_only=joined or begin == opens):
            break
        found = begin
    return found


def _begins_street(part: bytes, *, known_only: bool) -> bool:
    """Tell whether a word before the name of a street belongs to it."""
    if not (part[:1].isupper() or part[:1].isdigit() or part.endswith(b".")):
        return False
    lower = part.lower().rstrip(b".")
    if lower in words("first-names") or lower in words("rare-first-names") or lower in words("street-beginnings"):
        return True
    return not known_only and part[:1].isupper() and part.isalpha() and lower not in words("not-names")


def _with_postcode(text: bytes, end: int) -> int:
    postcode = re.match(rb",? ?[1-9]\d{3} ?[A-Z]{2}\b", after(text, end))
    return end + postcode.end() if postcode else end

"""Licence plates: the Dutch sidecodes by their form, partial and foreign ones by the words around them."""

import re
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.finding import Finder, after, before, is_reference
from buurtsein_text.redaction.words import alternatives

_SIDECODES: Final = (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9",
    "9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
)  # fmt: skip
_ALTERNATING: Final = tuple(code for code in _SIDECODES if "XX-XX" not in code and "99-99" not in code)
"""The others look like postal codes, words and numbers when they are written without dashes."""

_GAP: Final = r" {0,2}[-.] {0,2}"
_WORD: Final = re.compile(
    rb"(?i)\b(?:van|en|de|om|op|in|na|te|tot|uur|uu|min|sec|man|keer|km|kg|cm|mm|ml|pm|am|eur|euro|bus|nr|no|to|at|is|of|on"
    rb"|or|and|the|for|by|ik|je|we|ze|er|bij|jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|mar|may|oct|hoog|hrs|mph|per"
    rb"|box|it|he|so|do|if|my|me|als|nu|mid|late|early|ter|ma|di|wo|vr|za|zo|met)\b"
)
_CUE: Final = (
    r"(?i)(?:\bkent(?:ekens?|ekenplaat|ekennummer)?\b|\bnummer(?:borde?n?|plaat)\b|\bplaat\b|\bplates?\b|\bnumberplates?\b"
    r"|\breg(?:istration)?\b)"
)
_PLATE: Final = re.compile(
    rb"(?i)\b(?:kent\.|kenteken\w*|nummer(?:bord|plaat)\w*|plaat|plates?|numberplates?|reg|registration)(?!\w)"
)
_MORE: Final = (
    r"(?i)\b(?:(?:begin(?:t|s|nend|ning)?|eindig(?:t|end)|start(?:s|ing)?|end(?:s|ing)?) (?:met|op|with|in)"
    r"|(?:letters?|cijfers?|digits?)(?: (?:was|is|zijn|waren|were|are))?"
    r"|(?:eerste|laatste|first|last) (?:twee|drie|two|three|[23]))\b"
)
_GUESSED: Final = r"(?i)\b(?:iets|zoiets|something) (?:met|als|van|like|with)\b"
_UNREAD: Final = r"\b[A-Z0-9]{1,3}-(?:[A-Z0-9]{1,3}-?)?(?:\.{2,}|\?+|\*+|_+|x{2,3}\b)"
_FIRST_PART: Final = r"\b[A-Z]{2}\d{2} (?:something|iets|nog wat)\b"
_BELGIAN: Final = r"\b[1-9]-[A-Z]{3}-\d{3}\b"
_ABROAD: Final = (
    r"\b(?:[A-Z]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?|[A-Z]{2}\d{2} ?[A-Z]{3}|[1-9][ -]?[A-Z]{3}[ -]?\d{3}"
    r"|[A-Z]{1,2}-\d{2,3}-[A-Z]{3}|\d{2,3}-[A-Z]{1,2}-\d{1,6})\b"
)
_LOOSELY_ABROAD: Final = (
    r"\b(?:[A-Z]{1,3} [A-Z]{1,2} ?\d{1,4}|[a-z]{2}\d{2} ?[a-z]{3}|[A-Z]{1,2}[- ]?\d{2,4}[- ]?[A-Z]{2,3}"
    r"|[A-Z]{2,3} ?\d[A-Z0-9]{3,4}|[A-Z]{3}[ -]?\d{3}|\d{4}[ -]?[A-Z]{3}|[1-9] ?[A-Z]{3} ?\d{3})\b"
)
_ORIGIN: Final = re.compile(
    rb"(?i)\b(?:duits\w*|german|pools\w*|pool|polish|belg\w*|roemeens\w*|romanian|bulgaars\w*|bulgarian|brits\w*|british"
    rb"|engels\w*|english|uk|litouws\w*|lithuanian|lets|letse|latvian|hongaars\w*|hungarian|frans\w*|french|italiaans\w*"
    rb"|italian|spaans\w*|spanish|tsjechisch\w*|czech|oekraiens\w*|ukrainian|luxemburgs\w*|iers\w*|irish|buitenlands\w*"
    rb"|foreign)\b"
)
_LETTER: Final = re.compile(rb"[A-Z]")
_ROAD: Final = re.compile(rb"(?i)[an]\d")
_PART: Final = re.compile(rb"[A-Za-z0-9]+")
_READING: Final = 70
"""How far behind the word for a plate its letters are looked for, in characters."""
_POINTING: Final = frozenset(
    b"met op in met: cijfers letters deel iets with like digits letter nummer is was nr begin ending end deels"
    b" gedeeltelijk partial partially partly alleen only zoiets een letter cijfer eerste laatste first last"
    b" gezien gelezen seen read".split()
)
_SINGLING: Final = frozenset(b"met op een with in letter cijfer a an digit the".split())
"""Behind these a single letter or digit is a part of a plate: `begint met een K`."""
_OTHER_CODE: Final = re.compile(
    rb"(?i)\d{1,2}[uhx]\d{0,2}|\d{1,2}(?:e|de|ste|st|nd|rd|th|am|pm)|112|nl|eu|bmw|vw|kia|suv|gti|tdi|mpv|fiat|seat"
)
_KINDS: Final = (
    b"auto|wagen|busje|bus|bestelbus|bestelwagen|bestelauto|bakwagen|scooter|brommer|brommertje|snorfiets|motor|van|car|truck"
    b"|lorry|moped|motorbike|vrachtwagen|vrachtauto|trekker|aanhanger|trailer|camper|caravan|taxi|pick-?up|suv|cabrio"
)
_VEHICLE: Final = re.compile(rb"(?i)\b(?:" + _KINDS + b"|" + alternatives("vehicles").encode() + rb")\b")


def _by_form(text: bytes, start: int, end: int) -> Span | None:
    joined = text[start - 1 : start] in {b"-", b"#", b"/", b"_"} or text[end : end + 1] in {b"-", b"_"}
    return None if joined or is_reference(text, start) else (start, end)


def _apart(text: bytes, start: int, end: int) -> Span | None:
    """Without dashes the letters may be words: `2 OM 123` is no plate."""
    return None if _WORD.search(_spaced(text[start:end])) else _by_form(text, start, end)


def _of_vehicle(text: bytes, start: int, end: int) -> Span | None:
    """In small letters and without dashes only a vehicle nearby makes it one."""
    near = _VEHICLE.search(before(text, start)) or _VEHICLE.search(after(text, end))
    return _apart(text, start, end) if near and not _ROAD.match(text, start) else None


def _named(text: bytes, start: int, end: int) -> Span | None:
    """Partial and foreign plates are only recognised by the word before them."""
    del start
    return _behind(text, end, single=False)


def _behind(text: bytes, end: int, *, single: bool) -> Span | None:
    """Return the first plate or part of one soon behind `end`; `single` takes one letter or digit for a part."""
    skipped, apart, last = b"", False, end
    for part in _PART.finditer(text, end, end + _READING):
        gap = text[last : part.start()]
        pointed = not skipped or skipped.lower() in _POINTING
        if (
            (skipped and gap.strip(b" .,-'\"(*?_:" if pointed else b" .,-'\"(*?_"))
            or b"\n" in gap
            or (skipped and gap[:2] == b". ")
        ):
            return None
        apart = apart or (bool(skipped) and b"," in gap)
        single = single if not skipped else skipped.lower() in _SINGLING
        sure = pointed and not apart
        if plate := _plate_from(text, part.start(), pointed=sure, single=single) if pointed or not apart else None:
            return plate
        skipped, last = part[0], part.end()
    return None


def _plate_from(text: bytes, at: int, *, pointed: bool, single: bool) -> Span | None:
    """Return the groups of letters and digits from `at`, when they can be a plate or a part of one."""
    end = at
    groups: list[bytes] = []
    for group in _PART.finditer(text, at, at + 16):
        if (
            text[end : group.start()].strip(b" .-")
            or group.start() - end > 2
            or text[end : group.start()] == b". "
            or not _is_group(group[0], first=not groups)
        ):
            break
        groups.append(group[0])
        end = group.end()
    while (
        groups
        and groups[-1].isalpha()
        and groups[-1].islower()
        and (len(groups) > 3 or text[end - len(groups[-1]) - 1 : end][:1] == b" ")
    ):
        end = text.rfind(groups[-2], at, end) + len(groups[-2]) if len(groups) > 1 else at
        groups.pop()
    if single and len(groups) == 1 and len(groups[0]) == 1 and not groups[0].islower():
        return at, end
    return (at, end) if groups and _convincing(groups, pointed=pointed) else None


def _is_group(part: bytes, *, first: bool) -> bool:
    if len(part) > 7 or _OTHER_CODE.fullmatch(part):
        return False
    if any(byte < 0x3A for byte in part):
        return True
    return len(part) <= 3 and not _WORD.fullmatch(part) and (part.isupper() or not first)


def _convincing(groups: list[bytes], *, pointed: bool) -> bool:
    plate = b"".join(groups)
    digits = sum(byte < 0x3A for byte in plate)
    if 0 < digits < len(plate):
        return len(plate) > 2
    return pointed and len(plate) > 1 and (plate.isupper() or digits == len(plate) <= 3)


def _also_named(text: bytes, start: int, end: int) -> Span | None:
    """`… en eindigt op 7`, `eerste letters KZ`: more of a plate that is spoken of."""
    around = max(0, start - 2 * _READING), end + _READING
    if _PLATE.search(text, *around):
        return _behind(text, end, single=text[end - 2 : end].lower() in {b"et", b"op", b"th", b"in"})
    found = _behind(text, end, single=False) if _VEHICLE.search(text, *around) else None
    return found if found and found[0] <= end + 2 and _LETTER.search(text, *found) else None


def _guessed(text: bytes, start: int, end: int) -> Span | None:
    """`iets met KZ op een blauw busje`."""
    found = _behind(text, end, single=False) if _is_near(text, start, end, _VEHICLE, _PLATE) else None
    return found if found and found[0] <= end + 2 and any(byte > 0x39 for byte in text[slice(*found)]) else None


def _unread(text: bytes, start: int, end: int) -> Span | None:
    """`NX-2..`: what could not be read of it is dotted."""
    around = max(0, start - 2 * _READING), end + _READING
    return (start, end) if _VEHICLE.search(text, *around) or _PLATE.search(text, *around) else None


def _first_part(text: bytes, start: int, end: int) -> Span | None:
    """`AJ19 something just drove off`."""
    del end
    return None if is_reference(text, start) else (start, start + 4)


def _from_abroad(text: bytes, start: int, end: int) -> Span | None:
    """Plates of other countries look like any code, so that a vehicle or a country must be near."""
    return _by_form(text, start, end) if _is_near(text, start, end, _VEHICLE, _ORIGIN) else None


def _loosely_from_abroad(text: bytes, start: int, end: int) -> Span | None:
    """`Poolse auto met WA 12345`; neither the model of a car nor its year."""
    both = _is_near(text, start, end, _ORIGIN) and _is_near(text, start, end, _VEHICLE)
    return _by_form(text, start, end) if both and not re.search(rb" (?:19|20)\d\d$", text[start:end]) else None


def _is_near(text: bytes, start: int, end: int, *expressions: re.Pattern[bytes]) -> bool:
    around = before(text, start), after(text, end)
    return any(expression.search(side) for expression in expressions for side in around)


def _spaced(candidate: bytes) -> bytes:
    return re.sub(rb"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)", b" ", candidate)


def _either(codes: tuple[str, ...], gap: str, letter: str) -> str:
    forms = (code.replace("-", gap).replace("9", r"\d").replace("X", letter) for code in codes)
    return rf"\b(?:{'|'.join(forms)})\b"


FINDERS: Final = (
    Finder("plate", _BELGIAN, _by_form),
    Finder("plate", _ABROAD, _from_abroad),
    Finder("plate", _LOOSELY_ABROAD, _loosely_from_abroad),
    Finder("plate", _MORE, _also_named),
    Finder("plate", _GUESSED, _guessed),
    Finder("plate", _UNREAD, _unread),
    Finder("plate", _FIRST_PART, _first_part),
    Finder("plate", "(?i)" + _either(_SIDECODES, "-", "[a-z]"), _by_form),
    Finder("plate", _either(_ALTERNATING, _GAP, "[A-Z]"), _apart),
    Finder("plate", _either(_ALTERNATING, "[ -]?", "[A-Z]"), _apart),
    Finder("plate", "(?i)" + _either(_ALTERNATING, "[ -]?", "[a-z]"), _of_vehicle),
    Finder("plate", _CUE, _named),
)

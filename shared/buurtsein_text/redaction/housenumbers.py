"""What the number behind a street or a word is: a house, or a time, a floor, an age, a count, a numbered thing."""

import re
from functools import cache
from typing import Final

from buurtsein_text.redaction.finding import before
from buurtsein_text.redaction.words import alternatives, words

EMERGENCY: Final = frozenset(b"112 113 144 911 999 101 116 0900 0800".split())
"""Numbers that everybody may call."""

HOUSE: Final = r"\d{1,4}(?:-?[a-zA-Z])?\b"
"""A house number with its letter."""

_MONTHS: Final = (
    rb"jan\w*|feb\w*|maart|mrt|march|apr\w*|mei|may|june?|juni|july?|juli|aug\w*|sept?\w*|o[kc]t\w*|nov\w*|dec\w*"
)
_UNITS: Final = (
    rb"uur|uurtjes?|u|h|hr|hrs|hours?|am|pm|o'?clock|min|minuten|minutes?|mins|sec|euro?|x|keer|maal|graden|meter|mtr|m|km|cm"
    rb"|kg|jaar|jaren|years?|yrs?|weken|weeks?|maanden|months?|dagen|days?|e|de|ste|st|nd|rd|th|hoog|verdieping\w*|etages?"
    rb"|m2|m3|vierkante|jr|pk|cc|liter|gram|gr|kilo|ton|watt|bij \d+|miljoen|miljard|duizend|million|thousand|hundred"
    rb"|honderd|tal|floors?|storeys?|personen|man|procent|percent|plus|en ouder|and over|or older|s|t/m|tm|of zo"
    rb"|tot(?! (?:half|kwart|laat|diep|nu|in|na)\b)"
)
_UNIT: Final = re.compile(
    rb"(?i)[:.,]\d|[ -]?(?:" + _UNITS + rb"|" + _MONTHS + rb")\b| ?[%\x1a]|-(?:jarige|year)"
    rb"| ?(?:-|of|or|tot|to|a) ?\d+ ?(?:uur|u|jaar|minuten|man|pm|am|years|x|keer)\b"
)
_RANGE: Final = re.compile(rb"(?i) ?(?:t/m|tm|tot(?: en met)?|to|through|until|till) (?:nr\.? |nummer )?\d")
_HOUSES: Final = re.compile(rb"(?i) ?(?:t/m|tm|tot en met) ?(?:nr\.? |nummer )?\d{1,4}\b(?! ?(?:uur|u|h|jaar|am|pm)\b)")
_NOUN: Final = re.compile(rb" (?:[a-z]+(?:e|ed|ish) )?([a-z']+)\b")
_PLURAL: Final = re.compile(rb"man|people|kids|men|women|..+(?:en|s|'s)")
_LAST_WORD: Final = re.compile(rb"([a-z-]+?)(?:nummer|nr)?[ .:,#-]*(?:is |met |with |the |de |het )?$", re.IGNORECASE)
_LEADING_TO: Final = rb",?(?: is| zit)?(?: gevestigd)?(?: (?:aan|op|in|at|on|van))?(?: de| het| the)?[ ,(:]*$"
_VENUE: Final = re.compile(rb"([a-z]+)" + _LEADING_TO, re.IGNORECASE)
_NAMED_VENUE: Final = re.compile(rb"([a-z]+) (?:de |het |the )?[a-z']+" + _LEADING_TO, re.IGNORECASE)
_NEAR: Final = re.compile(rb"(?i)\b(?:naast|tegenover|boven|achter|next|opposite|above|behind|across)\b")
_ALSO_NEAR_A_HOUSE: Final = frozenset(
    b"bel bellen call text app dag day week bank kelder tuin pand garage kamer room trap post portiek entree ingang"
    b" lift gebouw blok meterkast".split()
)


def last_number(text: bytes, start: int, end: int) -> int:
    """Return where the house number of a candidate begins, `end` when it has none."""
    digits = [match.start() for match in re.finditer(rb"(?<![\d/-])\d+", text[start:end])]
    return start + digits[-1] if digits else end


def counts(text: bytes, number: int, end: int) -> bool:
    """Tell whether the number from `number` to `end` is a time, a floor, a year or how many of something there are."""
    if _UNIT.match(text, end) or (
        text[number + 1 : number + 2] in {b"e", b"u", b"x"} and _UNIT.match(text, number + 1)
    ):
        return True
    digits = text[number:end]
    if len(digits) == 4 and digits[:2] in {b"19", b"20"}:
        return True
    noun = _NOUN.match(text, end)
    if noun is None or not digits.isdigit() or int(digits) > 20:
        return False
    if int(digits) == 1:
        return noun[0].split()[0] in words("ones")
    return noun[1] not in words("uncounted") and _PLURAL.fullmatch(noun[1]) is not None


def goes_on(text: bytes, number: int, end: int) -> bool:
    """Tell whether the text behind the number from `number` to `end` goes on as it does behind that of a house."""
    return not counts(text, number, end) and _behind().match(text, end) is not None


@cache
def _behind() -> re.Pattern[bytes]:
    follows = alternatives("behind-numbers").encode()
    return re.compile(rb" ?(?:$|[.,;:!?)\n\"']|\((?!\d)|[/-](?=\s)| (?:" + follows + rb")\b)")


def begins_range(text: bytes, end: int) -> bool:
    """Tell whether more houses follow, `12 t/m 40`, so that none is meant."""
    return _RANGE.match(text, end) is not None


def begins_houses(text: bytes, end: int) -> bool:
    """Tell whether the number behind a street is the first of several houses: `Kerkstraat 12 t/m 20`."""
    return _HOUSES.match(text, end) is not None


def is_thing(earlier: bytes) -> bool:
    """Tell whether what stands before a number is something that has one: `lantaarnpaal`, `box nr`, `bus`."""
    word = _LAST_WORD.search(earlier)
    return word is not None and word[1].lower() in words("numbered-things")


def is_public(text: bytes, start: int) -> bool:
    """Tell whether the address at `start` is that of a lamp post, a shop or a meeting, not of a house nearby."""
    earlier = before(text, start)
    last = earlier.rstrip(b" :").rsplit(b" ", 1)[-1].lower()
    if last in words("numbered-things") and last not in _ALSO_NEAR_A_HOUSE:
        return True
    venues = (match[1].lower() for match in (_VENUE.search(earlier), _NAMED_VENUE.search(earlier)) if match)
    return any(word in words("venues") for word in venues) and not _NEAR.search(earlier)

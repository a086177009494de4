"""House numbers behind the names of people and beside other house numbers: `Riet van 12`, `wij op 9 en bij 11`."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.housenumbers import EMERGENCY, begins_range, counts

_NUMBER: Final = rb"(?:nr\.? ?|nummer |huisnummer |number |no\. ?)?\d{1,4}(?:-?[a-zA-Z])?\b"
_BEHIND: Final = re.compile(
    rb"(?i)(?:'s)?(?: (?:hier|next door|daar))?,? (?:(?:van|op|bij|uit|at|from|of|on) (?:"
    + _NUMBER
    + rb")|(?:nr|nummer|no|number|flat|apartment|apt)\b\.? ?\d{1,4}[a-zA-Z]?\b)"
)
_FLAT: Final = re.compile(rb"(?i)\b(?:flat|apartment|apt)\b")
_BESIDE: Final = re.compile(
    rb"(?i)(?:\b(?:bij|op|naast|tegenover|boven|onder|van|opposite|next to) | (?:en|and|of|or|&|/|t/m|tm) )" + _NUMBER
)
_ALSO: Final = re.compile(rb"(?i)(?: ?(?:en|and|&|\+|/|t/m|tm|tot(?: en met)?|to) ?|, ?)" + _NUMBER)
_DIGITS: Final = re.compile(rb"(?:nr\.? ?|nummer |huisnummer |number |no\. ?)?\d+[-a-zA-Z]*$", re.IGNORECASE)
_CHILD: Final = re.compile(
    rb"(?i)\b(?:vermist|zoek|kwijt|missing|lost|jongetje|meisje|kind|baby|peuter|kleuter|jarig|boy|girl|child)\b"
)
_AGE: Final = 18
_HOUR: Final = 12
_MOST: Final = 8
"""How many numbers of one street are looked at."""

_NEAR: Final = 60
"""How far behind one house number others are looked for, in characters."""


def of_people(text: bytes, names: Iterable[Span]) -> Iterator[Span]:
    """Yield the house numbers right behind names."""
    for _, end in names:
        candidate = _BEHIND.match(text, end, end + 40)
        if candidate and (number := _number(text, candidate.end())) and not _is_vague(text, candidate[0], number):
            flat = _FLAT.search(candidate[0])
            yield (candidate.start() + flat.start(), number[1]) if flat else number


def beside(text: bytes, addresses: Iterable[Span]) -> Iterator[Span]:
    """Yield the numbers soon behind the number of a house that are houses, too."""
    for start, end in addresses:
        far = end + _NEAR if _DIGITS.match(text, start, end) else end
        candidates = _BESIDE.finditer(text, end, far) if far > end else _also(text, end)
        for candidate in candidates:
            if number := _number(text, candidate.end()):
                yield number


def _also(text: bytes, end: int) -> Iterator[re.Match[bytes]]:
    """`Kerkstraat 12, 14 en 16`."""
    for _ in range(_MOST):
        following = _ALSO.match(text, end)
        if following is None:
            return
        yield following
        end = following.end()


def _number(text: bytes, end: int) -> Span | None:
    digits = re.search(rb"\d+(?:-?[a-zA-Z])?$", text[max(0, end - 8) : end])
    if digits is None:
        return None
    start = max(0, end - 8) + digits.start()
    other = text[start:end] in EMERGENCY or counts(text, start, end) or begins_range(text, end)
    return None if other or re.match(rb"[-/:.,]\d", text[end : end + 2]) else (start, end)


def _is_vague(text: bytes, lead: bytes, number: Span) -> bool:
    """Tell whether the number may be an age or an hour: `Sem van 4 is zoek`, `Dave at 7`."""
    value = int(re.sub(rb"\D", b"", text[slice(*number)]))
    if re.search(rb"(?i)\b(?:nr|nummer|number|no)\b", lead):
        return False
    if re.search(rb"(?i) (?:at|from|of|on) ", lead):
        return value <= _HOUR
    return value <= _AGE and _CHILD.search(text, max(0, number[0] - 80), number[1] + 80) is not None

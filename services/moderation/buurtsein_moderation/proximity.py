"""Words near each other: within some words, in one clause, sentence or message, in order, without others between."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from buurtsein_moderation.lexicon import Lexicon
from buurtsein_moderation.packs import Scope
from buurtsein_moderation.reading import Reading
from buurtsein_moderation.scanning import Scan, mask_of
from buurtsein_text.linear import Span

_OVERLAPPING: Final = 8
"""How many places that overlap the anchor are passed over on the way to one before it."""


@dataclass(frozen=True)
class Together:
    """Classes of words that must be near each other: a word of the first, and of each other within `within` words.

    `without` is a class that must not occur between them.
    """

    classes: tuple[int, ...]
    within: int
    ordered: bool = False
    scope: Scope = "sentence"
    without: int | None = None

    @cached_property
    def needed(self) -> int:
        """The classes that must all occur, as a mask."""
        return mask_of(self.classes)

    @property
    def anywhere(self) -> bool:
        """Whether they may stand in several sentences."""
        return self.scope == "message"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something holds: from the first to the last of its parts, which are the words that were asked for."""

    start: int
    end: int
    parts: tuple[Span, ...]

    def between(self, span: Span) -> bool:
        """Return whether a span lies within the place and touches none of its parts."""
        return self.start <= span[0] and span[1] <= self.end and self.apart(span)

    def apart(self, span: Span) -> bool:
        """Return whether a span touches none of the parts."""
        return all(span[1] <= start or end <= span[0] for start, end in self.parts)


def place(parts: Sequence[Span]) -> Place:
    """Return the place that these parts make."""
    return Place(min(start for start, _ in parts), max(end for _, end in parts), tuple(parts))


def together(group: Together, scan: Scan, lexicon: Lexicon) -> Iterator[Place]:
    """Yield where the classes of `group` are near each other, at most one place for each word of the first."""
    first, *others = [lexicon.spans(number, scan) for number in group.classes]
    unwanted = lexicon.spans(group.without, scan) if group.without is not None else []
    for anchor in first if all(others) else ():
        parts = _parts(anchor, others, group, scan.reading)
        if parts:
            found = place(parts)
            if not (unwanted and any(found.between(span) for span in unwanted)):
                yield found


def _parts(anchor: Span, others: Sequence[list[Span]], group: Together, reading: Reading) -> list[Span] | None:
    parts = [anchor]
    for spans in others:
        after = parts[-1] if group.ordered else anchor
        found = _nearest(anchor, after, spans, group, reading)
        if found is None:
            return None
        parts.append(found)
    return parts


def _nearest(anchor: Span, after: Span, spans: list[Span], group: Together, reading: Reading) -> Span | None:
    """Return the nearest of `spans` that comes after `after`, or before the anchor where order does not matter."""
    following = bisect_left(spans, (after[1], 0))
    behind = spans[following] if following < len(spans) else None
    before = None if group.ordered else _before(anchor, spans)
    if behind is None or before is None:
        one = behind or before
        return one if one and _distance(anchor, one, group, reading) is not None else None
    near = [
        (distance, span)
        for span in (behind, before)
        if (distance := _distance(anchor, span, group, reading)) is not None
    ]
    return min(near)[1] if near else None


def _before(anchor: Span, spans: list[Span]) -> Span | None:
    at = bisect_left(spans, anchor)
    for span in reversed(spans[max(0, at - _OVERLAPPING) : at]):
        if span[1] <= anchor[0]:
            return span
    return None


def _distance(anchor: Span, other: Span, group: Together, reading: Reading) -> int | None:
    """Return how many words stand between two places, or None when they are too far apart or not in one scope."""
    start, end = (anchor[1], other[0]) if anchor[0] <= other[0] else (other[1], anchor[0])
    ends = bisect_left(reading.ends, end) - bisect_left(reading.ends, start)
    words = end - start - ends
    if words > group.within or (ends and group.scope != "message"):
        return None
    if group.scope == "clause" and bisect_left(reading.clauses, start) < bisect_right(reading.clauses, end):
        return None
    return words

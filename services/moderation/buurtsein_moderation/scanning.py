"""What one reading of a message found: which classes of words occur in which sentence, and where once somebody asks.

Sets of classes are masks: whole numbers in which the bit of each class is set.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from buurtsein_moderation.reading import Reading
from buurtsein_text.linear import Span

PLACES: Final = 256
"""How many places of a class are looked at: bounds the work that a hostile message can ask for."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The classes that a word or a phrase is in, also as a mask, and what it weighs with all signs that it is.

    `calls` are the ways to match that it calls for, and `links` the chains.
    """

    classes: frozenset[int]
    mask: int
    calls: frozenset[int]
    links: frozenset[int]
    weights: int


Standing = tuple[Known, Span]
"""A phrase and where it stands."""


def mask_of(classes: Iterable[int]) -> int:
    """Return the mask of some classes."""
    mask = 0
    for number in classes:
        mask |= 1 << number
    return mask


class Sentence:
    """The number of its first word, its words, the phrases that begin in it and the classes of all of these."""

    __slots__ = ("mask", "phrases", "start", "words")

    def __init__(self, start: int, words: Sequence[Known], phrases: Sequence[Standing]) -> None:
        self.start = start
        self.words = words
        self.phrases = phrases
        self.mask = reduce(or_, [one.mask for one in words], 0)
        for phrase, _ in phrases:
            self.mask |= phrase.mask


class Scan:
    """What occurs in a message: its words in order, phrases with their places, patterns with a way to theirs.

    `spans` and `supposed` keep what was asked of the lexicon: the places of classes, and which may have any.
    """

    __slots__ = (
        "calls", "links", "mask", "patterns", "phrases", "reading", "sentences", "spans", "supposed", "words",
    )  # fmt: skip

    def __init__(
        self,
        reading: Reading,
        words: Sequence[Known],
        phrases: Sequence[Standing],
        patterns: Mapping[int, Callable[[], list[Span]]],
    ) -> None:
        self.reading = reading
        self.words = words
        self.phrases = phrases
        self.patterns = patterns
        self.spans: dict[int, list[Span]] = {}
        self.supposed: dict[int, bool] = {}
        self.sentences = _sentences(words, phrases, reading.ends)
        self.mask = reduce(or_, [sentence.mask for sentence in self.sentences])
        known = [*words, *[phrase for phrase, _ in phrases]]
        self.calls = set[int]().union(*[one.calls for one in known])
        self.links = set[int]().union(*[one.links for one in known])

    def add_pattern(self, pattern: Known) -> None:
        """Note what a pattern that matches calls for."""
        self.calls |= pattern.calls
        self.links |= pattern.links

    def places(self, number: int) -> list[Span]:
        """Return where words and phrases of a class stand."""
        bit = 1 << number
        found: list[Span] = []
        for sentence in self.sentences:
            if sentence.mask & bit:
                words = enumerate(sentence.words, sentence.start)
                found += [(at, at + 1) for at, word in words if number in word.classes]
                found += [place for phrase, place in sentence.phrases if number in phrase.classes]
        return found


def _sentences(words: Sequence[Known], phrases: Sequence[Standing], ends: Sequence[int]) -> list[Sentence]:
    if len(ends) >= PLACES:
        return [Sentence(0, words, phrases)]
    of_each: list[list[Standing]] = [[] for _ in range(len(ends) + 1)]
    for standing in phrases:
        of_each[bisect_left(ends, standing[1][0])].append(standing)
    starts = [0, *[end + 1 for end in ends]]
    return [
        Sentence(start, words[start:end], own) for start, end, own in zip(starts, [*ends, None], of_each, strict=True)
    ]

"""What the words of a message and the rules that match speak for, added up: weights that labelled messages gave; pure.

Rules know what they were written for. Most of what people write is worded otherwise, and then many small signs together
say what none says alone. Every sign has a weight for each category and each type; the sums become shares as in
multinomial logistic regression (Bishop, Pattern Recognition and Machine Learning, section 4.3.4).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise, repeat
from struct import Struct
from sys import intern
from typing import Final, NamedTuple

from buurtsein_events.values import Category, SignalType
from buurtsein_moderation.lexicon import Lexicon
from buurtsein_moderation.packs import CategoryRule, TypeRule
from buurtsein_moderation.scanning import Scan
from buurtsein_moderation.weights import BITS, UNIT, Weights, packed
from buurtsein_text.linear import Span

_STEM: Final = 4
_LONG_STEM: Final = 6
_ENDING: Final = 5
_FEW: Final = 5
_MANY: Final = 25
_MARKS: Final = b"!@$/"
_WORDS_WEIGH: Final = 3.0
"""How much all words of a message weigh together, against one rule, by the square root of their number."""

_LISTS_COUNT: Final = 0.5
"""How much being one of a list counts in learning, against the word itself: lists are learned about with more care."""

FOUND: Final = ("c:", "f:")
"""How the signs begin that say what rules found wrong."""

_MOST: Final = 400
"""Words that are looked at: bounds the work that a long message asks for."""

_DOUBTFUL: Final = 0.1
"""The share below which the words of a part of a message call for a closer look."""

_HALF: Final = 1 << (BITS - 1)


class Weighed(NamedTuple):
    """The share with which a message is `ok`, what is wrong with it if anything is, and the share of each type."""

    ok: float
    category: Category
    types: Mapping[SignalType, float]


class Scales:
    """Weights made ready for weighing.

    The weights of a sign are one whole number, 32 bits for each, so that one sum adds up all of them.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights.model_copy(update={"signs": {}})
        self._others = {sign: row for sign, row in weights.signs.items() if sign[:2] != "b:"}
        self._pairs = {_pair(sign): row for sign, row in weights.signs.items() if sign[:2] == "b:"}
        self._bias = packed(weights.bias)

    def weigh(self, scan: Scan, findings: Sequence[CategoryRule], types: Sequence[TypeRule]) -> Weighed | None:
        """Return what a message weighs with the rules that match it; None for one without words."""
        words = scan.reading.words[:_MOST]
        if not words:
            return None
        sums = self._sums(words, scan, rule_signs(scan, findings, types))
        weights = self.weights
        many = len(weights.categories)
        shares = dict(zip(weights.categories, _shares(sums[:many]), strict=True))
        wrong: dict[Category, float] = {category: share for category, share in shares.items() if category != "ok"}
        kinds = dict(zip(weights.types, _shares(sums[many:]), strict=True))
        return Weighed(shares["ok"], max(wrong, key=wrong.__getitem__), kinds)

    def doubtful(self, scan: Scan) -> Iterator[Span]:
        """Yield the parts of a message whose words, without what rules make of them, are not well, the worst first."""
        until = list(accumulate([word.weights for word in scan.words], initial=0))
        parts = scan.reading.parts()
        shares = [(self._ok(until[end] - until[start], end - start), (start, end)) for start, end in parts]
        return (part for ok, part in sorted(shares) if ok < _DOUBTFUL)

    def _ok(self, by_words: int, words: int) -> float:
        scale, categories = _scale(words), self.weights.categories
        sums = zip(self._unpacked(by_words), self.weights.bias[: len(categories)], strict=False)
        shares = _shares([(scale * word + bias) / UNIT for word, bias in sums])
        return shares[categories.index("ok")]

    def strongest(self, scan: Scan, category: Category, part: Span) -> int:
        """Return which word of a part of a message speaks most for a category."""
        words, at = scan.words, self.weights.categories.index(category)
        start, end = part
        return max(range(start, min(end, start + _MOST)), key=lambda one: self._unpacked(words[one].weights)[at])

    def word(self, word: str, lists: Iterable[str]) -> int:
        """Return what a word that is in some lists weighs, with all signs that it is."""
        return sum(self._others.get(sign, 0) for sign in word_signs(word)) + self.lists(lists)

    def lists(self, names: Iterable[str]) -> int:
        """Return what being in some lists weighs."""
        return sum(self._others.get(f"l:{name}", 0) for name in names)

    def _sums(self, words: Sequence[str], scan: Scan, others: Iterable[str]) -> list[float]:
        said = dict(zip(words, scan.words, strict=False))
        by_words = sum([word.weights for word in said.values()])
        by_words += sum(map(self._pairs.get, set(pairwise(words)), repeat(0)))
        by_words += sum([phrase.weights for phrase in {phrase for phrase, _ in scan.phrases}])
        by_rules = self._bias + sum(self._others.get(sign, 0) for sign in others)
        scale = _scale(len(words))
        sums = zip(self._unpacked(by_words), self._unpacked(by_rules), strict=True)
        return [(scale * word + rule) / UNIT for word, rule in sums]

    @cached_property
    def _shape(self) -> tuple[Struct, int]:
        many = len(self.weights.bias)
        return Struct(f"<{many}I"), sum(_HALF << BITS * at for at in range(many))

    def _unpacked(self, packed: int) -> list[int]:
        shape, halves = self._shape
        return [each - _HALF for each in shape.unpack((packed + halves).to_bytes(shape.size, "little"))]


def word_signs(word: str) -> Iterator[str]:
    """Yield the signs that a word is by itself: the word, and how it begins and ends."""
    yield f"w:{word}"
    if len(word) > _STEM:
        yield f"p:{word[:_STEM]}"
    if len(word) > _LONG_STEM:
        yield f"p:{word[:_LONG_STEM]}"
        yield f"s:{word[-_ENDING:]}"


def phrase_lists(scan: Scan, lexicon: Lexicon) -> Iterator[str]:
    """Yield the names of the lists that have a phrase of several words in the message, once for each phrase."""
    phrases = {phrase for phrase, _ in scan.phrases}
    return (name for phrase in phrases for name in lexicon.lists(phrase.classes))


def rule_signs(scan: Scan, findings: Sequence[CategoryRule], types: Sequence[TypeRule]) -> Iterator[str]:
    """Yield the signs that are no words: marks, how long the text is and which rules match."""
    words = len(scan.reading.words)
    if words < _FEW:
        yield "few"
    if words > _MANY:
        yield "many"
    yield from (f"m:{mark:c}" for mark in _MARKS if mark in scan.reading.message.text)
    yield from dict.fromkeys(f"c:{rule.category}" for rule in findings)
    yield from dict.fromkeys(f"f:{rule.id}" for rule in findings)
    yield from dict.fromkeys(f"r:{rule.id}" for rule in types)
    yield from dict.fromkeys(f"t:{rule.type}" for rule in types)


def counts(sign: str) -> float:
    """Return how much a sign counts in learning; its weight, as it is written, is for a full one."""
    return _LISTS_COUNT if sign.startswith("l:") else 1.0


def signs(
    scan: Scan, lexicon: Lexicon, findings: Sequence[CategoryRule], types: Sequence[TypeRule]
) -> dict[str, float]:
    """Return every sign of a message with how much it counts, as weights are learned from."""
    words = scan.reading.words[:_MOST]
    scale = _scale(len(words))
    counted: dict[str, float] = dict.fromkeys((f"b:{first} {second}" for first, second in pairwise(words)), scale)
    said = dict.fromkeys(words)
    for sign in (sign for word in said for sign in word_signs(word)):
        counted[sign] = counted.get(sign, 0.0) + scale
    lists = [name for word in said for name in lexicon.lists(lexicon.word(word))]
    for name in (*lists, *phrase_lists(scan, lexicon)):
        counted[f"l:{name}"] = counted.get(f"l:{name}", 0.0) + scale * counts("l:")
    return {**counted, **dict.fromkeys(rule_signs(scan, findings, types), 1.0)}


def _scale(words: int) -> float:
    return _WORDS_WEIGH / math.sqrt(max(words, 1))


def _pair(sign: str) -> tuple[str, str]:
    first, _, second = sign.removeprefix("b:").partition(" ")
    return intern(first), intern(second)


def _shares(sums: Sequence[float]) -> list[float]:
    highest = max(sums)
    powers = [math.exp(each - highest) for each in sums]
    total = sum(powers)
    return [power / total for power in powers]

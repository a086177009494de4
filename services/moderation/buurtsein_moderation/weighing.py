"""What the words of a message and the rules that match speak for, added up: weights that labelled messages gave; pure.

Rules know what they were written for. Most of what people write is worded otherwise, and then many small signs together
say what none says alone. Every sign has a weight for each category and each type; the sums become shares as in
multinomial logistic regression (Bishop, Pattern Recognition and Machine Learning, section 4.3.4).
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field, model_validator

from buurtsein_events.values import Category, SignalType
from buurtsein_moderation.linear import Span
from buurtsein_moderation.packs import CategoryRule, Examples, Matches, Part, TypeRule, Wording

_TOKEN: Final = re.compile(r"[a-z0-9']+|[!?$@]")
_STEM: Final = 4
_LONG_STEM: Final = 6
_ENDING: Final = 5
_FEW: Final = 5
_MANY: Final = 25
UNIT: Final = 100
"""Weights are whole hundredths, which keeps the file small."""

_WORDS_WEIGH: Final = 3.0
"""How much all words of a message weigh together, against one rule, by the square root of their number."""

_WEIGHED: Final = Matches(phrases=("*",))
"""What a rule that weighing stands for says that it matches: any word."""

_MOST: Final = 400
"""Words that are looked at: bounds the work that a long message asks for."""


Judged = Literal["ok", Category]
"""What a message is: `ok`, or what is wrong with it."""


class Weights(Part):
    """The weights of every sign: first for each of `categories`, then for each of `types`, in hundredths.

    A message is held when it is `ok` with a share below `hold_below` for what is most likely wrong with it, and a rule
    does not apply to a message that is `ok` with a share of `pass_from` or more.
    """

    version: Annotated[int, Field(ge=1)]
    hold_below: Mapping[Category, Annotated[float, Field(ge=0, le=1)]]
    pass_from: Annotated[float, Field(ge=0, le=1)]
    message: Wording
    categories: Annotated[tuple[Judged, ...], Field(min_length=2)]
    types: Annotated[tuple[SignalType, ...], Field(min_length=1)]
    bias: tuple[int, ...]
    signs: Mapping[str, tuple[int, ...]]

    @model_validator(mode="after")
    def _one_for_each(self) -> "Weights":
        wanted = len(self.categories) + len(self.types)
        if odd := [name for name, weights in {"bias": self.bias, **self.signs}.items() if len(weights) != wanted]:
            raise ValueError(f"{odd[0]} has not {wanted} weights, one for each category and type")
        if "ok" not in self.categories:
            raise ValueError("categories lack ok")
        if len({*self.categories, *self.types}) < wanted:
            raise ValueError("a category or type is named twice")
        return self

    @model_validator(mode="after")
    def _in_order(self) -> "Weights":
        for category, share in self.hold_below.items():
            if category not in self.categories:
                raise ValueError(f"hold_below has {category}, which is not one of the categories: leave it out")
            if share > self.pass_from:
                raise ValueError(
                    f"hold_below.{category} is {share} and pass_from {self.pass_from}: what lies between would be both "
                    "held and passed, so hold_below must be pass_from or less"
                )
        return self

    def rule(self, category: Category) -> CategoryRule:
        """Return what stands for the rule where only weighing finds something: a coordinator looks, nothing more."""
        return CategoryRule(
            id=f"weighed.{category}",
            version=self.version,
            category=category,
            matches=_WEIGHED,
            verdict="hold",
            severity="low",
            strike=False,
            next_step="wait",
            message=self.message,
            examples=Examples.model_construct(match=(), no_match=()),
        )


class Weighed(NamedTuple):
    """The share with which a message is `ok`, what is wrong with it if anything is, its type, and the word for that."""

    ok: float
    category: Category
    type: SignalType
    span: Span


def weigh(weights: Weights, text: bytes, findings: Sequence[CategoryRule], types: Sequence[TypeRule]) -> Weighed | None:
    """Return what a normalised text weighs, with the rules that match it; None for a text without words."""
    tokens = _tokens(text)
    if not tokens:
        return None
    words = list(word_signs([text for text, _ in tokens]))
    scale = _scale(len(tokens))
    sums = _sums(weights, words, rule_signs(len(tokens), findings, types), scale)
    many = len(weights.categories)
    shares = dict(zip(weights.categories, _shares(sums[:many]), strict=True))
    wrong: dict[Category, float] = {category: share for category, share in shares.items() if category != "ok"}
    worst = max(wrong, key=lambda category: wrong[category])
    kinds = dict(zip(weights.types, sums[many:], strict=True))
    return Weighed(shares["ok"], worst, max(kinds, key=lambda kind: kinds[kind]), _strongest(weights, tokens, worst))


def word_signs(words: Sequence[str]) -> Iterator[str]:
    """Yield the signs of words: each word, how it begins and ends, and each pair, once."""
    seen = dict.fromkeys(sign for word in words for sign in _of_word(word))
    yield from seen
    yield from dict.fromkeys(f"b:{first} {second}" for first, second in pairwise(words))


def rule_signs(words: int, findings: Sequence[CategoryRule], types: Sequence[TypeRule]) -> Iterator[str]:
    """Yield the signs that are no words: how long the text is and which rules match."""
    if words < _FEW:
        yield "few"
    if words > _MANY:
        yield "many"
    yield from dict.fromkeys(f"c:{rule.category}" for rule in findings)
    yield from dict.fromkeys(f"r:{rule.id}" for rule in (*findings, *types))
    yield from dict.fromkeys(f"t:{rule.type}" for rule in types)


def signs(text: bytes, findings: Sequence[CategoryRule], types: Sequence[TypeRule]) -> dict[str, float]:
    """Return every sign of a text with how much it counts, as weights are learned from."""
    words = [word for word, _ in _tokens(text)]
    counted = dict.fromkeys(word_signs(words), _scale(len(words)))
    return {**counted, **dict.fromkeys(rule_signs(len(words), findings, types), 1.0)}


def _tokens(text: bytes) -> list[tuple[str, Span]]:
    found = _TOKEN.finditer(text.decode("latin-1"))
    return [(match[0], match.span()) for match, _ in zip(found, range(_MOST), strict=False)]


def _scale(words: int) -> float:
    return _WORDS_WEIGH / math.sqrt(max(words, 1))


def _of_word(word: str) -> Iterator[str]:
    yield f"w:{word}"
    if len(word) > _STEM:
        yield f"p:{word[:_STEM]}"
    if len(word) > _LONG_STEM:
        yield f"p:{word[:_LONG_STEM]}"
        yield f"s:{word[-_ENDING:]}"


def _sums(weights: Weights, words: Sequence[str], others: Iterator[str], scale: float) -> list[float]:
    none = tuple([0] * len(weights.bias))
    known = weights.signs
    said = [row for sign in words if (row := known.get(sign))] or [none]
    found = [weights.bias, *(row for sign in others if (row := known.get(sign)))]
    by_words, by_rules = (map(sum, zip(*rows, strict=True)) for rows in (said, found))
    return [(scale * word + rule) / UNIT for word, rule in zip(by_words, by_rules, strict=True)]


def _shares(sums: Sequence[float]) -> list[float]:
    highest = max(sums)
    powers = [math.exp(each - highest) for each in sums]
    total = sum(powers)
    return [power / total for power in powers]


def _strongest(weights: Weights, tokens: Sequence[tuple[str, Span]], category: str) -> Span:
    at = weights.categories.index(category)
    return max(tokens, key=lambda token: sum(weights.signs[s][at] for s in _of_word(token[0]) if s in weights.signs))[1]

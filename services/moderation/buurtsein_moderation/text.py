"""Normalisation: what rules match is lower-case ASCII, and every byte of it knows its character in the original."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from buurtsein_text.folding import DROPPED, fold
from buurtsein_text.linear import ExpressionSet, Span

_STRETCHED = re.compile(rb"([a-vx-z])\1{2,}|w{4,}|\x7f+")

_MAYBE_STRETCHED = b"|".join([b"\\x7f", b"wwww", *(bytes([c]) * 3 for c in range(ord("a"), ord("z") + 1) if c != 0x77)])


_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc]+")
_VOWEL_MARKS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in the two forms that moderation reads.

    `written` is the original, `folded` has one ASCII byte for every character, case kept; `text` is lower case with
    stretched letters squeezed.
    `offsets` has the original position of every byte of `text`, or is None where they are the same.
    """

    written: str
    folded: bytes
    text: bytes
    offsets: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> Span:
        """Return the characters of the original that `text[start:end]` (not empty) stands for."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def place(self, at: int) -> int:
        """Return where in `text` the first character of the original from `at` on stands."""
        return at if self.offsets is None else bisect_left(self.offsets, at)


def normalise(text: str) -> Normalised:
    """Return `text` as rules match it; linear in its length."""
    folded = fold(text)
    lower = folded.lower()
    if not _probe().present(lower):
        return Normalised(text, folded, lower)
    return _squeeze(text, folded, lower)


def words_of_other_scripts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a script other than Latin stands in a text, and the word without marks for vowels."""
    for word in _OTHER_SCRIPT.finditer(text):
        yield word.start(), word.end(), _VOWEL_MARKS.sub("", word[0]).lower()


def _squeeze(written: str, folded: bytes, lower: bytes) -> Normalised:
    kept: list[int] = []
    done = 0
    for stretch in _STRETCHED.finditer(lower):
        kept.extend(range(done, stretch.start() + (lower[stretch.start()] != DROPPED)))
        done = stretch.end()
    kept.extend(range(done, len(lower)))
    return Normalised(written, folded, bytes([lower[at] for at in kept]), tuple(kept))


@cache
def _probe() -> ExpressionSet:
    return ExpressionSet([_MAYBE_STRETCHED])

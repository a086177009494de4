"""Slips of the keyboard: two letters in the wrong order, or one left out."""

from collections.abc import Iterator
from typing import Final

_SWAPPED: Final = 4
_DROPPED: Final = 6


def slips(word: str) -> Iterator[str]:
    """Yield `word` with two neighbouring letters swapped (from 4 letters) or one but the first left out (from 6).

    Slips and omissions are the commonest errors of one letter (Damerau, 1964); shorter words would become other words.
    """
    if len(word) >= _SWAPPED:
        for at in range(len(word) - 1):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) >= _DROPPED:
        for at in range(1, len(word)):
            yield word[:at] + word[at + 1 :]

"""Phrases as plain strings in the line of words: `*` is the rest of a word, or a word when it stands alone."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from buurtsein_text.linear import Span

LEFT: Final = 1
RIGHT: Final = 2

_STARS: Final = re.compile(r"\*+")
_OUTER: Final = re.compile(r"^(?:\*(?: |$))+|(?: \*)+$")

_WORD_LIMIT: Final = 40
"""Letters of a word that a `*` may stand for: bounds the work, no word is longer."""


class Glob(NamedTuple):
    """A phrase: `key` is the string that is looked for, `rest` what follows after each further `*`.

    `before` comes before it, with a `*` after each; `edges` says whether the words at its edges may go on: `LEFT`,
    `RIGHT`, both or neither.
    """

    key: str
    before: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    edges: int = 0


def trimmed(phrase: str) -> str:
    """Return a phrase of words and `*` between single spaces without stars that say nothing; all of them may."""
    return _OUTER.sub("", _STARS.sub("*", phrase)) if "*" in phrase else phrase


def glob(phrase: str) -> Glob:
    """Return a trimmed phrase, which must not be empty, as a `Glob`."""
    edges = LEFT * phrase.startswith("*") | RIGHT * phrase.endswith("*")
    padded = ("" if edges & LEFT else " ") + phrase.strip("*") + ("" if edges & RIGHT else " ")
    pieces = tuple(padded.split("*"))
    at = _longest(pieces) if all(piece[0] == piece[-1] == " " for piece in pieces) else 0
    return Glob(pieces[at], pieces[:at], pieces[at + 1 :], edges)


def covered(
    line: str, start: int, end: int, edges: int, before: Sequence[str] = (), rest: Iterable[str] = ()
) -> Span | None:
    """Return the whole words of `line` that a phrase covers whose key stands from `start` to `end`, if it does."""
    for chunk in reversed(before):
        start = _before(line, start, chunk)
        if start < 0:
            return None
    for chunk in rest:
        end = _after(line, end, chunk)
        if end < 0:
            return None
    start = line.rfind(" ", 0, start) + 1 if edges & LEFT else start + 1
    end = line.find(" ", end) if edges & RIGHT else end - 1
    return start, end


def _longest(pieces: Sequence[str]) -> int:
    """Return which piece is the longest, and so the rarest; only whole words are found backwards, too."""
    return max(range(len(pieces)), key=lambda at: len(pieces[at]))


def _before(line: str, at: int, chunk: str) -> int:
    """Return where `chunk`, of whole words, begins when it comes before the word before `at`, or -1."""
    end = line.rfind(" ", max(0, at - _WORD_LIMIT), at) + 1
    begin = end - len(chunk)
    return begin if end and begin >= 0 and line.startswith(chunk, begin) else -1


def _after(line: str, at: int, chunk: str) -> int:
    """Return where `chunk` ends when it comes next in the word at `at`, or -1."""
    word_end = line.find(" ", at, at + _WORD_LIMIT)
    if word_end < 0:
        return -1
    tail = chunk.find(" ")
    if tail < 0:
        found = line.find(chunk, at, word_end)
        return found + len(chunk) if found >= 0 else -1
    begin = word_end - tail
    return begin + len(chunk) if begin >= at and line.startswith(chunk, begin) else -1

"""Phrases as plain strings in the line of words: `*` is the rest of a word, or a word when it stands alone."""

from typing import Final, NamedTuple

from buurtsein_moderation.linear import Span

_WORD_LIMIT: Final = 40
"""Letters of a word that a `*` may stand for: bounds the work, no word is longer."""


class Glob(NamedTuple):
    """A phrase: `key` is the string that is looked for, `rest` what follows after each further `*`.

    `before` comes before it, with a `*` after each; `open_left` and `open_right` say that the words at its edges may
    go on.
    """

    key: str
    rest: tuple[str, ...] = ()
    open_left: bool = False
    open_right: bool = False
    before: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it has a `*`."""
        return bool(self.rest or self.before) or self.open_left or self.open_right

    @property
    def pieces(self) -> tuple[str, ...]:
        """What stands around each `*`."""
        return (*self.before, self.key, *self.rest)

    @property
    def word(self) -> str:
        """The one word that the phrase is, or nothing when it is more, or a part of one."""
        bare = self.key.strip()
        return bare if not self.is_open and " " not in bare else ""

    @property
    def in_one_word(self) -> bool:
        """Whether it covers a single word."""
        return " " not in "*".join(self.pieces).strip()

    def span(self, line: str, end: int) -> Span | None:
        """Return the whole words of `line` that the phrase covers when its key ends before `end`, if it does."""
        start = end - len(self.key)
        for chunk in reversed(self.before):
            start = _before(line, start, chunk)
            if start < 0:
                return None
        for chunk in self.rest:
            end = _after(line, end, chunk)
            if end < 0:
                return None
        start = line.rfind(" ", 0, start) + 1 if self.open_left else start + 1
        end = line.find(" ", end) if self.open_right else end - 1
        return start, end


def glob(phrase: str) -> Glob | None:
    """Return a phrase of words and `*` between single spaces as a `Glob`, or None when nothing is left of it."""
    if "*" not in phrase:
        return Glob(f" {phrase} ") if phrase else None
    if not phrase.strip("* "):
        return None
    phrase = _trimmed(phrase)
    open_left, open_right = phrase.startswith("*"), phrase.endswith("*")
    padded = ("" if open_left else " ") + phrase.strip("*") + ("" if open_right else " ")
    pieces = tuple(filter(None, padded.split("*")))
    at = _longest(pieces) if all(piece[0] == piece[-1] == " " for piece in pieces) else 0
    return Glob(pieces[at], pieces[at + 1 :], open_left, open_right, pieces[:at])


def _trimmed(phrase: str) -> str:
    words = phrase.split()
    while words[0].strip("*") == "":
        del words[0]
    while words[-1].strip("*") == "":
        del words[-1]
    return " ".join(words)


def _longest(pieces: tuple[str, ...]) -> int:
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

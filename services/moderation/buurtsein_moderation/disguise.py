"""Undoes what hides a word from rules: digits and signs for letters, letters apart, hyphens, stretched letters; emoji.

Only where a word comes out that some rule knows; what was written otherwise stays as it is, such as plates and times.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from typing import Final, NamedTuple, Protocol

from buurtsein_moderation.text import Normalised, words_of_other_scripts
from buurtsein_text.folding import FOREIGN, OTHER
from buurtsein_text.linear import Expression, Span

EXPRESSIONS: Final = (
    rb"[a-z]['a-z]*(?:[0-9@$]|[!|*+]+[a-z])[a-z0-9@$!|*+']*",
    rb"\b[0-9@$!]{1,2}[a-z]['a-z0-9@$!|*+]{2,}",
    rb"[@$][a-z]['a-z0-9@$!|*+]{2,}",
    rb"\b[a-z]+(?:[-_][a-z]+)+\b",
    rb"\b[a-z](?:[ .*_-]{1,3}[a-z]){2,}\b",
    OTHER.encode(),
    FOREIGN.encode(),
)
"""What calls for a closer look."""

_EMOJI: Final = len(EXPRESSIONS) - 2
_FOREIGN: Final = len(EXPRESSIONS) - 1
_LETTERS: Final = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "li", "+": "t",
}  # fmt: skip
_HIDDEN: Final = ("a", "e", "i", "o", "u", "")
_LONGEST: Final = 40
_TRIES: Final = 36
_CANDIDATES: Final = 300
"""How many suspicious words of a message are looked at: bounds the work that a hostile message can ask for."""


class Plain(NamedTuple):
    """A word that was disguised, in plain letters, and the bytes of the normalised text that it was written with."""

    start: int
    end: int
    word: str


class Vocabulary(Protocol):
    """What rules know."""

    emoji: frozenset[str]

    def __contains__(self, word: str) -> bool:
        """Return whether some phrase is this word, without any `*`."""

    def known(self, word: str, parts: Sequence[str] = ()) -> bool:
        """Return whether some phrase stands for all of `word` that stands for none of its `parts`."""


class Disguises:
    """Undoes disguises of words that a vocabulary knows."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._expressions = tuple(map(Expression, EXPRESSIONS[:_EMOJI]))

    def undone(self, message: Normalised, present: Sequence[int]) -> list[Plain]:
        """Return what is disguised in a message, in plain letters, from left to right.

        `present` are the numbers of those `EXPRESSIONS` that match somewhere in it.
        """
        if not present and message.offsets is None:
            return []
        found = [one for at in present if at < _EMOJI for one in self._revealed(self._expressions[at], message)]
        if _EMOJI in present:
            found += self._emoji(message)
        if _FOREIGN in present:
            found += self._of_other_scripts(message)
        if message.offsets is not None:
            found += self._stretched(message.text, message.offsets)
        return sorted(found) if found else found

    def _revealed(self, expression: Expression, message: Normalised) -> Iterator[Plain]:
        for start, end in islice(expression.spans(message.text), _CANDIDATES):
            written = message.text[start:end].decode("ascii").rstrip("!|*+'")
            if not written.isalpha() and len(written) <= _LONGEST and (word := self._plain(written)):
                yield Plain(start, start + len(written), word)

    def _plain(self, written: str) -> str | None:
        """Return the first word that rules know of those that `written` may stand for."""
        bare = written.replace("'", "")
        joined = bare.translate(_PARTING)
        if joined.isalpha() and _apart(bare):
            return joined if self._vocabulary.known(joined, bare.translate(_SPACING).split()) else None
        readings = map("".join, product(*map(_readings, bare)))
        return next((word for word in islice(readings, _TRIES) if self._vocabulary.known(word)), None)

    def _emoji(self, message: Normalised) -> Iterator[Plain]:
        known = self._vocabulary.emoji
        if known.isdisjoint(message.written):
            return
        for match in islice(_OTHERS.finditer(message.text), _CANDIDATES):
            at = match.start()
            written = message.written[message.original(at, at + 1)[0]]
            if written in known:
                yield Plain(at, at + 1, written)

    def _of_other_scripts(self, message: Normalised) -> Iterator[Plain]:
        for start, end, word in islice(words_of_other_scripts(message.written), _CANDIDATES):
            if word in self._vocabulary:
                yield Plain(message.place(start), message.place(end), word)

    def _stretched(self, text: bytes, offsets: Sequence[int]) -> Iterator[Plain]:
        """Yield words that rules know when some of their stretched letters are read twice instead of once."""
        jumps = (at for at in range(len(offsets) - 1) if offsets[at + 1] - offsets[at] > 1)
        for at in islice(jumps, _CANDIDATES):
            start, end = _word_around(text, at)
            word = text[start:end].decode("ascii")
            if len(word) > _LONGEST or word in self._vocabulary:
                continue
            places = [place - start for place in range(start, end - 1) if offsets[place + 1] - offsets[place] > 1]
            doubled = next((one for one in _doubled(word, places[:4]) if self._vocabulary.known(one)), None)
            if doubled:
                yield Plain(start, end, doubled)


_OTHERS: Final = re.compile(re.escape(OTHER.encode()))
_PARTING: Final = str.maketrans("", "", " .*_-")
_SPACING: Final = str.maketrans(".*_-", "    ")


def _apart(written: str) -> bool:
    """Return whether a word was written in parts, with a mark other than a star or a star after every letter."""
    return not written.replace("*", "").isalpha() or written[1::2].strip("*") == ""


def _readings(char: str) -> Sequence[str]:
    return _HIDDEN if char == "*" else _LETTERS.get(char, char)


def _doubled(word: str, at: Sequence[int]) -> Iterator[str]:
    """Yield `word` with the letters at some of these places twice, most of them first."""
    for count in range(len(at), 0, -1):
        for places in combinations(at, count):
            yield "".join(char * 2 if place in places else char for place, char in enumerate(word))


def _word_around(text: bytes, at: int) -> Span:
    start = end = at
    while start > max(0, at - _LONGEST) and text[start - 1 : start].isalpha():
        start -= 1
    while end < min(len(text), at + _LONGEST) and text[end : end + 1].isalpha():
        end += 1
    return start, end

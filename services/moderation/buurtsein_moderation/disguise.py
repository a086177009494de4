"""Undoes what hides a word from rules: digits and signs for letters, letters apart, hyphens, stretched letters; emoji.

Only where a word comes out that some rule knows; what was written otherwise stays as it is, such as plates and times.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from typing import Final, Protocol

from buurtsein_moderation.linear import Expression
from buurtsein_moderation.text import OTHER, Normalised
from buurtsein_moderation.words import Token, tokens

EXPRESSIONS: Final = (
    rb"[a-z]['a-z]*(?:[0-9@$]|[!|*+]+[a-z])[a-z0-9@$!|*+']*",
    rb"\b[0-9@$!]{1,2}[a-z]['a-z0-9@$!|*+]{2,}",
    rb"[@$][a-z]['a-z0-9@$!|*+]{2,}",
    rb"\b[a-z]+(?:[-_][a-z]+)+\b",
    rb"\b[a-z](?:[ .*_-]{1,3}[a-z]){2,}\b",
    OTHER.encode(),
)
"""What calls for a closer look."""

_EMOJI: Final = len(EXPRESSIONS) - 1
_LETTERS: Final = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "li", "+": "t",
}  # fmt: skip
_HIDDEN: Final = ("a", "e", "i", "o", "u", "")
_LONGEST: Final = 40
_TRIES: Final = 36
_CANDIDATES: Final = 300
"""How many suspicious words of a message are looked at: bounds the work that a hostile message can ask for."""


class Vocabulary(Protocol):
    """What rules know."""

    emoji: frozenset[str]

    def known(self, word: str, parts: Sequence[str] = ()) -> bool:
        """Return whether some phrase stands for all of `word` that stands for none of its `parts`."""


class Disguises:
    """Undoes disguises of words that a vocabulary knows."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._expressions = tuple(map(Expression, EXPRESSIONS[:_EMOJI]))

    def undone(self, message: Normalised, marks: bytes, present: Sequence[int]) -> list[Token] | None:
        """Return the tokens of a message in plain words, or None when nothing is disguised.

        `present` are the numbers of those `EXPRESSIONS` that match somewhere in it.
        """
        if not present and message.offsets is None:
            return None
        found = [token for at in present if at != _EMOJI for token in self._revealed(self._expressions[at], message)]
        if _EMOJI in present:
            found += self._emoji(message)
        read = tokens(marks)
        if message.offsets is not None:
            found += self._stretched(read, message.offsets)
        return _replaced(read, found) if found else None

    def _revealed(self, expression: Expression, message: Normalised) -> Iterator[Token]:
        for start, end in islice(expression.spans(message.text), _CANDIDATES):
            written = message.text[start:end].decode("ascii").rstrip("!|*+'")
            if not written.isalpha() and len(written) <= _LONGEST and (word := self._plain(written)):
                yield Token(word, start, start + len(written))

    def _plain(self, written: str) -> str | None:
        """Return the first word that rules know of those that `written` may stand for."""
        bare = written.replace("'", "")
        joined = bare.translate(_PARTING)
        if joined.isalpha() and _apart(bare):
            return joined if self._vocabulary.known(joined, bare.translate(_SPACING).split()) else None
        readings = map("".join, product(*map(_readings, bare)))
        return next((word for word in islice(readings, _TRIES) if self._vocabulary.known(word)), None)

    def _emoji(self, message: Normalised) -> Iterator[Token]:
        known = self._vocabulary.emoji
        if known.isdisjoint(message.written):
            return
        for at in (at for at, byte in enumerate(message.text) if byte == ord(OTHER)):
            written = message.written[message.original(at, at + 1)[0]]
            if written in known:
                yield Token(written, at, at + 1)

    def _stretched(self, read: Sequence[Token], offsets: Sequence[int]) -> Iterator[Token]:
        stretched = (
            token for token in read if offsets[token.end - 1] - offsets[token.start] >= token.end - token.start
        )
        for token in islice(stretched, _CANDIDATES):
            if len(token.word) == token.end - token.start and not self._vocabulary.known(token.word):
                jumps = [
                    at
                    for at in range(len(token.word) - 1)
                    if offsets[token.start + at + 1] - offsets[token.start + at] > 1
                ]
                word = next((one for one in _doubled(token.word, jumps[:4]) if self._vocabulary.known(one)), None)
                if word:
                    yield Token(word, token.start, token.end)


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


def _replaced(read: Sequence[Token], found: Sequence[Token]) -> list[Token]:
    """Return the tokens that were read with those found in the place of what they cover."""
    result: list[Token] = []
    rest = iter(read)
    token = next(rest, None)
    done = 0
    for one in sorted(found, key=lambda token: (token.start, -token.end)):
        if one.start < done:
            continue
        while token and token.end <= one.start:
            result.append(token)
            token = next(rest, None)
        while token and token.start < one.end:
            token = next(rest, None)
        result.append(one)
        done = one.end
    if token:
        result.append(token)
    return [*result, *rest]

"""The words of a text with what stands between them, as the recognition of names reads them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, overload

_WORD: Final = re.compile(rb"[A-Za-z\x7f]+(?:['-][A-Za-z\x7f]+)*")
_POSSESSIVE: Final = (b"'s", b"'S")
_CONTINUING: Final = frozenset(
    {b" ", b", ", b",", b" & ", b"/", b" / ", b"  ", b"'", b"-", b" - ", b" '", b' "', b"@", b" @", b"'s "}
)
SHOUTED: Final = 0.6
"""From this share of capital letters on, capitals say nothing about a word."""


class Token(NamedTuple):
    """One word: where it is, how it is written, and the characters between it and the word before."""

    start: int
    end: int
    word: bytes
    lower: bytes
    gap: bytes
    capital: bool
    opens: bool


class Tokens(Sequence[Token]):
    """The words of a text; each is looked at when it is asked for, since most never are."""

    def __init__(self, folded: bytes) -> None:
        self._folded = folded
        self._found = list(_WORD.finditer(folded))
        self._shouted = _is_shouted(folded)
        self._read: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        token = self._read.get(at)
        if token is None:
            token = self._read[at] = self._token(at)
        return token

    def raw(self) -> Iterator[tuple[int, bytes]]:
        """Yield the words as they are written, with their numbers."""
        return ((at, match[0]) for at, match in enumerate(self._found))

    def word(self, at: int) -> bytes:
        """Return one word as it is written; nothing behind the last."""
        return self._found[at][0] if at < len(self._found) else b""

    def _end(self, at: int) -> int:
        word = self._found[at]
        return word.end() - 2 * (word[0].endswith(_POSSESSIVE) and len(word[0]) > 2)

    def _token(self, at: int) -> Token:
        start = self._found[at].start()
        gap = self._folded[self._end(at - 1) if at else 0 : start]
        end = self._end(at)
        word = self._folded[start:end]
        word = word.replace(b"\x7f", b"")
        lower = word.lower()
        capital = word != lower and not self._shouted and word[:1].isupper() and (len(word) == 1 or not word.isupper())
        return Token(start, end, word, lower, gap, capital, at == 0 or gap not in _CONTINUING)


def _is_shouted(folded: bytes) -> bool:
    upper = len(folded) - len(folded.translate(None, _UPPER))
    lower = len(folded) - len(folded.translate(None, _UPPER.lower()))
    return upper > 3 and upper > SHOUTED * (upper + lower)


_UPPER: Final = bytes(range(0x41, 0x5B))

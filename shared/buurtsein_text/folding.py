"""Folding: every character becomes one ASCII byte, so that offsets in what is folded are those of the original."""

import re
import unicodedata
from typing import Final

DROPPED = 0x7F
"""Stands for characters that are there to be seen through: combining marks, zero-width spaces, soft hyphens."""

FOREIGN = "\x18"
"""Stands for a letter of another script."""

OTHER = "\x1a"
"""Stands for characters that no ASCII character looks like, such as emoji."""

_LOOKALIKES = {
    **dict(zip("аеорсухкмтнвіјѕԁһ", "aeopcyxkmthvijsdh", strict=True)),
    **dict(zip("АЕОРСУХКМТНВІЈЅ", "AEOPCYXKMTHBIJS", strict=True)),
    **dict(zip("αβεικνορτυχΑΒΕΗΙΚΜΝΟΡΤΥΧ", "abeiknoptuxABEHIKMNOPTYX", strict=True)),
    **dict(zip("øØłŁđĐıæÆœŒßþÞ", "oOlLdDiaAoOspP", strict=True)),
    **dict(zip("‘’‚‛′´`“”„«»″‐‑‒–—−…€£·•", "'''''''\"\"\"\"\"\"------.$$..", strict=True)),
}
_FOLDED = (range(0x80, 0x3000), range(0xFB00, 0x10000), range(0x1D400, 0x1D800))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> bytes:
    """Return one ASCII byte for every character: the letter below the accent, the Latin letter that it looks like."""
    if text.isascii():
        return text.encode()
    return _BEYOND_ASCII.sub(lambda run: run[0].translate(_TABLE), text).encode("ascii")


class _Table(dict[int, int]):
    """The byte for each character, found when it first occurs; only those with a counterpart are remembered."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        if any(code in codes for codes in _FOLDED) and (byte := _ascii(char)) != ord(OTHER):
            self[code] = byte
            return byte
        return ord(FOREIGN if char.isalpha() else OTHER)


_TABLE: Final = _Table({ord(mark): ord(ascii_mark) for mark, ascii_mark in _LOOKALIKES.items()})


def _ascii(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return DROPPED
    if (digit := unicodedata.decimal(char, None)) is not None:
        return ord(str(digit))
    if unicodedata.category(char) == "Zs":
        return 0x20
    base = unicodedata.normalize("NFKD", char)[0]
    return ord(base) if base.isascii() and base.isprintable() else ord(OTHER)

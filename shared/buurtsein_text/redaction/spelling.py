"""First names spelled otherwise (Jozefien, Mohammet, Stefen): those with the same key sound much the same."""

import re
from functools import lru_cache
from typing import Final

SHORTEST: Final = 6
"""From this length on a word in no list is believed to be a name by its sound; shorter ones sound like anything."""

_SOUNDS: Final = {
    b"sch": b"s", b"sj": b"s", b"sh": b"s", b"ph": b"f", b"th": b"t", b"ck": b"k", b"ch": b"k", b"kh": b"k",
    b"gh": b"g", b"dh": b"d", b"ij": b"i", b"ei": b"i", b"ey": b"i", b"ie": b"i", b"ee": b"i", b"ou": b"u",
    b"oe": b"u", b"oo": b"o", b"uu": b"u", b"aa": b"a", b"ae": b"e", b"ce": b"se", b"ci": b"si", b"cy": b"si",
    b"x": b"ks",
}  # fmt: skip
_SOUND: Final = re.compile(b"|".join(_SOUNDS))
_LETTERS: Final = bytes.maketrans(b"qyjczwv", b"kiiksuf")
_DOUBLED: Final = re.compile(rb"(.)\1+")


@lru_cache(maxsize=4096)
def key(word: bytes) -> bytes:
    """Return what a word in small letters sounds like, so that spellings of one name have the same key."""
    sounds = _SOUND.sub(lambda sound: _SOUNDS[sound[0]], word)
    return _DOUBLED.sub(rb"\1", sounds.translate(_LETTERS, b"h"))

"""The word lists of the package: one list a file, words apart by white space, what it is behind a #."""

from functools import cache
from pathlib import Path
from typing import Final

WORDS: Final = Path(__file__).parent.parent / "words"
"""The lists that come with the package."""


@cache
def words(name: str) -> frozenset[bytes]:
    """Return the list of that name, read once; raises `FileNotFoundError` when there is none."""
    return read(name)


def read(name: str) -> frozenset[bytes]:
    """Return the list of that name, for whom keeps it; raises `FileNotFoundError` when there is none."""
    lines = (WORDS / f"{name}.txt").read_bytes().splitlines()
    return frozenset(word for line in lines if not line.startswith(b"#") for word in line.split())


def alternatives(name: str) -> str:
    """Return the words of a list as the alternatives of an expression, longest first."""
    return "|".join(sorted((word.decode() for word in words(name)), key=lambda word: (-len(word), word)))

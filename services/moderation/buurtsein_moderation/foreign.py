"""Whether a message is in another language than Dutch or English, by its commonest words.

Frisian, dialects and the language of the street are Dutch here: what they share with other languages tells nothing.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from buurtsein_moderation.language import COMMON
from buurtsein_moderation.phrases import canonical
from buurtsein_moderation.scanning import Scan
from buurtsein_moderation.text import Normalised, words_of_other_scripts
from buurtsein_text.folding import FOREIGN

_FEWEST: Final = 2
"""How many words of another language it takes."""

_ENOUGH: Final = (5, 3)
"""How many words a message must have of which nothing is known, or only one word of another language."""

_HERE: Final = "Dutch"


class _Language(NamedTuple):
    """Words that are of no other language than this one, and those that are of Dutch or English as well."""

    own: frozenset[str]
    shared: frozenset[str]


def is_foreign(scan: Scan) -> bool:
    """Return whether a message is in another language, or in another script.

    Its commonest words tell: more are of one other language than of Dutch and English. One of them will do, or none,
    in a message of which no word is common here and few, or none, are known to any rule.
    """
    if _in_another_script(scan.reading.message):
        return True
    words = set(scan.reading.words)
    own, here = _own().intersection(words), _here().intersection(words)
    if len(own) < _FEWEST and here:
        return False
    language = max(_languages(), key=lambda one: len(own & one.own))
    said, left = len(own & language.own), len(here - language.shared)
    if said >= _FEWEST:
        return said > left
    return not left and _is_unknown(scan, said)


def _is_unknown(scan: Scan, said: int) -> bool:
    read = dict(zip(scan.reading.words, scan.words, strict=True))
    words = [what for word, what in read.items() if len(word) > 1 and word.isalpha()]
    few = len(words) // 2 if said else 0
    return len(words) >= _ENOUGH[said] and sum(bool(what.classes) for what in words) <= few


def _in_another_script(message: Normalised) -> bool:
    if FOREIGN.encode() not in message.text:
        return False
    letters = sum(map(str.isalpha, message.written))
    return 2 * sum(end - start for start, end, _ in words_of_other_scripts(message.written)) > letters


@cache
def _languages() -> tuple[_Language, ...]:
    return tuple(_Language(words - _here(), words & _here()) for name, words in _listed() if name != _HERE)


@cache
def _here() -> frozenset[str]:
    words = COMMON.union(*(words for name, words in _listed() if name == _HERE))
    return frozenset(word for word in words if len(word) > 1)


@cache
def _own() -> frozenset[str]:
    return frozenset[str]().union(*(language.own for language in _languages()))


def _listed() -> Iterator[tuple[str, frozenset[str]]]:
    text = (files("buurtsein_moderation") / "wordforms" / "foreign.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            name, *words = line.split()
            yield name, frozenset(map(canonical, words))

"""What a text is about: groups of words, found whatever the capitals and accents."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

LONGEST_PHRASE = 6
"""Words of a phrase in a group of words."""

Value = TypeVar("Value")

_ACCENT = re.compile(r"[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_TOKEN = re.compile(r"\w+")
_ONE_WORD = re.compile(r"\*?\w+\*?")
_REMEMBERED = 16_384
_COMMON_WORDS = """
    achter alle alles been bent daar deze door doet drie eens eigen even gaan gaat geen haar hebben heeft helemaal hier
    iemand iets jullie kunnen komt langs maar meer mensen mijn moet naar niet niets onder onze over toen twee vanaf voor
    vooral waar waren want weer welke werd wordt worden zegt zelf zien zijn zonder zich gebeld bellen politie
    about again along also been from have here into just near next over some someone still than that their them then
    there these they this very were what when where which with your called police
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def normalised(text: str) -> str:
    """Return `text` in lower case, without accents and with plain apostrophes and single spaces."""
    plain = text.casefold()
    if not plain.isascii():
        plain = _ACCENT.sub("", unicodedata.normalize("NFKD", plain.replace("’", "'").replace("‘", "'")))
    return " ".join(plain.split())


def content_words(text: str) -> frozenset[str]:
    """Return the words of `text` that carry meaning: four letters or more, and not among the commonest."""
    return frozenset(_WORD.findall(normalised(text))) - _COMMON


def alike(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of marks that two sets of them have in common (Jaccard), 0 when both are empty."""
    return len(one & other) / (len(one | other) or 1)


class WordGroups:
    """Groups of words and phrases; `*` at an end of a word stands for any further letters.

    A text is gone through once, whatever the number of groups: residents use the same words over and over, so which
    groups a word belongs to is remembered.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        entries = [(group, normalised(entry)) for group, words in groups.items() for entry in words]
        single = [(group, entry) for group, entry in entries if _ONE_WORD.fullmatch(entry)]
        self._exact = _by_key((entry, group) for group, entry in single if "*" not in entry)
        self._starred = tuple((_starred([entry]), group) for group, entry in single if "*" in entry)
        self._any_starred = _starred(entry for _, entry in single if "*" in entry)
        self._phrases = _by_key(_phrase(group, entry) for group, entry in entries if not _ONE_WORD.fullmatch(entry))
        self._groups_of = lru_cache(maxsize=_REMEMBERED)(self._groups_of_word)

    def spoken(self, plain: str) -> dict[str, tuple[str, ...]]:
        """Return the groups that the normalised text `plain` speaks of, each with the words found."""
        found: dict[str, dict[str, None]] = {}
        words = _TOKEN.findall(plain)
        for place, word in enumerate(words):
            for group in self._groups_of(word):
                found.setdefault(group, {})[word] = None
            for group, phrase in self._phrases.get(word, ()):
                if said := phrase.match(" ".join(words[place : place + LONGEST_PHRASE])):
                    found.setdefault(group, {})[said[0]] = None
        return {group: tuple(each) for group, each in found.items()}

    def _groups_of_word(self, word: str) -> tuple[str, ...]:
        groups = list(self._exact.get(word, ()))
        if self._any_starred.fullmatch(word):
            groups += [group for pattern, group in self._starred if pattern.fullmatch(word)]
        return tuple(dict.fromkeys(groups))


def _by_key(pairs: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    result: dict[str, list[Value]] = {}
    for key, value in pairs:
        result.setdefault(key, []).append(value)
    return result


def _starred(entries: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in entries) or r"(?!)")


def _phrase(group: str, entry: str) -> tuple[str, tuple[str, re.Pattern[str]]]:
    words = _TOKEN.findall(entry)
    end = r"\w*" if entry.endswith("*") else r"\b"
    return words[0], (group, re.compile(" ".join(words) + end))

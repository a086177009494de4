"""What a text is about: groups of words, found whatever the capitals and accents."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_ACCENT = re.compile(r"[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
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
    """Groups of words and phrases, each compiled once; `*` at an end of a word stands for any further letters."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._patterns = {name: _compiled(words) for name, words in groups.items()}

    def found(self, group: str, plain: str) -> tuple[str, ...]:
        """Return the words of `group` in the normalised text `plain`, each once."""
        return tuple(dict.fromkeys(self._patterns[group].findall(plain)))

    def holds(self, group: str, plain: str) -> bool:
        """Return whether the normalised text `plain` has a word of `group`."""
        return self._patterns[group].search(plain) is not None


def _compiled(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(_pattern, words)))})\b")


def _pattern(word: str) -> str:
    before, after = (r"\w*" if word.startswith("*") else ""), (r"\w*" if word.endswith("*") else "")
    return before + re.escape(normalised(word.strip("*"))).replace(r"\ ", r"\s+") + after

"""What each word, phrase and pattern is to rules and scales: looked up once and remembered, which changes no answer."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from buurtsein_moderation.calling import Ways
from buurtsein_moderation.lexicon import Lexicon
from buurtsein_moderation.scanning import Known, mask_of
from buurtsein_moderation.weighing import Scales

_REMEMBERED: Final = 1 << 14
"""Words of which is remembered what they are; then it begins anew."""

_LONGEST: Final = 40
"""Letters of a word that is remembered; no word is longer, but what somebody sends to fill the memory may be."""


class Memory:
    """What words, phrases and patterns are, by their letters, their group and their number."""

    def __init__(self, lexicon: Lexicon, ways: Ways, scales: Scales | None) -> None:
        self._lexicon = lexicon
        self._ways = ways
        self._scales = scales
        self.words = _Words(self._word)
        self.phrase = cache(self._phrase)
        self.pattern = cache(self._pattern)
        self._shared = lru_cache(_REMEMBERED)(self._of_classes)

    def _word(self, word: str) -> Known:
        classes = self._lexicon.word(word)
        return Known(
            *self._shared(classes), self._scales.word(word, self._lexicon.lists(classes)) if self._scales else 0
        )

    def _phrase(self, group: int) -> Known:
        classes = frozenset(self._lexicon.groups[group])
        return Known(*self._shared(classes), self._scales.lists(self._lexicon.lists(classes)) if self._scales else 0)

    def _pattern(self, number: int) -> Known:
        pattern = frozenset({~number})
        return Known(frozenset(), 0, self._ways.called(pattern), self._lexicon.links(pattern), 0)

    def _of_classes(self, classes: frozenset[int]) -> tuple[frozenset[int], int, frozenset[int], frozenset[int]]:
        """Return what words of the same classes share, so that it is kept once."""
        return classes, mask_of(classes), self._ways.called(classes), self._lexicon.links(classes)


class _Words(dict[str, Known]):
    """What each word is, looked up when it is first asked for."""

    def __init__(self, look_up: Callable[[str], Known]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> Known:
        known = self._look_up(word)
        if len(word) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = known
        return known

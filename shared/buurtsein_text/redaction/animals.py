"""The names of animals, which stay: `mijn kat Biscuit`, `Max, onze hond`, `luistert naar de naam Pip`."""

from typing import Final

from buurtsein_text.redaction.tokens import Tokens
from buurtsein_text.redaction.words import words

_OWNERS: Final = frozenset(b"zijn haar z'n d'r zn dr s van his her je jouw your jullie hun their".split())
_THEIR_OWN: Final = frozenset(b"jouw jullie uw uwen your".split())
"""Whose animal it is knows its name, so a name behind it is that of the owner."""

_NAMES: Final = frozenset({b"naam", b"namen", b"name", b"names"})
_SEEN: Final = frozenset({b"gezien", b"seen"})
_LOOKED_FOR: Final = frozenset(b"seen onze our missing vermist lost kwijt penning tag collar halsband chip".split())
_ARTICLES: Final = frozenset(b"een de het mijn onze ons our my the a an".split())


class Animals:
    """Which names of one text belong to animals."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        kinds = words("animals")
        self._at = [at for at, word in tokens.raw() if word.lower() in kinds and not self._accompanies(at)]
        self._kinds = frozenset(self._at)
        self._lost = bool(self._at) and any(word.lower() in words("lost") for _, word in tokens.raw())
        self._is_asked_for = any(self._asks_for_name(at) for at in self._at)
        self._named: set[bytes] = set()

    def named(self, start: int, stop: int) -> bool:
        """Tell whether the words from `start` to `stop` name an animal; once they do, they always do."""
        if not self._at:
            return False
        word = self._tokens[start].lower
        if word in self._named or self._behind(start) or self._before(stop) or self._is_lost(start, stop):
            self._named.add(word)
            return True
        return False

    def _accompanies(self, at: int) -> bool:
        """`politie zoekt met honden`: the animal of somebody else."""
        lead = [self._tokens[before].lower for before in range(max(0, at - 2), at)]
        return b"met" in lead or b"with" in lead

    def _asks_for_name(self, at: int) -> bool:
        """`een leuke naam voor onze nieuwe pup`."""
        return not _NAMES.isdisjoint(token.lower for token in self._tokens[max(0, at - 5) : at])

    def _behind(self, start: int) -> bool:
        """`hond Max`, `kat genaamd Max`, `hij luistert naar de naam Max`; not `jouw hond, Max`."""
        if start - 1 in self._kinds and not self._tokens[start].gap.strip(b" :'\"("):
            return start < 2 or self._tokens[start - 2].lower not in _THEIR_OWN
        lead = [token.lower for token in self._tokens[max(0, start - 3) : start]]
        near = any(start - 14 <= at < start for at in self._at)
        return near and (not words("animal-naming").isdisjoint(lead) or self._is_asked_for)

    def _before(self, stop: int) -> bool:
        """`Max, onze hond`, `Max is een rode kater`, `Pip de papegaai`; not `Kees zijn hond`, `Anja, de hond blaft`."""
        if stop >= len(self._tokens) or (gap := self._tokens[stop].gap).strip(b" ,("):
            return False
        first = self._tokens[stop].lower
        if first in {b"is", b"was"} and stop + 1 < len(self._tokens):
            stop, first = stop + 1, self._tokens[stop + 1].lower
        if stop in self._kinds:
            return gap != b", "
        if first not in _ARTICLES or (first in {b"de", b"the", b"het"} and b"," in gap):
            return False
        return not self._kinds.isdisjoint(range(stop + 1, stop + 5)) and not any(
            token.gap.strip(b" ") for token in self._tokens[stop + 1 : stop + 2]
        )

    def _is_lost(self, start: int, stop: int) -> bool:
        """`Max is weggelopen` in a text about an animal."""
        if not self._lost:
            return False
        behind = {token.lower for token in self._tokens[stop : stop + 4]}
        lead = {token.lower for token in self._tokens[max(0, start - 2) : start]}
        gone = not behind.isdisjoint(words("lost") - _SEEN) and behind.isdisjoint(_OWNERS)
        return gone or not lead.isdisjoint(_LOOKED_FOR)

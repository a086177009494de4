"""What bears the name of a person and is none: streets, schools, shops, makes, animals."""

import re
from itertools import pairwise
from typing import Final

from buurtsein_text.redaction.animals import Animals
from buurtsein_text.redaction.grammar import Grammar

_WITHIN: Final = frozenset(b"van de der den ter ten te 't t vd v d la le el von di da du".split())
"""What may stand between the names after which a place is called."""


class Others:
    """The look around a name in one text for what else it may be the name of."""

    def __init__(self, text: Grammar) -> None:
        self._text = text
        self._lists = text.lists
        self._animals: Animals | None = None

    def own(self, start: int, stop: int) -> bool:
        """Tell whether the words from `start` to `stop` name something else than a person."""
        return self._is_place(start, stop) or self._is_thing(start, stop) or self._is_animal(start, stop)

    def _is_animal(self, start: int, stop: int) -> bool:
        if self._is_genitive(start):
            return False
        if self._animals is None:
            self._animals = Animals(self._text.tokens)
        return self._animals.named(start, stop)

    def _is_genitive(self, start: int) -> bool:
        """`Willemijns kat` is the cat of a person."""
        word = self._text.tokens[start].lower
        return word not in self._lists.first and word[-1:] == b"s" and word[:-1] in self._lists.common

    def _is_place(self, start: int, stop: int) -> bool:
        """Tell whether a street, a school or a shop is called after this person."""
        if start and self._text.tokens[start].gap in {b" ", b"-"} and self._is_called_after(start):
            return True
        written = self._text.tokens[start].capital
        for at in range(stop, min(stop + 4, len(self._text.tokens))):
            token = self._text.tokens[at]
            if token.lower in self._lists.businesses and (token.gap == b"'s " or (token.gap == b" " and token.capital)):
                return True
            if token.gap not in {b" ", b"-", b" & "}:
                return False
            generic = at > stop and (written or self._text.tokens[at - 1].lower in {b"de", b"het"})
            if self._text.is_site(token) and (token.capital or not generic):
                return re.match(rb" \d", self._text.folded[token.end :][:2]) is None
            if not token.capital and token.lower not in _WITHIN and token.lower not in self._lists.first:
                return False
        return False

    def _is_called_after(self, start: int) -> bool:
        earlier = self._text.tokens[start - 1].lower
        if earlier in {b"de", b"het", b"the", b"t", b"bij"} and start > 1:
            earlier = self._text.tokens[start - 2].lower
        return earlier in self._lists.places

    def _is_thing(self, start: int, stop: int) -> bool:
        token, earlier = self._text.tokens[start], self._text.tokens[start - 1] if start else None
        following = (
            self._text.tokens[stop].lower if self._text.gap(stop) == b" " and stop < len(self._text.tokens) else b""
        )
        product = following in self._lists.products and token.lower in self._lists.first
        if product or self._is_famous(start, stop):
            return True
        if earlier is None or token.gap not in {b" ", b"-"}:
            return False
        pointed = earlier.lower == b"het" and start > 1 and self._text.tokens[start - 2].lower in {b"is", b"was"}
        articled = earlier.lower in {b"de", b"het", b"een", b"the", b"a", b"an"} and stop - start == 1 and not pointed
        return earlier.lower in self._lists.vehicles or (articled and token.lower in self._lists.first)

    def _is_famous(self, start: int, stop: int) -> bool:
        words = [token.lower for token in self._text.tokens[max(0, start - 1) : stop + 2]]
        pairs = {b"_".join(pair) for pair in pairwise(words)}
        name = b"_".join(token.lower for token in self._text.tokens[start:stop])
        return name in self._lists.famous or not pairs.isdisjoint(self._lists.famous)

"""What bears the name of a person and is none: streets, schools, shops, makes, animals."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

from buurtsein_text.redaction.animals import Animals
from buurtsein_text.redaction.grammar import Grammar
from buurtsein_text.redaction.words import words

_POSSESSIVES: Final = frozenset(b"mijn m'n mn jouw je uw onze zijn haar my your our his her their".split())
"""Behind these a place has no name: `get off my bridge Colin`."""

_TOWARDS: Final = frozenset(b"in from to near around outside via off towards through between uit naar in bij".split())
_NO_SITES: Final = frozenset(b"weg dag feest prijs bos huis loop close way house".split())
"""What is rather said of a person than a place, in small letters right behind a name: `Lia weg?`."""

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
        other = self._is_place(start, stop) or self._is_town(start, stop) or self._is_thing(start, stop)
        return other or self._is_helper(start) or self._is_animal(start, stop)

    def _is_helper(self, start: int) -> bool:
        """`wie wil zaterdag Piet spelen voor de sint`."""
        return self._text.tokens[start].lower == b"piet" and self._is_sinterklaas

    @cached_property
    def _is_sinterklaas(self) -> bool:
        return any(word.lower() in words("sinterklaas") for _, word in self._text.tokens.raw())

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

    def _is_town(self, start: int, stop: int) -> bool:
        """`a day in Whitby`, and not `Constable Whitby`."""
        token = self._text.tokens[start]
        if stop - start > 1 or token.lower not in words("towns"):
            return False
        surname = token.opens and token.lower not in self._lists.first
        return surname or (start > 0 and self._text.tokens[start - 1].lower in _TOWARDS)

    def _is_place(self, start: int, stop: int) -> bool:
        """Tell whether a street, a school or a shop is called after this person."""
        if start and self._text.tokens[start].gap in {b" ", b"-"} and self._is_called_after(start):
            return True
        return any(self._is_named_after(start, stop, at) for at in self._behind(stop))

    def _behind(self, stop: int) -> Iterator[int]:
        """Yield the words behind a name that may say what is called after it, as far as they belong to it."""
        for at in range(stop, min(stop + 4, len(self._text.tokens))):
            token = self._text.tokens[at]
            yield at
            if token.gap not in {b" ", b"-", b" & "}:
                return
            if not token.capital and token.lower not in _WITHIN and token.lower not in self._lists.first:
                return

    def _is_named_after(self, start: int, stop: int, at: int) -> bool:
        """Tell whether the word at `at` is a shop, a street or a school that has the name from `start` to `stop`."""
        token, before = self._text.tokens[at], self._text.tokens[at - 1].lower
        if token.gap == b"'s ":
            return token.lower in self._lists.businesses or (token.capital and self._text.is_site(token))
        if token.gap == b" " and token.capital and token.lower in self._lists.businesses:
            return True
        if token.gap not in {b" ", b"-", b" & "} or not self._text.is_site(token):
            return False
        generic = at > stop and (self._text.tokens[start].capital or before in {b"de", b"het"})
        adverb = at == stop and token.word in _NO_SITES
        numbered = re.match(rb" \d", self._text.folded[token.end :][:2]) is not None
        return (token.capital or not (generic or adverb)) and not numbered and not self._comes_from(start, stop, at)

    def _comes_from(self, start: int, stop: int, at: int) -> bool:
        """`Samir van de Kerkstraat` is somebody; `in de Willem van de Veldestraat` is a street."""
        lead = [token.lower for token in self._text.tokens[stop:at]]
        pointed = start > 0 and self._text.tokens[start - 1].lower in {b"de", b"het", b"the", b"hoek"}
        return lead in ([b"van", b"de"], [b"van", b"het"], [b"from", b"the"]) and not pointed

    def _is_called_after(self, start: int) -> bool:
        earlier = self._text.tokens[start - 1].lower
        if (earlier in {b"de", b"het", b"the", b"t"} or self._text.tokens[start - 1].word == b"Bij") and start > 1:
            earlier = self._text.tokens[start - 2].lower
            start -= 1
        called = earlier in self._lists.places
        return called and not (start > 1 and self._text.tokens[start - 2].lower in _POSSESSIVES)

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
        named = token.lower in self._lists.first or earlier.lower in {b"de", b"het"}
        return earlier.lower in self._lists.vehicles or (articled and named)

    def _is_famous(self, start: int, stop: int) -> bool:
        near = [token.lower for token in self._text.tokens[max(0, start - 1) : stop + 2]]
        name = [token.lower for token in self._text.tokens[start:stop]]
        phrases = [*pairwise(near), *zip(near, near[1:], near[2:], strict=False), name]
        return any(b"_".join(phrase) in self._lists.famous for phrase in phrases)

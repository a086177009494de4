"""Names of people: known names, and words that a title, a relation or a turn of phrase makes a name.

Most names are in the word lists. Those that are ordinary words too (Roos, Mark, Will) need a capital in the middle of a
sentence or something before them that names people; words in no list need that in any case. Streets, shops and schools
that are called after people stay, as do the names of animals.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from buurtsein_moderation.linear import Expression, Span
from buurtsein_moderation.redaction.frames import framed
from buurtsein_moderation.redaction.grammar import Grammar
from buurtsein_moderation.redaction.lexicon import lexicon
from buurtsein_moderation.redaction.others import Others
from buurtsein_moderation.redaction.words import words

_ANNOUNCED: Final = (
    r"(?i:\b(?:{frames})\b)[.,:]* +[A-Z]|\b[A-Z]\. ?(?:[A-Z]\. ?)*(?:[a-z']{{1,4}} ){{0,2}}[A-Z][a-z]"
    r"|\b(?:[Vv]an (?:de[rn]?|'t) |[Vv]\.?d\.? |Van |Ter |Ten |El |Te )[A-Z][a-z]|\b[Dd]e (?:{prefixed})\b"
    r"|(?i:\b(?:{relations}) +(?:{ambiguous})\b|\b(?:{titles})[.]? +(?:(?:{prefixes}) ){{0,2}}(?:{wordy})\b)"
    r"|(?i:\b(?:naam|name)(?: is|:| was)|\bnaam van) +[A-Z]"
)
_SEPARATOR: Final = bytes(at if chr(at).isalpha() and at < 0x80 else 0x20 for at in range(256))


def find(folded: bytes) -> Iterator[Span]:
    """Yield where names of people are, from left to right without overlap."""
    lists = lexicon()
    if (
        lists.telling.isdisjoint(folded.translate(_SEPARATOR, b"\x7f").split())
        and next(_announced().spans(folded), None) is None
    ):
        return
    yield from _Reader(Grammar(folded, lists)).spans()


@cache
def _announced() -> Expression:
    lists = lexicon()
    return Expression(
        _ANNOUNCED.format(
            frames=_alternatives(lists.framing),
            prefixed=_alternatives(word.capitalize() for word in lists.prefixed),
            relations=_alternatives(lists.relations),
            ambiguous=_alternatives(lists.ambiguous - lists.unlikely),
            titles=_alternatives(lists.titles),
            prefixes=_alternatives(lists.prefixes),
            wordy=_alternatives((lists.wordy_surnames | lists.prefixed) - lists.public),
        ).encode()
    )


def _alternatives(some: Iterable[bytes]) -> str:
    return "|".join(sorted(word.decode() for word in some))


class _Reader:
    """One text, read word by word."""

    def __init__(self, text: Grammar) -> None:
        self.text = text
        self.others = Others(text)

    def spans(self) -> Iterator[Span]:
        """Yield the names, and the same words elsewhere in the text."""
        found = dict(self._read())
        again = {
            token.word
            for start, stop in found.items()
            for token in self.text.tokens[start:stop]
            if token.capital and len(token.word) > 2 and token.lower not in self.text.lists.prefixes
        }
        done = 0
        for at, word in self.text.tokens.raw() if found else ():
            if at in found:
                done = found[at]
                yield self.text.tokens[at].start, self.text.tokens[done - 1].end
            elif at < done:
                continue
            elif not word.islower() and self._is_again(at, again):
                yield self.text.tokens[at].start, self.text.tokens[at].end

    def _is_again(self, at: int, names: set[bytes]) -> bool:
        return self.text.tokens[at].word in names and not self.others.own(at, at + 1)

    def _read(self) -> Iterator[Span]:
        done = 0
        for at, word in self.text.tokens.raw():
            if at < done or not self._may_begin(at, word):
                continue
            start, stop = self._name_at(at)
            if stop and not self.others.own(start, stop):
                yield start, stop
            done = stop

    def _may_begin(self, at: int, word: bytes) -> bool:
        """Tell quickly whether a word is worth a look; most are not."""
        if word.islower():
            if word in self.text.lists.prefixes:
                return any(not self.text.tokens.word(at + ahead).islower() for ahead in (1, 2))
            return word in self.text.lists.starting
        lower = word.lower()
        return lower in self.text.lists.capitalised or len(word) == 1 or b"-" in word or lower.endswith(b"s")

    def _name_at(self, at: int) -> Span:
        token = self.text.tokens[at]
        if token.lower in self.text.lists.framing and (announced := framed(self.text, at)):
            return announced
        return at, self.text.initials(at) or self._known(at) or self._prefixed(at) or self._surname_alone(at)

    def _known(self, at: int) -> int:
        token = self.text.tokens[at]
        if self.text.is_first(token) or (
            token.capital and token.lower in self.text.lists.ambiguous and self._is_meant(at)
        ):
            return self.text.more(at + 1)
        return 0

    def _is_meant(self, at: int) -> bool:
        """Tell whether a capitalised word that may be a name is one: not because a sentence begins with it."""
        token = self.text.tokens[at]
        if token.opens:
            last = at == len(self.text.tokens) - 1 and at > 0 and not self.text.folded[token.end :].strip(b" .!\n")
            signed = last and token.gap.strip(b" ") in {b"\n", b"-", b",\n", b".\n", b"\n-"}
            following = self.text.tokens[at + 1].lower if at + 1 < len(self.text.tokens) else b""
            does = self.text.gap(at + 1) == b" " and following in words("personal-verbs")
            return signed or does or (self.text.gap(at + 1) == b", " and following in words("addressing"))
        earlier = self.text.tokens[at - 1]
        titled = (
            earlier.capital
            and not earlier.opens
            and earlier.lower not in self.text.lists.first
            and len(earlier.word) > 1
        )
        return not titled and token.lower not in self.text.lists.public

    def _prefixed(self, at: int) -> int:
        """`Van Dongen`, `van der Meer`, `de Vries`."""
        token = self.text.tokens[at]
        if token.lower not in self.text.lists.prefixes:
            return 0
        stop = self.text.after_prefixes(at)
        if stop >= len(self.text.tokens) or not self.text.tokens[stop].capital or not self.text.close(stop, {b" "}):
            return 0
        last = self.text.tokens[stop]
        wordy = last.lower in self.text.lists.public or self.text.is_site(last) or len(last.word) < 3
        if wordy or (at and self.text.tokens[at - 1].lower in self.text.lists.places):
            return 0
        several = stop - at > 1 and self.text.tokens[stop - 1].lower in {b"der", b"den", b"t"}
        written = token.capital and not token.opens and token.lower not in {b"de", b"het", b"la", b"le", b"op", b"t"}
        known = last.lower in self.text.lists.prefixed and token.lower in {b"de", b"ter", b"ten"} and stop - at == 1
        return stop + 1 if several or written or known else 0

    def _surname_alone(self, at: int) -> int:
        token = self.text.tokens[at]
        if not token.capital or token.lower not in self.text.lists.surnames or token.opens:
            return 0
        return at + 1 if self._is_meant(at) else 0

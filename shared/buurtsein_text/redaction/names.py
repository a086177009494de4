"""Names of people: known names, and words that a title, a relation or a turn of phrase makes a name.

Most names are in the word lists. Those that are ordinary words too (Roos, Mark, Will) need a capital in the middle of a
sentence or something before them that names people; words in no list need that in any case. Streets, shops and schools
that are called after people stay, as do the names of animals.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from buurtsein_text.linear import Expression, Span
from buurtsein_text.redaction.beside import beside
from buurtsein_text.redaction.frames import framed
from buurtsein_text.redaction.grammar import Grammar
from buurtsein_text.redaction.lexicon import Lexicon, lexicon
from buurtsein_text.redaction.meant import (
    ASKED,
    AUXILIARIES,
    BEFORE_ONE,
    SAYING,
    capital_is_meant,
    small_is_meant,
)
from buurtsein_text.redaction.others import Others
from buurtsein_text.redaction.spelling import SHORTEST, key
from buurtsein_text.redaction.words import words

_ANNOUNCED: Final = (
    r"(?i:\b(?:{frames})\b)[.,:]* +[A-Z]|\b[A-Z]\. ?(?:[A-Z]\. ?)*(?:[a-z']{{1,4}} ){{0,2}}[A-Z][a-z]"
    r"|\b(?:[Vv]an (?:de[rn]?|'t) |[Vv]\.?d\.? |Van |Ter |Ten |El |Te )[A-Z][a-z]|\b[Dd]e (?:{prefixed})\b"
    r"|\b(?:is|was|That's|that's|It's|it's) [A-Z][a-z]+ (?:who|from|here|hier|speaking)\b|\n[A-Z][a-z]+[.!]?\s*$"
    r"|(?i:\b(?:{kin}) (?:van|of)\b) [A-Z]"
    r"|(?i:\b(?:{relations}) +(?:{ambiguous})\b|\b(?:{titles})[.]? +(?:(?:{prefixes}) ){{0,2}}(?:{wordy})\b)"
    r"|\b(?:O'|Mc|Fitz)[A-Z][a-z]|\b[A-Z][a-z]+(?:{endings})\b|\b[Tt]he [A-Z][a-z]+s\b"
    r"|\b(?:van (?:der|den)|v\.?d\.?) [a-z]"
    r"|\b(?:{before}) (?:{ambiguous})\b|\b(?:{ambiguous}) (?:en|and) (?:{ambiguous})\b"
    r"|\b(?:{ambiguous}) (?:{saying}|z'n|d'r|van|de|den|der|ter|ten|from|op|at)\b"
    r"|\b(?:{ambiguous}) \(\d|\b(?:{ambiguous})'s [a-z]|\b(?:{asked}) (?:{ambiguous})\b|\b(?:{AMBIGUOUS})\b"
    r"|(?i:\b(?:naam|name)(?: is|:| was)|\bnaam van) +[A-Z]"
)
_POINTING: Final = frozenset({b"is", b"was", b"that", b"it"})
_POINTED: Final = frozenset({b"who", b"from", b"here", b"hier", b"speaking"})
_JOINED: Final = frozenset({b"der", b"den", b"d"})
_ARTICLES: Final = frozenset(b"de het la le op t".split())
_PLACING: Final = frozenset(b"op aan in langs over naar rond onder uit tot om richting ter door hoek".split())
"""Behind these `de Brink` is a place."""

ANNOUNCED: Final = 0
CAPITALS: Final = 1
_SEPARATOR: Final = bytes(at if chr(at).isalpha() and at < 0x80 else 0x20 for at in range(256))
_LOWER: Final = _SEPARATOR.lower()


def find(folded: bytes, *, announced: bool, capitals: bool) -> Iterator[Span]:
    """Yield where names of people are, from left to right without overlap.

    `announced` and `capitals` say whether those of the `expressions` match somewhere.
    """
    lists = lexicon()
    if not (announced or _tells(folded, lists) or (capitals and _sounds(folded))):
        return
    yield from _Reader(Grammar(folded, lists)).spans()


def _tells(folded: bytes, lists: Lexicon) -> bool:
    if lists.every.isdisjoint(folded.translate(_LOWER, b"\x7f").split()):
        return False
    return any(map(lists.tells, folded.translate(_SEPARATOR, b"\x7f").split()))


def _sounds(folded: bytes) -> bool:
    return any(_is_sounding(folded[start:end]) for start, end in _capitals().spans(folded))


@lru_cache(maxsize=4096)
def _is_sounding(some: bytes) -> bool:
    """Tell whether the capitalised one of two words sounds like a name."""
    lists = lexicon()
    capitals = (word.lower() for word in some.split() if len(word) >= SHORTEST and word[:1].isupper())
    return any(
        word not in lists.public and (key(word) in lists.sounding or key(word) in lists.sounding_surnames)
        for word in capitals
    )


@cache
def _capitals() -> Expression:
    return Expression(expressions()[CAPITALS].encode())


@cache
def expressions() -> tuple[str, str]:
    """Return what makes a text worth reading for names beside the words that it has, by `ANNOUNCED` and `CAPITALS`.

    A name may be announced; and a word may sound like one that has a capital in a sentence, or opens it and does what
    people do.
    """
    lists = lexicon()
    announced = _ANNOUNCED.format(
        frames=_alternatives(lists.framing),
        prefixed=_alternatives(word.capitalize() for word in lists.prefixed),
        relations=_alternatives(lists.relations | lists.naming | lists.greetings),
        kin=_alternatives(words("kin")),
        ambiguous=_alternatives(lists.ambiguous - lists.unlikely),
        titles=_alternatives(lists.titles),
        prefixes=_alternatives(lists.prefixes),
        asked=_alternatives(ASKED),
        AMBIGUOUS=_alternatives(word.upper() for word in lists.ambiguous - lists.unlikely),
        endings=_alternatives(lists.surname_endings),
        before=_alternatives(BEFORE_ONE),
        saying=_alternatives(SAYING),
        wordy=_alternatives((lists.wordy_surnames | lists.prefixed) - lists.public),
    )
    doing = _alternatives(words("personal-verbs") | AUXILIARIES)
    return announced, rf"[a-z,] [A-Z][a-z\x7f]{{5,}}\b|\b[A-Z][a-z\x7f]{{5,}} (?:{doing})\b"


def _alternatives(some: Iterable[bytes]) -> str:
    return "|".join(sorted(word.decode() for word in some))


class _Reader:
    """One text, read word by word."""

    def __init__(self, text: Grammar) -> None:
        self.text = text
        self.others = Others(text)

    def spans(self) -> Iterator[Span]:
        """Yield the names, and the same words elsewhere in the text."""
        found = self._with_others(dict(self._read()))
        again = {
            token.word
            for start, stop in found.items()
            for token in self.text.tokens[start:stop]
            if token.capital and len(token.word) > 2 and token.lower not in self.text.lists.prefixes
        }
        done = 0
        for at, word in self.text.tokens.raw() if found else ():
            if at in found:
                done = max(done, found[at])
                yield self.text.tokens[at].start, self.text.tokens[done - 1].end
            elif at < done:
                continue
            elif not word.islower() and self._is_again(at, again):
                yield self.text.tokens[at].start, self.text.tokens[at].end

    def _with_others(self, found: dict[int, int]) -> dict[int, int]:
        every: dict[int, int] = {}
        for start, stop in found.items():
            for first, last in beside(self.text, start, stop):
                if start == first or not self.others.own(first, last):
                    every[first] = max(last, every.get(first, 0))
        return every

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
            word = word.removesuffix(b"'s")
            if word in self.text.lists.prefixes:
                ahead = self.text.tokens.word(at + 1)
                return ahead in _JOINED or any(not self.text.tokens.word(at + to).islower() for to in (1, 2))
            lists = self.text.lists
            return word in lists.framing or (word in lists.every and lists.starts(word))
        lower = word.lower()
        if at == len(self.text.tokens) - 1 or self.text.tokens.word(at + 1) in _POINTED:
            return True
        if len(word) == 1 or b"-" in word or lower.endswith(b"s") or self._is_listed(lower):
            return True
        return len(word) >= SHORTEST and _is_sounding(word)

    def _is_listed(self, lower: bytes) -> bool:
        lists = self.text.lists
        return lower in lists.framing or lower in lists.prefixes or lists.is_name(lower)

    def _name_at(self, at: int) -> Span:
        token = self.text.tokens[at]
        if token.lower in self.text.lists.framing and (announced := framed(self.text, at)):
            return announced
        stop = self.text.initials(at) or self._known(at) or self._prefixed(at) or self._surname_alone(at)
        return at, stop or (at + 1 if self._is_shown(at) else 0)

    def _is_shown(self, at: int) -> bool:
        """Tell whether a word in no list stands where only names stand: `It was Shaz who rang`, the last line."""
        text, token = self.text, self.text.tokens[at]
        if not at or not text.may_be_unknown(token):
            return False
        if at == len(text.tokens) - 1 and token.gap[:1] == b"\n":
            return True
        follows = text.tokens.word(at + 1).lower() if text.gap(at + 1) == b" " else b""
        return text.tokens[at - 1].lower in _POINTING and token.gap in {b" ", b"'s "} and follows in _POINTED

    def _known(self, at: int) -> int:
        text, token = self.text, self.text.tokens[at]
        if text.is_first(token):
            return text.more(at + 1)
        may_be = token.lower in text.lists.ambiguous or token.lower in text.lists.rare or text.is_variant(token)
        meant = capital_is_meant(text, at) if token.capital else small_is_meant(text, at)
        return text.more(at + 1) if may_be and meant else 0

    def _prefixed(self, at: int) -> int:
        """`Van Dongen`, `van der Meer`, `de Vries`."""
        text, token = self.text, self.text.tokens[at]
        if token.lower not in text.lists.prefixes:
            return 0
        stop = text.after_prefixes(at)
        if stop >= len(text.tokens) or not text.close(stop, {b" ", b". "}):
            return 0
        last = text.tokens[stop]
        wordy = last.lower in text.lists.public or text.is_site(last) or len(last.word) < 3
        if wordy or (at and text.tokens[at - 1].lower in text.lists.places):
            return 0
        return stop + 1 if self._is_prefix(at, stop) else 0

    def _is_prefix(self, at: int, stop: int) -> bool:
        """Tell whether the words from `at` to `stop` stand before a surname, and not for a place or as an article."""
        text, token, last = self.text, self.text.tokens[at], self.text.tokens[stop]
        several = token.lower == b"vd" or (
            stop - at > 1 and text.tokens[stop - 1].lower in {b"der", b"den", b"t", b"d"}
        )
        if len(token.word) == 1 and not several:
            return False
        known = last.lower in text.lists.prefixed or last.lower in text.lists.wordy_surnames or text.is_surname(last)
        if not last.capital:
            return several and known
        if several or (token.capital and not token.opens and token.lower not in _ARTICLES):
            return True
        if token.opens and token.lower == b"van":
            return token.capital and self._goes_on_as_surname(stop, known=known)
        if token.lower == b"de" and at and text.tokens[at - 1].lower in _PLACING:
            return False
        return last.lower in text.lists.prefixed and token.lower in {b"de", b"ter", b"ten"} and stop - at == 1

    def _goes_on_as_surname(self, stop: int, *, known: bool) -> bool:
        """Tell whether `Van Dongen` begins a sentence as somebody's name: it is a surname, or does what people do."""
        following = self.text.tokens.word(stop + 1)
        does = following in words("personal-verbs") and self.text.gap(stop + 1) == b" "
        return (known or does) and not following[:1].isupper()

    def _surname_alone(self, at: int) -> int:
        text, token = self.text, self.text.tokens[at]
        if not text.is_surname(token):
            return at + 1 if self._is_family(at) else 0
        if not token.capital:
            return at + 1 if small_is_meant(text, at) else 0
        if not token.opens:
            return at + 1 if capital_is_meant(text, at) else 0
        following = text.tokens[at + 1] if at + 1 < len(text.tokens) and text.gap(at + 1) == b" " else None
        return at + 1 if following is None or not text.may_be_unknown(following) else 0

    def _is_family(self, at: int) -> bool:
        """`the Hendersons`."""
        token = self.text.tokens[at]
        family = token.capital and token.gap == b" " and token.lower[-1:] == b"s"
        base = token.lower[:-1]
        known = base in self.text.lists.surnames or base in self.text.lists.rare
        return family and known and self.text.tokens[at - 1].lower == b"the"

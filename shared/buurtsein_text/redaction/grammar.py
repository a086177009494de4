"""How a name is built: initials, first names, prefixes, surname; and how far it goes."""

import re
from functools import cache
from typing import Final

from buurtsein_text.redaction.lexicon import Lexicon
from buurtsein_text.redaction.spelling import SHORTEST, key
from buurtsein_text.redaction.tokens import Token, Tokens
from buurtsein_text.redaction.words import words

_BY_FORM: Final = re.compile(rb"(?:O'|Mc|Fitz)[A-Z][a-z]{2}")
_SURE_PREFIXES: Final = frozenset(b"van de den der ter ten vd v el al von di da bin".split())
_BEFORE_INITIALS: Final = frozenset(b"van door bij met by from ene heet heette called named".split())
_ARTICLED: Final = frozenset({b"van", b"de", b"het", b"t"})
_WHERE: Final = frozenset({b"in", b"op", b"aan"})
_CLOSE: Final = frozenset({b" ", b". ", b".", b": ", b" :", b"./", b"/", b"  "})


@cache
def _abouts() -> tuple[frozenset[bytes], ...]:
    """Return the words for where somebody is from: `Sjaan van de bloemen`, `mevrouw van de hoek`."""
    return tuple(words(name) for name in ("whereabouts", "venues", "businesses", "numbered-things", "lettered-things"))


class Grammar:
    """One text as names are read in it; a name is given by the numbers of its first word and of the one behind it."""

    def __init__(self, folded: bytes, lists: Lexicon) -> None:
        self.folded = folded
        self.lists = lists
        self.tokens = Tokens(folded)

    def initials(self, at: int, *, sure: bool = False) -> int:
        """`J.P. de Wit`; one letter may also be the end of a sentence (portiek C. Graag ...)."""
        stop = at
        while stop < len(self.tokens) - 1 and self._is_initial(stop):
            stop += 1
        if stop == at or self.tokens[stop].gap not in {b".", b". "}:
            return 0
        earlier = self.tokens[at - 1].lower if at else b""
        if earlier in words("lettered-things"):
            return 0
        signed = stop == len(self.tokens) - 1 and at > 0
        set_off = self.tokens[at].gap.strip(b" ") in {b"'", b'"', b"("} or earlier in _BEFORE_INITIALS
        sure = sure or signed or stop - at > 1 or set_off
        last = self.tokens.word(self.after_prefixes(stop))
        long = len(last) > (3 if last == self.tokens.word(stop) else 2)
        return self.surname(stop, unknown=sure and long, loose=True)

    def _is_initial(self, at: int) -> bool:
        token = self.tokens[at]
        return token.capital and len(token.word) == 1 and self.gap(at + 1) in {b".", b". "}

    def is_first(self, token: Token) -> bool:
        """Tell whether a word is a first name wherever it stands: Henk, Jan-Willem, Henks."""
        lists = self.lists
        if token.lower in lists.common:
            return True
        base = token.lower[:-1] if token.lower[-1:] == b"s" else b""
        if not token.capital:
            return lists.is_long(base)
        if b"-" in token.lower:
            return all(part in lists.first for part in token.lower.split(b"-"))
        owner = lists.is_owner(token.lower, opens=token.opens) and token.lower not in lists.public
        return token.lower in lists.rare or owner

    def _may_be(self, token: Token) -> bool:
        return token.capital or token.lower not in self.lists.unlikely

    def full(self, at: int, *, titled: bool, unknown: bool) -> int:
        """Return where the name that begins at `at` ends, or 0."""
        token = self.tokens[at]
        if stop := self.initials(at, sure=unknown):
            return stop
        if token.lower in self.lists.titles and self.close(at + 1):
            return self.full(at + 1, titled=True, unknown=True)
        small_initial = titled and len(token.word) == 1 and self.gap(at + 1) in {b".", b". "}
        if small_initial and (stop := self.surname(at + 1, unknown=False, loose=True)):
            return stop
        lone = token.capital and len(token.word) == 1 and self.gap(at + 1)[:1] in {b".", b"", b","}
        if lone:
            return at + 1
        if self.is_first(token) or (token.lower in self.lists.ambiguous and self._may_be(token)):
            return self.more(at + 1)
        stop = self.surname(at, unknown=unknown, loose=titled)
        return self.more(stop) if stop and unknown else stop

    def more(self, at: int) -> int:
        """Return where the surname behind a first name ends, which may also have none."""
        stop = at
        for _ in range(3):
            if stop >= len(self.tokens) or self.tokens[stop].gap not in {b" ", b" '"}:
                break
            token = self.tokens[stop]
            if token.gap == b" '" and token.lower != b"t":
                break
            if token.capital and len(token.word) == 1 and self.gap(stop + 1)[:1] == b".":
                return self.surname(stop + 1, unknown=True, loose=True) or stop + 1
            if self.is_first(token) or (token.capital and token.lower in self.lists.ambiguous):
                stop += 1
                continue
            return self._another(self.surname(stop, unknown=True, loose=False)) or stop
        return stop

    def _another(self, stop: int) -> int:
        """`Gurpreet Singh Gill`, `Maria Gomez Silva`: one more surname behind the first, which ends at `stop`."""
        if not stop or stop >= len(self.tokens) or self.tokens[stop].gap != b" ":
            return stop
        token = self.tokens[stop]
        known = self.is_surname(token) or token.lower in self.lists.wordy_surnames
        return stop + 1 if token.capital and known and not self._is_no_surname(stop, stop) else stop

    def surname(self, at: int, *, unknown: bool, loose: bool) -> int:
        """Return where a surname with its prefixes ends, or 0; `loose` believes known ones in small letters."""
        stop = self.after_prefixes(at)
        if stop >= len(self.tokens) or (stop > at and self.tokens[stop].gap not in {b" ", b". ", b"'"}):
            return 0
        token = self.tokens[stop]
        if stop > at and token.capital and len(token.word) == 1 and self.gap(stop + 1)[:1] == b".":
            return stop + 1
        if self._is_no_surname(at, stop):
            return 0
        known = self.is_surname(token) or any(part in self.lists.wordy_surnames for part in token.lower.split(b"-"))
        if not known and stop > at:
            known = token.lower.split(b"-")[0] in self.lists.prefixed
        if token.capital:
            return self._doubled(stop) if (known or unknown) and len(token.word) > 1 else 0
        prefixed = stop > at and self.tokens[at].lower in _SURE_PREFIXES
        if prefixed and self.tokens[at].lower == b"de" and stop == at + 1:
            prefixed = token.lower in self.lists.prefixed
        return stop + 1 if known and (loose or prefixed or token.lower in self.lists.surnames) else 0

    def _is_no_surname(self, at: int, stop: int) -> bool:
        """Tell whether the word at `stop`, with the prefixes from `at` on, is something else or leads to a place."""
        token = self.tokens[stop]
        if token.lower in self.lists.public or self.is_site(token) or token.word.startswith(b"I'"):
            return True
        if stop > at and self.tokens[at].lower in _WHERE:
            return not self._is_named_by_place(at, stop)
        articled = stop > at and self.tokens[stop - 1].word in _ARTICLED
        return articled and not token.capital and any(token.lower in some for some in _abouts())

    def _is_named_by_place(self, at: int, stop: int) -> bool:
        """`mevrouw Op den Kamp`, `in 't Veld`; not `mevrouw op leeftijd`, `mijn tante in Assen`."""
        token, last = self.tokens[at], self.tokens[stop]
        articled = stop > at + 1 and self.tokens[at + 1].word in {b"de", b"den", b"der", b"t"}
        known = last.lower in self.lists.prefixed or last.lower in self.lists.wordy_surnames or self.is_surname(last)
        return last.capital and articled and (token.capital or known)

    def _doubled(self, at: int) -> int:
        """`Jansen-de Wit`: a hyphen and a prefix lead to one more surname."""
        if self.tokens[at].lower.rpartition(b"-")[2] in self.lists.prefixes and b"-" in self.tokens[at].lower:
            return self.surname(at + 1, unknown=True, loose=False) or at + 1
        return at + 1

    def after_prefixes(self, at: int) -> int:
        """Return where `van der` and the like end, at most three words."""
        stop = at
        while stop < min(at + 3, len(self.tokens)) and self.tokens[stop].lower in self.lists.prefixes:
            if stop > at and self.tokens[stop].gap not in {b" ", b".", b"/", b" '"}:
                break
            stop += 1
        return stop

    def is_surname(self, token: Token) -> bool:
        """Tell whether a word is a surname and nothing else: Terpstra, O'Brien, Bosma-Verhagen, Nowicki."""
        lists = self.lists
        if token.lower in lists.public:
            return False
        if any(part in lists.surnames for part in token.lower.split(b"-")) or self._sounds_like_surname(token):
            return True
        return token.capital and (
            _BY_FORM.match(token.word) is not None
            or (len(token.word) > 6 and token.lower.endswith(lists.surname_endings))
        )

    def _sounds_like_surname(self, token: Token) -> bool:
        sounds = len(token.word) > SHORTEST and key(token.lower) in self.lists.sounding_surnames
        return sounds and not token.opens and self.may_be_unknown(token)

    def may_be_unknown(self, token: Token) -> bool:
        """Tell whether a capitalised word may be a name in no list: no shop, place, product or make."""
        lists = self.lists
        other = (lists.public, lists.places, lists.products, lists.vehicles, lists.prefixes, lists.framing)
        return (
            token.capital
            and len(token.word) > 2
            and token.word[1:].islower()
            and not any(token.lower in words for words in other)
            and not self.is_site(token)
        )

    def is_variant(self, token: Token) -> bool:
        """Tell whether a capitalised word in no list sounds like a first name: Jozefien, Mohammet."""
        return len(token.word) >= SHORTEST and key(token.lower) in self.lists.sounding and self.may_be_unknown(token)

    def is_site(self, token: Token) -> bool:
        """Tell whether a word ends like the name of a street, a school or a building."""
        if token.lower in self.lists.sites:
            return token.lower not in self.lists.prefixed and (token.capital or token.lower != b"zn")
        known = token.lower in self.lists.surnames or token.lower in self.lists.wordy_surnames
        return not known and token.lower.endswith(self.lists.endings)

    def close(self, at: int, gaps: frozenset[bytes] | set[bytes] = _CLOSE) -> bool:
        """Tell whether there is a word and only what belongs to the one before it in between."""
        return at < len(self.tokens) and self.tokens[at].gap in gaps

    def gap(self, at: int) -> bytes:
        """Return what stands before a word, or behind the last."""
        return self.tokens[at].gap if at < len(self.tokens) else self.folded[self.tokens[len(self.tokens) - 1].end :]

"""What names are recognised by: the word lists in the sets that the reading of a text asks."""

from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Final

from buurtsein_text.redaction.spelling import SHORTEST, key
from buurtsein_text.redaction.words import read, words

_LONG: Final = 5
_OWNED_OTHERWISE: Final = (b"s", b"je")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sets, and what is asked of several: sets of all names for each question would take most of the memory.

    `sounding` and `sounding_surnames` have the keys of common names, `small` the surnames that are believed in small
    letters wherever they stand, by their endings; `every` has all names in small letters, and the common ones with an s
    behind them; `opening` the ambiguous ones that are names where they begin a sentence, too; `unlikely` what is rather
    a verb.
    """

    common: frozenset[bytes]
    rare: frozenset[bytes]
    ambiguous: frozenset[bytes]
    opening: frozenset[bytes]
    first: Container[bytes]
    surnames: frozenset[bytes]
    small: frozenset[bytes]
    surname_endings: tuple[bytes, ...]
    wordy_surnames: frozenset[bytes]
    prefixed: frozenset[bytes]
    prefixes: frozenset[bytes]
    public: frozenset[bytes]
    vehicles: frozenset[bytes]
    places: frozenset[bytes]
    businesses: frozenset[bytes]
    products: frozenset[bytes]
    sites: frozenset[bytes]
    endings: tuple[bytes, ...]
    titles: frozenset[bytes]
    relations: frozenset[bytes]
    relatives: frozenset[bytes]
    naming: frozenset[bytes]
    greetings: frozenset[bytes]
    closings: frozenset[bytes]
    framing: frozenset[bytes]
    famous: frozenset[bytes]
    sounding: frozenset[bytes]
    sounding_surnames: frozenset[bytes]
    every: frozenset[bytes]
    unlikely: frozenset[bytes]

    def tells(self, word: bytes) -> bool:
        """Tell whether a word as it is written makes a text worth reading for names."""
        lower = word.lower()
        if lower not in self.every:
            return False
        if word == lower:
            return word in self.common or word in self.rare or word in self.surnames or self._is_owning(word)
        if word == word.capitalize() and (self.is_name(lower) or self.is_owner(lower, opens=False)):
            return True
        return word.isupper() and (lower in self.common or lower in self.surnames)

    def starts(self, word: bytes) -> bool:
        """Tell whether a name may begin with a word in small letters."""
        return self.is_name(word) or self._is_owning(word)

    def is_owner(self, word: bytes, *, opens: bool) -> bool:
        """Tell whether a word with a capital, given in small letters, is a name with an s behind it: Henks, Piets."""
        owner = word[:-1] if word[-1:] == b"s" else b""
        return owner in self.common or (owner in self.opening and not opens)

    def is_name(self, word: bytes) -> bool:
        """Tell whether a word in small letters is in one of the lists of names."""
        return word in self.first or word in self.surnames

    def _is_owning(self, word: bytes) -> bool:
        return word[-1:] == b"s" and self.is_long(word[:-1])

    def is_long(self, word: bytes) -> bool:
        """Tell whether a common name is believed with an s behind it in small letters."""
        return len(word) >= _LONG and word in self.common and not word.endswith(_OWNED_OTHERWISE)


class _AnyOf(Container[bytes]):
    """Words that are in one of three sets."""

    def __init__(self, *sets: frozenset[bytes]) -> None:
        self._one, self._two, self._three = sets

    def __contains__(self, word: object) -> bool:
        return word in self._one or word in self._two or word in self._three


@cache
def lexicon() -> Lexicon:
    """Return the word lists, read once."""
    common, ambiguous = words("first-names"), words("ambiguous-first-names")
    opening = words("capital-first-names")
    rare = words("rare-first-names") | read("derived-first-names")
    near = read("surnames")
    surnames, prefixed = near | read("surnames-abroad"), words("prefixed-surnames")
    titles, relations, naming = words("titles"), words("relations"), words("naming") | {b"naam", b"name"}
    greetings, closings = words("greetings"), words("closings")
    relatives, endings = words("relatives"), tuple(words("surname-endings"))
    framing = titles | relations | relatives | words("kin") | words("roles") | naming | greetings | closings
    public = words("not-names") | words("vehicles")
    return Lexicon(
        common=common,
        rare=rare,
        ambiguous=ambiguous,
        opening=opening,
        first=_AnyOf(common, rare, ambiguous),
        surnames=surnames,
        small=frozenset(word for word in surnames if word.endswith(endings)),
        surname_endings=endings,
        wordy_surnames=read("ambiguous-surnames"),
        prefixed=prefixed,
        prefixes=words("prefixes"),
        public=public,
        vehicles=words("vehicles"),
        places=words("places") | words("businesses"),
        businesses=words("businesses"),
        products=words("products"),
        sites=words("sites"),
        endings=tuple(words("sites")),
        titles=titles,
        relations=relations,
        relatives=relatives,
        naming=naming,
        greetings=greetings,
        closings=closings,
        framing=framing,
        famous=words("famous"),
        sounding=frozenset({key(word) for word in common if len(word) >= SHORTEST - 1}),
        sounding_surnames=frozenset({key(word) for word in near if len(word) >= SHORTEST}),
        every=common.union(rare, ambiguous, surnames, (word + b"s" for word in common | opening)),
        unlikely=public | words("verb-names"),
    )

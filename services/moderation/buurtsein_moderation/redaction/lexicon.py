"""What names are recognised by: the word lists in the sets that the reading of a text asks."""

from dataclasses import dataclass
from functools import cache

from buurtsein_moderation.redaction.words import words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sets.

    `telling` has every word, as it may be written, that makes a text worth reading for names; `starting` and
    `capitalised` the words in small letters and with a capital that a name may begin with or behind; `unlikely` what
    is rather a verb.
    """

    common: frozenset[bytes]
    rare: frozenset[bytes]
    ambiguous: frozenset[bytes]
    first: frozenset[bytes]
    surnames: frozenset[bytes]
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
    naming: frozenset[bytes]
    greetings: frozenset[bytes]
    closings: frozenset[bytes]
    framing: frozenset[bytes]
    famous: frozenset[bytes]
    telling: frozenset[bytes]
    starting: frozenset[bytes]
    capitalised: frozenset[bytes]
    unlikely: frozenset[bytes]


@cache
def lexicon() -> Lexicon:
    """Return the word lists, read once."""
    common, rare, ambiguous = words("first-names"), words("rare-first-names"), words("ambiguous-first-names")
    surnames, prefixed = words("surnames"), words("prefixed-surnames")
    titles, relations, naming = words("titles"), words("relations"), words("naming") | {b"naam", b"name"}
    greetings, closings = words("greetings"), words("closings")
    framing = titles | relations | naming | greetings | closings
    public = words("not-names") | words("vehicles")
    capitals = common | rare | ambiguous | surnames
    return Lexicon(
        common=common,
        rare=rare,
        ambiguous=ambiguous,
        first=common | rare | ambiguous,
        surnames=surnames,
        wordy_surnames=words("ambiguous-surnames"),
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
        naming=naming,
        greetings=greetings,
        closings=closings,
        framing=framing,
        famous=words("famous"),
        telling=frozenset(
            {word.capitalize() for word in capitals}
            | {word.capitalize() + b"s" for word in common}
            | common
            | {word.upper() for word in common}
            | surnames
        ),
        starting=framing | common,
        capitalised=framing | common | rare | ambiguous | surnames | words("prefixes"),
        unlikely=public | words("verb-names"),
    )

"""What names are recognised by: the word lists in the sets that the reading of a text asks."""

from dataclasses import dataclass
from functools import cache

from buurtsein_moderation.redaction.spelling import SHORTEST, key
from buurtsein_moderation.redaction.words import words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sets.

    `sounding` and `sounding_surnames` have the keys of common names, `long` the common names that are believed with an
    s behind them in small letters, `small` the surnames that are believed in small letters wherever they stand, by
    their endings. `telling` has every word, as it may be written, that makes a text worth reading for names; `starting`
    and `capitalised` the words in small letters and with a capital that a name may begin with or behind; `unlikely`
    what is rather a verb.
    """

    common: frozenset[bytes]
    rare: frozenset[bytes]
    ambiguous: frozenset[bytes]
    first: frozenset[bytes]
    long: frozenset[bytes]
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
    telling: frozenset[bytes]
    starting: frozenset[bytes]
    capitalised: frozenset[bytes]
    unlikely: frozenset[bytes]


@cache
def lexicon() -> Lexicon:
    """Return the word lists, read once."""
    common, ambiguous = words("first-names"), words("ambiguous-first-names")
    rare = words("rare-first-names") | words("derived-first-names")
    surnames, prefixed = words("surnames") | words("surnames-abroad"), words("prefixed-surnames")
    titles, relations, naming = words("titles"), words("relations"), words("naming") | {b"naam", b"name"}
    greetings, closings = words("greetings"), words("closings")
    relatives, endings = words("relatives"), tuple(words("surname-endings"))
    framing = titles | relations | relatives | words("kin") | words("roles") | naming | greetings | closings
    long = frozenset(word for word in common if len(word) > 4 and not word.endswith((b"s", b"je")))
    owning = {word + b"s" for word in long}
    public = words("not-names") | words("vehicles")
    capitals = common | rare | ambiguous | surnames
    return Lexicon(
        common=common,
        rare=rare,
        ambiguous=ambiguous,
        first=common | rare | ambiguous,
        long=long,
        surnames=surnames,
        small=frozenset(word for word in surnames if word.endswith(endings)),
        surname_endings=endings,
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
        relatives=relatives,
        naming=naming,
        greetings=greetings,
        closings=closings,
        framing=framing,
        famous=words("famous"),
        sounding=frozenset(key(word) for word in common if len(word) >= SHORTEST - 1),
        sounding_surnames=frozenset(key(word) for word in words("surnames") if len(word) >= SHORTEST),
        telling=_as_written(common, capitals) | owning | surnames | rare,
        starting=framing | common | owning | rare | surnames | ambiguous,
        capitalised=framing | common | rare | ambiguous | surnames | words("prefixes"),
        unlikely=public | words("verb-names"),
    )


def _as_written(common: frozenset[bytes], capitals: frozenset[bytes]) -> frozenset[bytes]:
    """Return names as people write them: with a capital, and common ones in small letters, in capitals or owning."""
    owning = {word.capitalize() + b"s" for word in common}
    return common | owning | {word.capitalize() for word in capitals} | {word.upper() for word in common}

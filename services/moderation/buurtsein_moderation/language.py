"""Which language each sentence of a message is in, by the commonest words of Dutch and English."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final, Literal

Language = Literal["nl", "en"]

_DUTCH: Final = """
aan achter al alle alleen allemaal alles als altijd andere auto bel bellen ben bent bij binnen blijf blijft boven
buiten daar daarna dag dan dat de deze dezelfde dicht die dit doe doen doet drie dus een eens eerst eigen elk elke
elkaar en er erg eruit gaan gaat ga ge gebeld gedaan geen geld gestolen geweest gewoon gezien gisteren goed gratis
haar hadden heb hebben hebt heeft heel hele hem het hier hij hoe hoor hoort hou houd hun iedereen iemand iets ie ik ipv
ja jij jou jouw jullie kan keer kom komen komt krijg krijgt kunnen kwam laat langs laten liggen ligt maak maar mag maken
mee meer mensen met mij mijn misschien mn moet moeten mogen morgen na naar naast net niemand niet niets niks nodig nog
nooit nou nu omdat onder ons onze ook opnieuw pas rond samen sinds snel staan staat steeds stond straat tegen
terug toch toen tot tussen uit uur uw vaak van vanaf vanavond vandaag vannacht vast veel vol volgens voor vraag waar
waarom wanneer waren wat weer weet weg wel werd wie wij wil willen worden wordt zag zat ze zeg zegt zei zelf zet
zich zie zien zij zijn zit zitten zn zo zoals zonder zou zouden
"""
_ENGLISH: Final = """
a about again all already always and any anybody anyone anything are around asked at back be because been before
being between but by can cant come comes coming could did didnt do does doesnt doing dont down ever every everyone
for found from get gets getting go goes going gone got has have having he heard her here him his how i if into its ive
just keep keeps know left like look made make many may mine more must my need never new next no nobody not
nothing now off on only or other our out outside own people please really right said same saw say says see seen she
should since some somebody someone something still take than that thats the their them then there these they theyre
this those though to today told tonight too two up us very wants was went were weve what when where which while
who whoever why will with wont would yesterday you your youre yours
"""
_OF_BOTH: Final = "had in is me of over so was we"
_REFERRING: Final = "dat dit zulke zulk zoiets zon that thats this such it its"
_CONJUNCTIONS: Final = """
maar want terwijl omdat doordat zodat hoewel ofschoon tenzij zodra dus but because while although though whereas
unless
"""

BOTH: Final[frozenset[Language]] = frozenset({"nl", "en"})
_NL: Final[frozenset[Language]] = frozenset({"nl"})
_EN: Final[frozenset[Language]] = frozenset({"en"})

_SHARED: Final = frozenset(_OF_BOTH.split())
_NL_WORDS: Final = frozenset(_DUTCH.split()) - _SHARED
_EN_WORDS: Final = frozenset(_ENGLISH.split()) - _SHARED

_MIXED: Final = 2
"""How many of the commonest words of the other language make a mixture."""

COMMON: Final = _NL_WORDS | _EN_WORDS | _SHARED
"""The commonest words of both languages."""

REFERRING: Final = frozenset(_REFERRING.split())
"""Words for what was just said, when a sentence begins or ends with one."""

CONJUNCTIONS: Final = frozenset(_CONJUNCTIONS.split())
"""Words that begin a new clause."""


class Spoken:
    """The languages of a message, sentence by sentence: `somewhere`, and of these `partly` in some sentences only."""

    def __init__(self, sentences: Sequence[AbstractSet[Language]]) -> None:
        self._sentences = sentences
        self.somewhere = frozenset[Language]().union(*sentences)
        self.partly: AbstractSet[str] = self.somewhere.difference(BOTH.intersection(*sentences))

    def within(self, sentences: slice) -> AbstractSet[Language]:
        """Return the languages of some of the sentences."""
        return frozenset[Language]().union(*self._sentences[sentences])


def spoken(words: Sequence[str], ends: Sequence[int], known: str | None = None) -> tuple[Spoken, Spoken]:
    """Return the languages that the sentences of a message tell, and those that they may be in.

    They end at some of its words. One with none of the commonest words is told by all others, and may be in either; the
    language that is `known` of the message holds for every sentence, whatever else it is in; a single one is no other.
    """
    starts = [0, *(end + 1 for end in ends)]
    said = [frozenset(words[start:end]) for start, end in zip(starts, [*ends, len(words)], strict=True)]
    counts = [(len(own & _NL_WORDS), len(own & _EN_WORDS)) for own in said]
    of_message = frozenset(one for one in BOTH if one == known)
    whole = of_message or _language(sum(dutch for dutch, _ in counts), sum(english for _, english in counts))
    told = [_language(*each) | of_message if any(each) else whole for each in counts]
    if known and not ends:
        return Spoken(told), Spoken(told)
    possible = [
        BOTH if bool(dutch) == bool(english) else own for own, (dutch, english) in zip(told, counts, strict=True)
    ]
    return Spoken(told), Spoken(possible)


def _language(dutch: int, english: int) -> AbstractSet[Language]:
    """Return the language that more of the commonest words are of; both in a tie and in a mixture."""
    if dutch == english or min(dutch, english) >= _MIXED:
        return BOTH
    return _NL if dutch > english else _EN

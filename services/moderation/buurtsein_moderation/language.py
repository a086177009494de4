"""Which language a message is in, by its commonest words; short or mixed messages may be in either."""

from collections.abc import Set as AbstractSet
from typing import Final, Literal

Language = Literal["nl", "en"]

_DUTCH: Final = """
aan al alle allemaal als bij ben bent dan dat de deze die dit doe door dus een eens en er ff gaan gaat geen haar heb
hebben heeft hem het hier hij hoe hun iemand ik ipv is ja je jij jou jullie kan kunnen maar mag me meer met mij mijn
mn moet moeten naar nee niet nog nou nu om onze ook op over staan staat te toch tot uit uw van vanavond vd voor waar
wat we weer wel wie wij word wordt zich ze zijn zit zn zo zou
"""
_ENGLISH: Final = """
a about after again all am and any anyone are at be been but by can could did do does dont for from get go got had
has have he her his how i im if in is it its just let lets like me my near no not of off on or our out please she
should so some someone that the their them there these they this to up us was we were what when where who why will
with would you your youre
"""
_CONJUNCTIONS: Final = """
maar want terwijl omdat doordat zodat hoewel ofschoon tenzij zodra dus but because while although though whereas
unless
"""

BOTH: Final[frozenset[Language]] = frozenset({"nl", "en"})
_NL: Final[frozenset[Language]] = frozenset({"nl"})
_EN: Final[frozenset[Language]] = frozenset({"en"})

_NL_WORDS: Final = frozenset(_DUTCH.split())
_EN_WORDS: Final = frozenset(_ENGLISH.split())

_ONLY_NL: Final = _NL_WORDS - _EN_WORDS
_ONLY_EN: Final = _EN_WORDS - _NL_WORDS

_MIXED: Final = 2
"""How many of the commonest words of the other language make a mixture."""

COMMON: Final = _NL_WORDS | _EN_WORDS
"""The commonest words of both languages."""

CONJUNCTIONS: Final = frozenset(_CONJUNCTIONS.split())
"""Words that begin a new clause."""


def languages(words: AbstractSet[str]) -> AbstractSet[Language]:
    """Return the language that most of the commonest words in a message are of; both in a tie and in a mixture."""
    dutch, english = len(words & _ONLY_NL), len(words & _ONLY_EN)
    if dutch == english or min(dutch, english) >= _MIXED:
        return BOTH
    return _NL if dutch > english else _EN

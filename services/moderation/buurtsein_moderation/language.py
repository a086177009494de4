"""Which language a message is in, by its commonest words; short or mixed messages may be in either."""

from collections.abc import Set as AbstractSet
from typing import Final, Literal

Language = Literal["nl", "en"]

BOTH: Final[frozenset[Language]] = frozenset({"nl", "en"})

_WORDS: Final[dict[Language, frozenset[bytes]]] = {
    "nl": frozenset(
        b"aan al alle allemaal als bij ben bent dan dat de deze die dit doe door dus een eens en er ff gaan"
        b" gaat geen haar heb hebben heeft hem het hier hij hoe hun iemand ik ipv is ja je jij jou jullie kan"
        b" kunnen maar mag me meer met mij mijn mn moet moeten naar nee niet nog nou nu om onze ook op over"
        b" staan staat te toch tot uit uw van vanavond vd voor waar wat we weer wel wie wij word wordt zich ze"
        b" zijn zit zn zo zou".split()
    ),
    "en": frozenset(
        b"a about after again all am and any anyone are at be been but by can could did do does don't for from"
        b" get go got had has have he her his how i i'm if in is it it's its just let let's like me my near no"
        b" not of off on or our out please she should so some someone that the their them there these they this"
        b" to up us was we were what when where who why will with would you your you're".split()
    ),
}
_PUNCTUATION: Final = b'.,!?:;()"'
_SURE: Final = 2


def languages(text: bytes) -> AbstractSet[Language]:
    """Return the languages that normalised `text` may be in; one only where its words leave little doubt."""
    words = set(text[:4000].translate(None, _PUNCTUATION).split())
    dutch, english = (len(words & _WORDS[language]) for language in ("nl", "en"))
    if dutch >= _SURE * english + 1:
        return frozenset({"nl"})
    if english >= _SURE * dutch + 1:
        return frozenset({"en"})
    return BOTH

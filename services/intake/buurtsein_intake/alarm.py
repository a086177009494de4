"""Whether the words of a report say that 112 was called; pure.

The answer is carried with the report, so that not everybody calls. Saying wrongly that somebody called does more harm
than not knowing, so only a plain statement counts: no request, intention, condition or question.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(words.split())


_TOKEN: Final = re.compile(r"[\w’']+|[.!?;:,\n]")
_BREAKS: Final = frozenset(".!?;:,\n")
_JOINS: Final = word_set("maar want dus en of omdat terwijl but because so and or while")

_SERVICES: Final = word_set(
    "112 politie brandweer ambulance ambulances hulpdiensten hulpdienst alarmnummer alarmcentrale noodnummer meldkamer "
    "police firefighters ambulance paramedics"
)
_PAIRS: Final = frozenset(
    {("fire", "brigade"), ("fire", "department"), ("emergency", "services"), ("emergency", "number")}
)
_MENTIONS: Final = (
    "112", "1-1-2", "één-één", "politie", "brandweer", "ambulance", "hulpdienst", "alarm", "noodnummer", "meldkamer",
    "police", "fire", "emergency", "paramedic", "gebeld", "called",
)  # fmt: skip
"""A text without any of these is about no alarm, which most texts are."""
_OTHERS: Final = word_set("0900 8844 088 wijkagent boa handhaving gemeente corporatie non")
"""Who is called instead of 112."""

_DONE: Final = word_set(
    "gebeld opgebeld doorgebeld belde belden gewaarschuwd waarschuwde gealarmeerd alarmeerde ingelicht ingeschakeld "
    "gecontacteerd verwittigd geïnformeerd geinformeerd "
    "called rang phoned dialled dialed alerted notified informed contacted"
)
_GOING_ON: Final = frozenset({("aan", "het", "bellen"), ("aan", "de", "lijn"), ("aan", "de", "telefoon")})
_TO_DO: Final = word_set("bel belt bellen call calls ring phone dial waarschuw waarschuwen alarmeer alert")
_OWN: Final = word_set("ik we wij i i'm i’m i'll i’ll i'd")
_NOT: Final = word_set(
    "niet geen niemand nooit not no nobody never none without zonder niks cannot "
    "haven't hasn't hadn't didn't wasn't isn't weren't aren't don't can't couldn't "
    "haven’t hasn’t hadn’t didn’t wasn’t isn’t weren’t aren’t don’t can’t couldn’t havent hasnt didnt wasnt"
)
_MAYBE: Final = word_set(
    "als indien wanneer tenzij misschien moet moeten moest moesten mag zou zouden zal zullen ga gaan gaat kan kun "
    "kunnen wil willen laat graag "
    "if when unless maybe perhaps must should would will shall could can may might please going gonna want let"
)
_ASKING: Final = word_set("is heeft hebben heb werd wordt zijn was wie has have had did does do are were who")
_ASKED: Final = word_set("iemand je jij jullie u al anyone someone anybody you")
_NUMBERED: Final = word_set(
    "nummer huisnummer nr no number huis flat appartement kamer lijn bus tram perron unit apartment flatnummer"
)
_STREETS: Final = (
    "straat",
    "weg",
    "laan",
    "plein",
    "dijk",
    "kade",
    "gracht",
    "dreef",
    "hof",
    "singel",
    "steeg",
    "street",
)
_UNITS: Final = word_set("euro meter metre metres km kilo keer times stuks personen dagen days jaar")

_BARE: Final = 4
"""A clause of so few words that says that nobody called, such as "nog niet gebeld", can only be about 112."""


def police_called(text: str) -> bool | None:
    """Return whether a text says that 112 was called, `None` when it doesn't say; the latest plain statement counts."""
    return _latest(text, understood=False)


def answered(text: str) -> bool | None:
    """Return what a text says when it answers the question whether 112 was called."""
    return _latest(text, understood=True)


def _latest(text: str, *, understood: bool) -> bool | None:
    lower = text.lower()
    if not understood and not any(mention in lower for mention in _MENTIONS):
        return None
    said = [_says(words, asked, understood) for words, asked in _clauses(lower)]
    plain = [each for each in said if isinstance(each, bool)]
    if plain:
        return plain[-1]
    return False if "to do" in said else None


def _clauses(text: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the clauses of a text, and of each whether its sentence is a question."""
    tokens = _TOKEN.findall(text.replace("1-1-2", "112").replace("één-één-twee", "112"))
    words: list[str] = []
    waiting: list[list[str]] = []
    for each in [*tokens, "."]:
        if each not in _BREAKS and each not in _JOINS:
            words.append(each)
            continue
        waiting, words = [*waiting, words], []
        if each in ".!?;\n":
            yield from ((clause, each == "?") for clause in waiting if clause)
            waiting = []


def _says(words: Sequence[str], asked: bool, understood: bool) -> bool | str | None:
    """Return whether a clause says that 112 was called, `"to do"` when it asks for that, or nothing."""
    negated = bool(_NOT.intersection(words))
    bare = negated and len(words) <= _BARE and _DONE.intersection(words)
    if not (understood or bare or _alarm(words)) or _OTHERS.intersection(words):
        return None
    to_do = bool(_TO_DO.intersection(words))
    if _question(words, asked) or (_MAYBE.intersection(words) and not to_do):
        return None
    if _DONE.intersection(words) or _going_on(words):
        return not negated
    if to_do and (negated or not _OWN.intersection(words)):
        return False if negated else "to do"
    return None


def _question(words: Sequence[str], asked: bool) -> bool:
    if words[0] in _ASKING and len(words) > 1 and (words[1] in _ASKED or words[1] in _SERVICES):
        return True
    return asked and not _TO_DO.intersection(words)


def _going_on(words: Sequence[str]) -> bool:
    if any(three in _GOING_ON for three in zip(words, words[1:], words[2:], strict=False)):
        return True
    return "onderweg" in words and not {"naar", "richting", "ik"}.intersection(words)


def _alarm(words: Sequence[str]) -> bool:
    """Tell whether a clause is about 112: a house number or an amount is not."""
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word not in _SERVICES:
            continue
        if word != "112" or not (before in _NUMBERED or before.endswith(_STREETS) or after in _UNITS):
            return True
    return any(pair in _PAIRS for pair in pairwise(words))

"""The inflected forms of a word, by the spelling rules of Dutch and English and a table of words that follow none.

The rules give too much rather than too little: a form that nobody writes costs nothing. Verbs, nouns and adjectives are
told apart by their ending only (Dutch verbs end in -en).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

_VOWELS: Final = "aeiou"
_SEPARABLE_PREFIXES: Final = """
aan achter achterna achteruit af bij binnen bloot buiten dicht dood door dwars eruit heen in kapot klaar klem lastig
leeg lek los mee na neer om onder op open over plat rond samen schoon stil stuk tegen terecht terug thuis toe uit
vast vol voor voorbij weg
"""
_SEPARABLE: Final = tuple(_SEPARABLE_PREFIXES.split())
_INSEPARABLE: Final = (
    "be",
    "ver",
    "ont",
    "her",
    "ge",
    "er",
    "mis",
    "over",
    "onder",
    "door",
    "om",
    "voor",
    "aan",
    "weer",
)
_UNSTRESSED: Final = re.compile(r"[aeiou].*(?:el|er|em|en|ig)$")
_LONG: Final = re.compile(r"(?:^|[^aeiou])[aeou][^aeiouwx]$")
_SHORT: Final = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiouwxh]$")
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Inflection:
    """The forms of words of one language: those of the table of irregular words, else those that the rules give."""

    irregular: Mapping[str, tuple[str, ...]]
    rules: Callable[[str, Mapping[str, tuple[str, ...]]], Iterator[str]]

    def __call__(self, word: str) -> tuple[str, ...]:
        """Return all forms of `word`, itself first."""
        return tuple(dict.fromkeys([word, *self.rules(word, self.irregular)]))


def dutch(word: str, irregular: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the forms of a Dutch verb (in -en), noun or adjective."""
    if word in irregular:
        yield from irregular[word]
        yield from _participles(word) if word.endswith("n") else ()
    elif word.endswith("en"):
        yield from _dutch_verb(word, irregular)
    else:
        yield from _dutch_noun(word)


def english(word: str, irregular: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the forms of an English verb, noun or adjective."""
    if word in irregular:
        yield from irregular[word]
        return
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        yield f"{word}es"
    yield f"{word}s"
    stem = re.sub(r"(?<=[^aeiou])y$", "i", word)
    if stem != word:
        yield f"{stem}es"
    before_vowel = stem.removesuffix("e") if stem.endswith("e") and not stem.endswith("ee") else stem
    doubled = word + word[-1] if re.search(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$", word) else before_vowel
    for base in dict.fromkeys([before_vowel, doubled]):
        yield from (base + ending for ending in ("ed", "er", "ers", "est"))
        yield f"{word if word.endswith('y') else base}ing"


def _dutch_verb(word: str, irregular: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for prefix in _SEPARABLE:
        rest = word.removeprefix(prefix)
        if rest != word and (rest in irregular or len(rest) > _SHORTEST):
            yield from (prefix + form for form in dutch(rest, irregular))
            yield f"{prefix}te{rest}"
    for prefix in _INSEPARABLE:
        rest = word.removeprefix(prefix)
        if rest != word and rest in irregular:
            yield from chain(*((prefix + form, prefix + form.removeprefix("ge")) for form in dutch(rest, irregular)))
    begins = word.startswith(_INSEPARABLE)
    for stem in _stems(word.removesuffix("en")):
        yield from (stem + ending for ending in ("", "t", "de", "den", "te", "ten"))
        yield from (
            f"{lead}{stem}{end}" for lead in (("ge", "") if begins else ("ge",)) for end in ("d", "t", "de", "te")
        )
        yield from (stem + ending for ending in ("er", "ers", "ster"))
    yield from _participles(word)


def _participles(word: str) -> Iterator[str]:
    yield from (word + ending for ending in ("d", "de"))
    yield from (f"{word.removesuffix('en')}{ending}" for ending in ("er", "ers"))


def _stems(base: str) -> Iterator[str]:
    """Yield the stems that a Dutch base before a vowel may have: pakk-/pak, lov-/loof, reiz-/reis, wandel-/wandel."""
    if base[-2:-1] == base[-1:] and base[-1:] not in _VOWELS:
        yield base[:-1]
        return
    plain = base[:-1] + {"v": "f", "z": "s"}.get(base[-1:], base[-1:])
    if _LONG.search(base):
        yield f"{plain[:-1]}{plain[-2]}{plain[-1]}"
    if not _LONG.search(base) or _UNSTRESSED.search(base):
        yield plain


def _dutch_noun(word: str) -> Iterator[str]:
    for base in _before_vowel(word):
        yield from (base + ending for ending in ("e", "en", "er", "ere", "ers"))
    yield from (word + ending for ending in ("s", "st", "ste", "je", "jes", "tje", "tjes", "pje", "pjes"))
    if word.endswith("s"):
        yield from (word + ending for ending in ("t", "te"))
    if _SHORT.search(word):
        yield from (word + word[-1] + ending for ending in ("etje", "etjes"))


def _before_vowel(word: str) -> Iterator[str]:
    """Yield how a Dutch word is written before an ending with a vowel: man/mann-, maan/man-, dief/diev-, huis/huiz-."""
    soft = word[:-1] + {"f": "v", "s": "z"}.get(word[-1:], word[-1:])
    if re.search(r"(aa|ee|oo|uu)[^aeiou]$", word):
        yield from (form[:-3] + form[-2:] for form in (word, soft))
    elif _SHORT.search(word):
        yield word + word[-1]
        yield word
    else:
        yield from (word, soft)

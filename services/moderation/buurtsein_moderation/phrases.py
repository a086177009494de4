"""From phrases and lists of packs to classes of words: whole words, `*`, `{list}`, `word~`, `word^` and emoji."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product
from typing import Final

from buurtsein_moderation.globs import Glob, glob
from buurtsein_moderation.lexicon import Chain, WordClass
from buurtsein_moderation.slips import slips
from buurtsein_moderation.text import OTHER, fold, words_of_other_scripts

LIMIT: Final = 20_000
"""How many strings one phrase may stand for, as `{adjective}{noun}` of two long lists would."""

_REFERENCE: Final = re.compile(r"\{([a-z_]+)\}")
_LEMMA: Final = re.compile(r"([^\s*{}~^]+)~")
_SLIPPED: Final = re.compile(r"([^\s*{}~^]+)\^")
_SPELLINGS: Final = 12
_SPECIAL: Final = re.compile(r"[:!?/]")
_OWNED: Final = re.compile(r"'s(?![a-z0-9*])")
_JOINED: Final = re.compile(r"(?<=[a-z0-9]) s(?= |$)")
_SEEN_THROUGH: Final = re.compile(r"['\x7f]")
_PARTS_WORDS: Final = re.compile(r"[^a-z0-9%*{}_~^\U00002190-\U0001ffff]+")


class PhraseError(Exception):
    """A phrase that cannot be used, with what is wrong about it."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What a pack's language knows about words: the inflected forms of a lemma, and other spellings of a word."""

    inflected: Callable[[str], Iterable[str]]
    spelled: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Classes:
    """The classes of all packs, each once, numbered so that a class comes after those that it is made of.

    `lists` has the names that packs give to those that are their lists.
    """

    pattern: Callable[[str], int]
    made: list[WordClass] = field(default_factory=list)
    numbers: dict[tuple[object, ...], int] = field(default_factory=dict)
    lists: dict[int, set[str]] = field(default_factory=dict)
    globs: dict[tuple[int, str], tuple[Glob, ...]] = field(default_factory=dict)
    alternatives: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)

    def number(self, globs: Iterable[Glob], chains: Iterable[Chain] = (), patterns: Iterable[int] = ()) -> int:
        """Return the number of the class with these members."""
        one = WordClass(tuple(dict.fromkeys(globs)), tuple(dict.fromkeys(chains)), tuple(dict.fromkeys(patterns)))
        key = (frozenset(one.globs), frozenset(one.chains), frozenset(one.patterns))
        if key not in self.numbers:
            self.numbers[key] = len(self.made)
            self.made.append(one)
        return self.numbers[key]


class Dictionary:
    """The lists of one pack, and the classes that its phrases make; raises `PhraseError` for what it does not know."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], forms: Forms, classes: Classes) -> None:
        self._forms = forms
        self._classes = classes
        self._lists: dict[str, tuple[str, ...]] = {}
        self._numbers: dict[str, int] = {}
        for name, phrases in lists.items():
            self._lists[name] = tuple(dict.fromkeys(one for phrase in phrases for one in self._meant(phrase)))

    def name_lists(self) -> None:
        """Note the name of every list with its class."""
        for name in self._lists:
            number = self.listed(name)
            if number is not None:
                self._classes.lists.setdefault(number, set()).add(name)

    def listed(self, name: str) -> int | None:
        """Return the class of a list, or None when the pack has none of that name."""
        if name not in self._lists:
            return None
        if name not in self._numbers:
            self._numbers[name] = self._class(self._lists[name])
        return self._numbers[name]

    def phrases(self, phrases: Iterable[str]) -> int:
        """Return the class of any of `phrases`."""
        said = list(phrases)
        alone = _REFERENCE.fullmatch(said[0]) if len(said) == 1 else None
        if alone:
            return self._list_class(alone[1])
        return self._class(one for phrase in said for one in self._meant(phrase))

    def endings(self, name: str) -> int | None:
        """Return the class of the words of a list, and of words that end in one, or None without the list."""
        if name not in self._lists:
            return None
        words = self._lists[name]
        return self._class([*words, *("*" + word for word in words if "{" not in word)])

    def _list_class(self, name: str) -> int:
        number = self.listed(name)
        if number is None:
            known = ", ".join(sorted(self._lists)) or "this pack (it has none)"
            raise PhraseError(f"the list {{{name}}} is not one of {known}")
        return number

    def _meant(self, phrase: str) -> Iterable[str]:
        """Return what a phrase stands for; that of phrases without lists is kept, since packs share most of theirs."""
        if "{" in phrase:
            return self._flat(canonical(phrase))
        key = (id(self._forms), phrase)
        if key not in self._classes.alternatives:
            self._classes.alternatives[key] = tuple(self._flat(canonical(phrase)))
        return self._classes.alternatives[key]

    def _flat(self, phrase: str) -> Iterator[str]:
        """Yield what a phrase stands for, with lists only where they stand alone between other words."""
        alone = _REFERENCE.fullmatch(phrase)
        if alone:
            self._must_know(alone[1])
            yield from self._lists[alone[1]]
            return
        words = [self._alternatives(word) for word in phrase.split()]
        count = 1
        for word in words:
            count *= len(word)
        if count > LIMIT:
            raise PhraseError(f"the phrase {phrase!r} stands for {count} others, more than {LIMIT}")
        yield from (" ".join(one) for one in product(*words))

    def _alternatives(self, word: str) -> list[str]:
        lemma = _LEMMA.fullmatch(word)
        if lemma:
            return list(dict.fromkeys([lemma[1], *map(canonical, self._forms.inflected(lemma[1]))]))
        slipped = _SLIPPED.fullmatch(word)
        if slipped:
            return list(dict.fromkeys([slipped[1], *slips(slipped[1])]))
        pieces = _REFERENCE.split(word)
        for name in pieces[1::2]:
            self._must_know(name)
        if len(pieces) == 1 or pieces == ["", pieces[1], ""]:
            return [word]
        # A list inside a word, as in kut{herkomst}: every member makes a word of its own.
        filled = [self._plain(piece) if at % 2 else [piece] for at, piece in enumerate(pieces)]
        return ["".join(one) for one in product(*filled)]

    def _plain(self, name: str) -> list[str]:
        return [word for word in self._lists[name] if "{" not in word]

    def _must_know(self, name: str) -> None:
        if name not in self._lists:
            known = ", ".join(sorted(self._lists)) or "this pack (it has none)"
            raise PhraseError(f"the list {{{name}}} is not one of {known}")

    def _class(self, phrases: Iterable[str]) -> int:
        globs: list[Glob] = []
        chains: list[Chain] = []
        patterns: list[int] = []
        for phrase in phrases:
            if _SPECIAL.search(phrase):
                patterns.append(self._classes.pattern(phrase))
            elif _REFERENCE.search(phrase):
                chains.append(self._chain(phrase))
            else:
                globs.extend(self._globs(phrase))
        return self._classes.number(globs, chains, patterns)

    def _chain(self, phrase: str) -> Chain:
        pieces = _REFERENCE.split(phrase)
        numbers = [self._list_class(piece) if at % 2 else self._class([piece.strip()]) for at, piece in _said(pieces)]
        return Chain(tuple(numbers), phrase.split().count("*"))

    def _globs(self, phrase: str) -> tuple[Glob, ...]:
        key = (id(self._forms), phrase)
        if key not in self._classes.globs:
            self._classes.globs[key] = tuple(self._spelled(phrase))
        return self._classes.globs[key]

    def _spelled(self, phrase: str) -> Iterator[Glob]:
        words = [
            [word, *(_like(word, other) for other in self._forms.spelled.get(word.strip("*"), ()))]
            for word in phrase.split()
        ]
        for one in islice(product(*words), _SPELLINGS):
            said = " ".join(one)
            joined = _JOINED.sub("s", said) if " s" in said else said
            yield from filter(None, map(glob, dict.fromkeys([said, joined])))


@cache
def canonical(phrase: str) -> str:
    """Return a phrase as it stands in the line of words; raises `PhraseError` when no word is in it."""
    if other := " ".join(word for _, _, word in words_of_other_scripts(phrase)):
        return other
    folded = fold(phrase).decode("ascii").lower()
    emoji = (f" {own} " if read == OTHER else read for read, own in zip(folded, phrase, strict=True))
    whole = _SEEN_THROUGH.sub("", _OWNED.sub(" s", "".join(emoji) if OTHER in folded else folded))
    if _SPECIAL.search(whole):
        return " ".join(whole.split())
    said = " ".join(_PARTS_WORDS.sub(" ", whole.replace("%", " % ")).split())
    if not said.strip("* "):
        raise PhraseError(f"the phrase {phrase!r} is empty")
    return said


def _said(pieces: list[str]) -> Iterator[tuple[int, str]]:
    return ((at, piece) for at, piece in enumerate(pieces) if at % 2 or piece.strip("* "))


def _like(word: str, other: str) -> str:
    lead, tail = "*" if word.startswith("*") else "", "*" if word.endswith("*") else ""
    return other if other == word else f"{lead}{other}{tail}"

"""From phrases and lists of packs to classes of words: whole words, `*`, `{list}`, `word~`, `word^` and emoji."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from math import prod
from typing import Final

from buurtsein_moderation.globs import trimmed
from buurtsein_moderation.lexicon import Chain, WordClass
from buurtsein_moderation.slips import slips
from buurtsein_moderation.text import words_of_other_scripts
from buurtsein_text.folding import OTHER, fold

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
_PLAIN: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_MARKED: Final = re.compile(r"[:!?/{*]| s(?: |$)")
_OPERATOR: Final = re.compile(r"[{~^]")
_PARTS_WORDS: Final = re.compile(r"[^a-z0-9%*{}_~^\U00002190-\U0001ffff]+")


class PhraseError(Exception):
    """A phrase that cannot be used, with what is wrong about it."""


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """What a pack's language knows about words: the inflected forms of a lemma, and other spellings of a word."""

    inflected: Callable[[str], Iterable[str]]
    spelled: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """The phrases that a list stands for, and the names of the lists that they hold; the same for all who inherit."""

    phrases: tuple[str, ...]
    lists: tuple[str, ...]


@dataclass(slots=True)
class Classes:
    """The classes of all packs, each once, numbered so that a class comes after those that it is made of.

    `names` has the names that packs give to those that are their lists. What packs share is worked out once: `lists`
    by what they say and the lists in it, `numbered` their classes, `meant` what phrases stand for.
    """

    pattern: Callable[[str], int]
    made: list[WordClass] = field(default_factory=list)
    names: dict[int, set[str]] = field(default_factory=dict)
    lists: dict[tuple[object, ...], Listed] = field(default_factory=dict)
    numbered: dict[tuple[object, ...], int] = field(default_factory=dict)
    meant: dict[tuple[Forms, str], tuple[str, ...]] = field(default_factory=dict)
    _alike: dict[int, list[int]] = field(default_factory=dict)

    def number(self, phrases: Iterable[str], chains: Iterable[Chain] = (), patterns: Iterable[int] = ()) -> int:
        """Return the number of the class with these members."""
        one = WordClass(tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(chains)), tuple(dict.fromkeys(patterns)))
        sets = _sets(one)
        alike = self._alike.setdefault(hash(sets), [])
        for number in alike:
            if _sets(self.made[number]) == sets:
                return number
        alike.append(len(self.made))
        self.made.append(one)
        return alike[-1]


@dataclass(slots=True)
class _Members:
    """The members of a class that is being made."""

    phrases: list[str] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    patterns: list[int] = field(default_factory=list)

    def add_all(self, one: WordClass) -> None:
        self.phrases += one.phrases
        self.chains += one.chains
        self.patterns += one.patterns


class Dictionary:
    """The lists of one pack, and the classes that its phrases make; raises `PhraseError` for what it does not know."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], forms: Forms, classes: Classes) -> None:
        self._forms = forms
        self._classes = classes
        self._lists: dict[str, Listed] = {}
        for name, phrases in lists.items():
            self._lists[name] = self._listed(phrases)

    def name_lists(self) -> None:
        """Note the name of every list with its class."""
        for name in self._lists:
            self._classes.names.setdefault(self._list_class(name), set()).add(name)

    def listed(self, name: str) -> int | None:
        """Return the class of a list, or None when the pack has none of that name."""
        return self._list_class(name) if name in self._lists else None

    def phrases(self, phrases: Iterable[str]) -> int:
        """Return the class of any of `phrases`."""
        said = list(map(canonical, phrases))
        lists = [alone[1] for one in said if (alone := _REFERENCE.fullmatch(one))]
        if lists and len(said) == 1:
            return self._list_class(lists[0])
        found = _Members()
        for name in lists:
            found.add_all(self._classes.made[self._list_class(name)])
        others = (one for phrase in said if not _REFERENCE.fullmatch(phrase) for one in self._meant(phrase))
        return self._class(others, found)

    def endings(self, name: str) -> int | None:
        """Return the class of the words of a list, and of words that end in one, or None without the list."""
        return self._list_class(name, endings=True) if name in self._lists else None

    def _listed(self, phrases: tuple[str, ...]) -> Listed:
        used = dict.fromkeys(name for phrase in phrases if "{" in phrase for name in _REFERENCE.findall(phrase))
        key = (self._forms, phrases, *map(self._list, used))
        if key not in self._classes.lists:
            said = tuple(dict.fromkeys(one for phrase in map(canonical, phrases) for one in self._meant(phrase)))
            left = dict.fromkeys(name for one in said if "{" in one for name in _REFERENCE.findall(one))
            self._classes.lists[key] = Listed(said, tuple(left))
        return self._classes.lists[key]

    def _list(self, name: str) -> Listed:
        if name not in self._lists:
            known = ", ".join(sorted(self._lists)) or "this pack (it has none)"
            raise PhraseError(f"the list {{{name}}} is not one of {known}")
        return self._lists[name]

    def _list_class(self, name: str, *, endings: bool = False) -> int:
        listed = self._list(name)
        key = (listed, endings, *map(self._list_class, listed.lists))
        if key not in self._classes.numbered:
            ends = ["*" + word for word in listed.phrases if "{" not in word] if endings else ()
            self._classes.numbered[key] = self._class([*listed.phrases, *ends])
        return self._classes.numbered[key]

    def _meant(self, phrase: str) -> Iterable[str]:
        """Return what a canonical phrase stands for; forms of words are kept, since packs share most of theirs."""
        if not _OPERATOR.search(phrase):
            return (phrase,)
        if "{" in phrase:
            return self._flat(phrase)
        key = (self._forms, phrase)
        if key not in self._classes.meant:
            self._classes.meant[key] = tuple(self._flat(phrase))
        return self._classes.meant[key]

    def _flat(self, phrase: str) -> Iterator[str]:
        """Yield what a phrase stands for, with lists only where they stand alone between other words."""
        alone = _REFERENCE.fullmatch(phrase)
        if alone:
            yield from self._list(alone[1]).phrases
            return
        words = [self._alternatives(word) for word in phrase.split()]
        count = prod(map(len, words))
        if count > LIMIT:
            raise PhraseError(f"the phrase {phrase!r} stands for {count} others, more than {LIMIT}")
        yield from words[0] if len(words) == 1 else map(" ".join, product(*words))

    def _alternatives(self, word: str) -> list[str]:
        lemma = _LEMMA.fullmatch(word)
        if lemma:
            return list(dict.fromkeys([lemma[1], *map(canonical, self._forms.inflected(lemma[1]))]))
        slipped = _SLIPPED.fullmatch(word)
        if slipped:
            return list(dict.fromkeys([slipped[1], *slips(slipped[1])]))
        pieces = _REFERENCE.split(word)
        lists = {name: self._list(name) for name in pieces[1::2]}
        if len(pieces) == 1 or pieces == ["", pieces[1], ""]:
            return [word]
        # A list inside a word, as in kut{herkomst}: every member makes a word of its own.
        filled = [_plain(lists[piece]) if at % 2 else [piece] for at, piece in enumerate(pieces)]
        return ["".join(one) for one in product(*filled)]

    def _class(self, phrases: Iterable[str], found: "_Members | None" = None) -> int:
        found = found or _Members()
        spelled = self._forms.spelled.keys()
        for phrase in phrases:
            if not _MARKED.search(phrase) and spelled.isdisjoint(phrase.split()):
                found.phrases.append(phrase)
            elif _SPECIAL.search(phrase):
                found.patterns.append(self._classes.pattern(phrase))
            elif _REFERENCE.search(phrase):
                found.chains.append(self._chain(phrase))
            else:
                found.phrases.extend(self._spelled(phrase))
        return self._classes.number(found.phrases, found.chains, found.patterns)

    def _chain(self, phrase: str) -> Chain:
        pieces = _REFERENCE.split(phrase)
        numbers = [self._list_class(piece) if at % 2 else self._class([piece.strip()]) for at, piece in _said(pieces)]
        return Chain(tuple(numbers), phrase.split().count("*"))

    def _spelled(self, phrase: str) -> Iterator[str]:
        """Yield a phrase as it may be written, with other spellings of its words."""
        spelled = self._forms.spelled
        words = phrase.split()
        choices = [_like(word, spelled) if "*" in word else (word, *spelled.get(word, ())) for word in words]
        ways: Iterable[str] = islice(map(" ".join, product(*choices)), _SPELLINGS)
        for said in filter(None, map(trimmed, ways)) if "*" in phrase else ways:
            yield said
            if " s" in said and (joined := _JOINED.sub("s", said)) != said:
                yield joined


def canonical(phrase: str) -> str:
    """Return a phrase as it stands in the line of words; raises `PhraseError` when no word is in it."""
    if _PLAIN.fullmatch(phrase):
        return phrase
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


def _like(word: str, spelled: Mapping[str, tuple[str, ...]]) -> list[str]:
    lead, tail = "*" if word.startswith("*") else "", "*" if word.endswith("*") else ""
    return [word, *(f"{lead}{other}{tail}" for other in spelled.get(word.strip("*"), ()))]


def _plain(listed: Listed) -> list[str]:
    return [word for word in listed.phrases if "{" not in word]


def _sets(one: WordClass) -> tuple[frozenset[str], frozenset[Chain], frozenset[int]]:
    return frozenset(one.phrases), frozenset(one.chains), frozenset(one.patterns)

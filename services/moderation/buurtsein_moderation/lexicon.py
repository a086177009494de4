"""All words and phrases of all packs, found in one reading of a message whatever their number.

A pack's list, and the phrases of a rule, are a *class* of words. Words are looked up; parts of words, and phrases of
several, are found by automata (Aho and Corasick, 1975). Words of the same classes share a *group*. A chain is classes
right after each other: `vuile {groep}`. A class that has chains or patterns is *made* when a message is read.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from buurtsein_moderation.globs import covered, glob
from buurtsein_moderation.language import COMMON
from buurtsein_moderation.scanning import PLACES, Scan, Sentence, mask_of
from buurtsein_text.linear import Span

_KNOWN: Final = 4
_COMMON_WEIGHT: Final = 1000
_NO_WORD: Final = frozenset("* ")


@dataclass(frozen=True)
class Chain:
    """Classes right after each other, with at most `skipped` words between two of them."""

    classes: tuple[int, ...]
    skipped: int = 0

    @cached_property
    def needed(self) -> int:
        """The classes, as a mask."""
        return mask_of(self.classes)


@dataclass(frozen=True, slots=True)
class WordClass:
    """The members of a class: phrases without lists (trimmed), chains, and patterns by their number."""

    phrases: tuple[str, ...]
    chains: tuple[Chain, ...] = ()
    patterns: tuple[int, ...] = ()


Calls = dict[int, set[int]]
"""What classes, by their number, and patterns, by its complement (`~number`), call for."""


def add_calls(calls: Calls, callers: Iterable[int], called: int) -> None:
    """Have something called by each of its callers."""
    for caller in callers:
        calls.setdefault(caller, set()).add(called)


def calls_of(calls: Calls, callers: Iterable[int]) -> frozenset[int]:
    """Return what some classes and patterns call for."""
    return frozenset().union(*(calls.get(caller, ()) for caller in callers))


class Lexicon:
    """Classes of words by their number, and the names of the lists among them."""

    def __init__(self, classes: Sequence[WordClass], names: Mapping[int, Iterable[str]]) -> None:
        self._patterns = [one.patterns for one in classes]
        self.made = mask_of(number for number, one in enumerate(classes) if one.chains or one.patterns)
        self._names = {number: frozenset(of) for number, of in names.items()}
        grouped = self._group(classes)
        self._commonness = _commonness(classes, grouped)
        self._link(classes)
        self._by_word = {phrase: group for phrase, group in grouped.items() if _NO_WORD.isdisjoint(phrase)}
        self._parts = _Globs([phrase for phrase in grouped if "*" in phrase and " " not in phrase], grouped)
        self._phrases = _Globs([phrase for phrase in grouped if " " in phrase], grouped)
        self.emoji = frozenset(char for phrase in grouped if not phrase.isascii() for char in phrase if char > "\x7f")

    def __len__(self) -> int:
        return len(self._by_word) + len(self._parts) + len(self._phrases)

    def __contains__(self, word: str) -> bool:
        """Return whether some phrase is this word, without any `*`."""
        return word in self._by_word

    def word(self, word: str) -> frozenset[int]:
        """Return the classes that a word is in."""
        groups = [group for group, _, _ in self._parts.found(f" {word} ")]
        if word in self._by_word:
            groups.append(self._by_word[word])
        return frozenset().union(*(self.groups[group] for group in groups))

    def phrases(self, line: str) -> list[tuple[int, int, int]]:
        """Return the group of each phrase of several words in a line, and where its words begin and end in it."""
        return self._phrases.found(line)

    def lists(self, classes: Iterable[int]) -> frozenset[str]:
        """Return the names of the lists among some classes."""
        return frozenset().union(*(self._names.get(number, ()) for number in classes))

    def links(self, callers: Iterable[int]) -> frozenset[int]:
        """Return the numbers of the chains that some classes and patterns call for."""
        return calls_of(self._calls, callers)

    def callers(self, classes: Sequence[int]) -> frozenset[int]:
        """Return what calls for classes that must all occur: the rarest of them, or what that can be made of."""
        rarest = min(classes, key=self._commonness.__getitem__)
        of_chains = (self.callers(self._chains[at].classes) for at in self._made_of.get(rarest, ()))
        return frozenset({rarest}).union(*of_chains, (~pattern for pattern in self._patterns[rarest]))

    def may_hold(self, needed: int, scan: Scan, *, anywhere: bool) -> bool:
        """Return whether all classes of a mask may occur, in one sentence unless anywhere will do.

        Of a class that is made, whether it has words or not, it is only known that what it is made of occurs somewhere.
        """
        present = needed & scan.mask
        if not anywhere and not _in_one(present, scan.sentences):
            made = present & self.made
            if not made or not _in_one(present ^ self._makeable(made, scan), scan.sentences):
                return False
        missing = needed ^ present
        while missing:
            number = missing.bit_length() - 1
            if not self._may_be_made(number, scan):
                return False
            missing ^= 1 << number
        return True

    def may_occur(self, number: int, scan: Scan) -> bool:
        """Return whether a class may have a place in the message."""
        return bool(scan.mask >> number & 1) or self._may_be_made(number, scan)

    def occurs(self, number: int, scan: Scan) -> bool:
        """Return whether a class has a place in the message."""
        return bool(scan.mask >> number & 1) or (self._may_be_made(number, scan) and bool(self.spans(number, scan)))

    def spans(self, number: int, scan: Scan) -> list[Span]:
        """Return the places of a class, the first ones first."""
        spans = scan.spans.get(number)
        if spans is None:
            found = scan.places(number)
            if number in self._made_of:
                found += self._made(number, scan)
            spans = scan.spans[number] = sorted(set(found))[:PLACES] if len(found) > 1 else found
        return spans

    def known(self, word: str, parts: Sequence[str] = ()) -> bool:
        """Return whether some phrase stands for all of `word`, and not by short parts or what `parts` show already."""
        if len(word) >= _KNOWN and word in self._by_word:
            return True
        line = f" {word} "
        return any(
            len(bare) >= _KNOWN and not any(bare in part for part in parts)
            for bare in self._parts.covering(line, (1, len(line) - 1))
        )

    def _group(self, classes: Sequence[WordClass]) -> dict[str, int]:
        """Give words and phrases of the same classes one group."""
        group_of: dict[str, int] = {}
        members: list[tuple[int, ...]] = [()]
        for number, one in enumerate(classes):
            moved: dict[int, int] = {}
            for phrase in one.phrases:
                before = group_of.get(phrase, 0)
                if before not in moved:
                    moved[before] = len(members)
                    members.append((*members[before], number))
                group_of[phrase] = moved[before]
        kept = dict(zip(dict.fromkeys(group_of.values()), count()))
        for phrase, group in group_of.items():
            group_of[phrase] = kept[group]
        self.groups = [members[group] for group in kept]
        return group_of

    def _link(self, classes: Sequence[WordClass]) -> None:
        """Number the chains, and note what calls for them and which classes they make."""
        self._chains: list[Chain] = []
        self._made_of: dict[int, frozenset[int]] = {}
        self._calls: Calls = {}
        for number, one in enumerate(classes):
            if one.chains or one.patterns:
                own = range(len(self._chains), len(self._chains) + len(one.chains))
                self._chains += one.chains
                self._made_of[number] = frozenset(own)
                for at in own:
                    add_calls(self._calls, self.callers(self._chains[at].classes), at)

    def _may_be_made(self, number: int, scan: Scan) -> bool:
        """Return whether all that a class can be made of occurs, after each other or not."""
        if number not in self._made_of:
            return False
        supposed = scan.supposed.get(number)
        if supposed is None:
            by_pattern = not scan.patterns.keys().isdisjoint(self._patterns[number])
            supposed = scan.supposed[number] = by_pattern or next(self._possible(number, scan), None) is not None
        return supposed

    def _makeable(self, classes: int, scan: Scan) -> int:
        """Return the classes of a mask that may be made."""
        found = 0
        while classes:
            number = classes.bit_length() - 1
            found |= self._may_be_made(number, scan) << number
            classes ^= 1 << number
        return found

    def _possible(self, number: int, scan: Scan) -> Iterator[Chain]:
        """Yield the chains that may make a class."""
        called = scan.links & self._made_of[number]
        may_occur = scan.mask | self.made if called else 0
        for at in called:
            needed = self._chains[at].needed
            if needed & may_occur == needed and self.may_hold(needed, scan, anywhere=True):
                yield self._chains[at]

    def _made(self, number: int, scan: Scan) -> Iterator[Span]:
        """Yield the places of a class that chains and patterns make."""
        for chain in self._possible(number, scan):
            yield from self._linked(chain, scan)
        for pattern in self._patterns[number]:
            if pattern in scan.patterns:
                yield from scan.patterns[pattern]()

    def _linked(self, chain: Chain, scan: Scan) -> Iterator[Span]:
        first, *others = chain.classes
        for start, end in self.spans(first, scan):
            last: int | None = end
            for number in others:
                last = self._next(number, last, chain.skipped, scan) if last is not None else None
            if last is not None:
                yield start, last

    def _next(self, number: int, at: int, skipped: int, scan: Scan) -> int | None:
        spans = self.spans(number, scan)
        following = bisect_left(spans, (at, at))
        if following == len(spans):
            return None
        start, end = spans[following]
        return end if start - at <= skipped else None


class _Globs:
    """Phrases, or parts of words, in one automaton; arrays, since an object for each would take ten times as much."""

    def __init__(self, phrases: Sequence[str], grouped: Mapping[str, int]) -> None:
        starred = {at: glob(phrase) for at, phrase in enumerate(phrases) if "*" in phrase}
        self._groups = array("L", map(grouped.__getitem__, phrases))
        self._edges = bytes(starred[at].edges if at in starred else 0 for at in range(len(phrases)))
        self._around = {at: (one.before, one.rest) for at, one in starred.items() if one.before or one.rest}
        keys = [starred[at].key if at in starred else f" {phrase} " for at, phrase in enumerate(phrases)]
        self._automaton = AhoCorasick(keys, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def __len__(self) -> int:
        return len(self._groups)

    def found(self, line: str) -> list[tuple[int, int, int]]:
        """Return the group of each that occurs in a line, and the whole words that it covers."""
        return [
            (self._groups[at], *span)
            for at, start, end in self._automaton.find_matches_as_indexes(line, overlapping=True)
            if (span := covered(line, start, end, self._edges[at], *self._around.get(at, ())))
        ]

    def covering(self, line: str, span: Span) -> Iterator[str]:
        """Yield the keys of those without a `*` in their midst that cover a span of a line, without the spaces."""
        for at, start, end in self._automaton.find_matches_as_indexes(line, overlapping=True):
            if at not in self._around and covered(line, start, end, self._edges[at]) == span:
                yield line[start:end].strip()


def _in_one(classes: int, sentences: Iterable[Sentence]) -> bool:
    """Return whether one of the sentences has all classes of a mask."""
    for sentence in sentences:  # noqa: SIM110  # a generator costs more than all else here
        if sentence.mask & classes == classes:
            return True
    return False


def _commonness(classes: Sequence[WordClass], phrases: Iterable[str]) -> list[int]:
    """Return how common the words of each class are: those of every message weigh most."""
    common = {phrase for phrase in phrases if (_first(phrase) if "*" in phrase else phrase) in COMMON}
    found: list[int] = []
    for one in classes:
        known = _COMMON_WEIGHT * len(common.intersection(one.phrases))
        first = sum(found[chain.classes[0]] for chain in one.chains)
        found.append(known + first + len(one.phrases) + len(one.patterns))
    return found


def _first(phrase: str) -> str:
    return phrase.strip("*").partition("*")[0].strip()

"""All words and phrases of all packs in one automaton (Aho and Corasick, 1975), read once per message.

A pack's list, and the phrases of a rule, are a *class* of words. The automaton finds keys; a key belongs to globs, and
a glob to classes. A chain is classes right after each other, such as `vuile {groep}`, and belongs to classes as well.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import chain as chained
from typing import Final

import ahocorasick  # type: ignore[import-not-found]  # the wheel has no types

from buurtsein_moderation.globs import Glob
from buurtsein_moderation.language import COMMON
from buurtsein_moderation.linear import Span

PLACES: Final = 256
"""How many places of a class are looked at: bounds the work that a hostile message can ask for."""

_KNOWN: Final = 4
_COMMON_WEIGHT: Final = 1000


@dataclass(frozen=True, slots=True, order=True)
class Chain:
    """Classes right after each other, with at most `skipped` words between two of them."""

    classes: tuple[int, ...]
    skipped: int = 0


@dataclass(slots=True)
class WordClass:
    """The members of a class: globs, chains, and patterns by their number."""

    globs: tuple[Glob, ...]
    chains: tuple[Chain, ...] = ()
    patterns: tuple[int, ...] = ()


@dataclass(slots=True)
class Scan:
    """What one pass over a line found: where each key ends, and the classes that occur."""

    line: str
    ends: Mapping[int, list[int]]
    present: set[int]
    patterns: Mapping[int, Callable[[], list[Span]]]
    spans: dict[int, list[Span]] = field(default_factory=dict)


class Lexicon:
    """Classes of words by their number; what it returns only depends on the line that is read."""

    def __init__(self, classes: Sequence[WordClass]) -> None:
        self._classes = classes
        self._keys: dict[str, int] = {}
        self._members: list[dict[int, list[Glob]]] = [self._by_key(one.globs) for one in classes]
        self._simple, self._gapped = self._classes_by_key()
        self._chained: dict[int, list[tuple[int, Chain]]] = {}
        for number, one in enumerate(classes):
            for link in one.chains:
                self._chained.setdefault(link.classes[0], []).append((number, link))
        self._by_pattern: dict[int, list[int]] = {}
        for number, one in enumerate(classes):
            for pattern in one.patterns:
                self._by_pattern.setdefault(pattern, []).append(number)
        self._automaton = _automaton(self._keys)
        self.emoji = frozenset(char for key in self._keys for char in key if not char.isascii())

    def __len__(self) -> int:
        return len(self._keys)

    def scan(self, line: str, patterns: Mapping[int, Callable[[], list[Span]]]) -> Scan:
        """Return what occurs in a line of words; `patterns` are those that match, with a way to their places."""
        ends: dict[int, list[int]] = {}
        for end, key in self._automaton.iter(line):
            if key in ends:
                ends[key].append(end + 1)
            else:
                ends[key] = [end + 1]
        present: set[int] = set().union(*map(self._simple.__getitem__, ends))
        scan = Scan(line, ends, present, patterns)
        for key in ends.keys() & self._gapped.keys():
            self._add_gapped(key, scan)
        for pattern in patterns:
            present.update(self._by_pattern.get(pattern, ()))
        if self._chained:
            self._add_chains(scan)
        return scan

    def known(self, word: str, parts: Sequence[str] = ()) -> bool:
        """Return whether some phrase stands for all of `word`, short beginnings and what `parts` show already aside."""
        line = f" {word} "
        for end, key in self._automaton.iter(line):
            for glob in self._globs_of[key]:
                bare = glob.key.strip()
                if len(bare) < _KNOWN or glob.rest or any(bare in part for part in parts):
                    continue
                if glob.span(line, end + 1) == (1, len(line) - 1):
                    return True
        return False

    def commonness(self, number: int) -> int:
        """Return how common the words of a class are: those of every message weigh most."""
        one = self._classes[number]
        common = sum(_COMMON_WEIGHT for glob in one.globs if glob.key.strip() in COMMON)
        first = sum(self.commonness(link.classes[0]) for link in one.chains)
        return common + first + len(one.globs) + len(one.patterns)

    def spans(self, number: int, scan: Scan) -> list[Span]:
        """Return the places of a class in the line, the first ones first."""
        if number not in scan.spans:
            found = chained(self._found(number, scan), self._followed(number, scan), self._matched(number, scan))
            scan.spans[number] = sorted(dict.fromkeys(found))[:PLACES]
        return scan.spans[number]

    def _by_key(self, globs: Iterable[Glob]) -> dict[int, list[Glob]]:
        members: dict[int, list[Glob]] = {}
        for glob in dict.fromkeys(globs):
            members.setdefault(self._keys.setdefault(glob.key, len(self._keys)), []).append(glob)
        return members

    def _classes_by_key(self) -> tuple[list[tuple[int, ...]], dict[int, list[tuple[Glob, int]]]]:
        simple: list[list[int]] = [[] for _ in self._keys]
        gapped: dict[int, list[tuple[Glob, int]]] = {}
        self._globs_of: list[list[Glob]] = [[] for _ in self._keys]
        for number, members in enumerate(self._members):
            for key, globs in members.items():
                self._globs_of[key].extend(globs)
                if all(glob.rest for glob in globs):
                    gapped.setdefault(key, []).extend((glob, number) for glob in globs)
                else:
                    simple[key].append(number)
        return [tuple(numbers) for numbers in simple], gapped

    def _add_gapped(self, key: int, scan: Scan) -> None:
        ends = scan.ends[key][:PLACES]
        for glob, number in self._gapped[key]:
            if number not in scan.present and any(glob.span(scan.line, end) for end in ends):
                scan.present.add(number)

    def _add_chains(self, scan: Scan) -> None:
        # A class comes after those that its chains are made of, so in their order each is settled before it is needed.
        waiting = [link for number in scan.present & self._chained.keys() for link in self._chained[number]]
        heapify(waiting)
        while waiting:
            number, link = heappop(waiting)
            if number in scan.present or not scan.present.issuperset(link.classes):
                continue
            if next(self._linked(link, scan), None):
                scan.present.add(number)
                for other in self._chained.get(number, ()):
                    heappush(waiting, other)

    def _found(self, number: int, scan: Scan) -> Iterator[Span]:
        members = self._members[number]
        for key in sorted(members.keys() & scan.ends.keys()):
            for glob in members[key]:
                spans = (glob.span(scan.line, end) for end in scan.ends[key][:PLACES])
                yield from (span for span in spans if span)

    def _followed(self, number: int, scan: Scan) -> Iterator[Span]:
        for link in self._classes[number].chains:
            if scan.present.issuperset(link.classes):
                yield from self._linked(link, scan)

    def _linked(self, link: Chain, scan: Scan) -> Iterator[Span]:
        first, *others = link.classes
        for start, end in self.spans(first, scan):
            last: int | None = end
            for number in others:
                last = self._next(number, last, link.skipped, scan) if last is not None else None
            if last is not None:
                yield start, last

    def _next(self, number: int, at: int, skipped: int, scan: Scan) -> int | None:
        spans = self.spans(number, scan)
        following = bisect_right(spans, (at, at))
        if following == len(spans):
            return None
        start, end = spans[following]
        return end if scan.line.count(" ", at, start) <= skipped + 1 else None

    def _matched(self, number: int, scan: Scan) -> Iterator[Span]:
        for pattern in self._classes[number].patterns:
            if pattern in scan.patterns:
                yield from scan.patterns[pattern]()


def _automaton(keys: Mapping[str, int]) -> "ahocorasick.Automaton":
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for key, number in keys.items():
        automaton.add_word(key, number)
    if not keys:
        automaton.add_word("\x00", 0)
    automaton.make_automaton()
    return automaton

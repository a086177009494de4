"""All words and phrases of all packs, found in one reading of a message whatever their number.

A pack's list, and the phrases of a rule, are a *class* of words; its members are globs, each with the key that is
looked for. Single words are looked up in a dictionary; phrases and parts of words are found by one automaton (Aho and
Corasick, 1975). A chain is classes right after each other, such as `vuile {groep}`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import chain as chained
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

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


class Scan:
    """What one reading of a line found: the keys and classes that occur, and their places once somebody asks."""

    __slots__ = ("keys", "line", "patterns", "present", "spans")

    def __init__(self, line: str, patterns: Mapping[int, Callable[[], list[Span]]]) -> None:
        self.line = line
        self.patterns = patterns
        self.keys: set[int] = set()
        self.present: set[int] = set()
        self.spans: dict[int, list[Span]] = {}

    def ends(self, key: str) -> Iterator[int]:
        """Yield where a key ends in the line, the first places only."""
        at = self.line.find(key)
        for _ in range(PLACES):
            if at < 0:
                return
            yield at + len(key)
            at = self.line.find(key, at + 1)


class Lexicon:
    """Classes of words by their number; what it returns only depends on the line that is read."""

    def __init__(self, classes: Sequence[WordClass]) -> None:
        self._classes = classes
        self._keys: dict[str, int] = {}
        self._members: list[dict[int, list[Glob]]] = [self._by_key(one.globs) for one in classes]
        simple, self._gapped = self._classes_by_key()
        self._chained: dict[int, list[tuple[int, Chain]]] = {}
        for number, one in enumerate(classes):
            for link in one.chains:
                self._chained.setdefault(link.classes[0], []).append((number, link))
        self._by_pattern: dict[int, list[int]] = {}
        for number, one in enumerate(classes):
            for pattern in one.patterns:
                self._by_pattern.setdefault(pattern, []).append(number)
        self._by_word = {key.strip(): (at, simple[at]) for key, at in self._keys.items() if _is_word(key)}
        self._words = frozenset(self._by_word)
        parts = [key for key in self._keys if not _is_word(key)]
        self._by_part = [(self._keys[part], simple[self._keys[part]]) for part in parts]
        self._gapped_keys = frozenset(self._gapped)
        self._chain_starts = frozenset(self._chained)
        self._automaton = AhoCorasick(parts, implementation=Implementation.ContiguousNFA)
        self.emoji = frozenset(char for key in self._keys for char in key if not char.isascii())

    def __len__(self) -> int:
        return len(self._keys)

    def scan(
        self, line: str, words: AbstractSet[str], patterns: Mapping[int, Callable[[], list[Span]]] | None = None
    ) -> Scan:
        """Return what occurs in a line of `words`; `patterns` are those that match, with a way to their places."""
        scan = Scan(line, patterns or {})
        found = [self._by_word[word] for word in self._words & words]
        parts = self._automaton.find_matches_as_indexes(line, overlapping=True)
        found += [self._by_part[at] for at, _, _ in parts]
        keys = scan.keys = {key for key, _ in found}
        scan.present = set().union(*[classes for _, classes in found])
        for key in self._gapped_keys & keys:
            self._add_gapped(key, scan)
        for pattern in scan.patterns:
            scan.present.update(self._by_pattern.get(pattern, ()))
        linked = self._chain_starts & scan.present
        if linked:
            self._add_chains(linked, scan)
        return scan

    def known(self, word: str, parts: Sequence[str] = ()) -> bool:
        """Return whether some phrase stands for all of `word`, short beginnings and what `parts` show already aside."""
        line = f" {word} "
        scan = self.scan(line, {word})
        for key in scan.keys:
            for glob in self._globs_of[key]:
                bare = glob.key.strip()
                if len(bare) < _KNOWN or glob.rest or any(bare in part for part in parts):
                    continue
                if any(glob.span(line, end) == (1, len(line) - 1) for end in scan.ends(glob.key)):
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
        for glob, number in self._gapped[key]:
            if number not in scan.present and any(glob.span(scan.line, end) for end in scan.ends(glob.key)):
                scan.present.add(number)

    def _add_chains(self, starts: AbstractSet[int], scan: Scan) -> None:
        # A class comes after those that its chains are made of, so in their order each is settled before it is needed.
        waiting = [link for number in starts for link in self._chained[number]]
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
        for key in sorted(members.keys() & scan.keys):
            for glob in members[key]:
                spans = (glob.span(scan.line, end) for end in scan.ends(glob.key))
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


def _is_word(key: str) -> bool:
    return key.startswith(" ") and key.endswith(" ") and key.count(" ") == 2

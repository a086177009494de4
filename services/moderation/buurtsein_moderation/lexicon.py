"""All words and phrases of all packs, found in one reading of a message whatever their number.

A pack's list, and the phrases of a rule, are a *class* of words. Single words are looked up in a dictionary; phrases
and parts of words are found by one automaton (Aho and Corasick, 1975). Words of the same classes share a *group*, so
that a message costs what it says and not what packs know. A chain is classes right after each other: `vuile {groep}`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from buurtsein_moderation.globs import Glob
from buurtsein_moderation.language import COMMON
from buurtsein_moderation.linear import Span

PLACES: Final = 256
"""How many places of a class are looked at: bounds the work that a hostile message can ask for."""

_KNOWN: Final = 4
_COMMON_WEIGHT: Final = 1000


@dataclass(frozen=True, slots=True)
class Chain:
    """Classes right after each other, with at most `skipped` words between two of them."""

    classes: tuple[int, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class WordClass:
    """The members of a class: globs, chains, and patterns by their number."""

    globs: tuple[Glob, ...]
    chains: tuple[Chain, ...] = ()
    patterns: tuple[int, ...] = ()


class Scan:
    """What one reading of a line found: the groups and classes that occur, and their places once somebody asks.

    Of the classes `present`, those `supposed` may turn out to have no place: all that is known is that words occur.
    """

    __slots__ = ("_ends", "_places", "by_group", "groups", "line", "parts", "patterns", "present", "spans", "supposed")

    def __init__(self, line: str, patterns: Mapping[int, Callable[[], list[Span]]]) -> None:
        self.line = line
        self.patterns = patterns
        self.parts: set[int] = set()
        self.by_group: dict[int, list[Glob]] = {}
        self.groups: set[int] = set()
        self.present: set[int] = set()
        self.supposed: set[int] = set()
        self.spans: dict[int, list[Span]] = {}
        self._ends: dict[str, list[int]] = {}
        self._places: dict[int, list[Span]] = {}

    def places(self, group: int) -> list[Span]:
        """Return the places of the words of a group."""
        places = self._places.get(group)
        if places is None:
            globs = self.by_group[group]
            places = self._places[group] = [
                span for glob in globs for span in glob.spans(self.line, self.ends(glob.key))
            ]
        return places

    def ends(self, key: str) -> list[int]:
        """Return where a key ends in the line, the first places only."""
        ends = self._ends.get(key)
        if ends is None:
            ends = self._ends[key] = []
            at = self.line.find(key)
            while at >= 0 and len(ends) < PLACES:
                ends.append(at + len(key))
                at = self.line.find(key, at + 1)
        return ends


class Lexicon:
    """Classes of words by their number; what it returns only depends on the line that is read."""

    def __init__(self, classes: Sequence[WordClass]) -> None:
        self._classes = classes
        self._commonness: dict[int, int] = {}
        self._parts = list(dict.fromkeys(glob.key for one in classes for glob in one.globs if not glob.word))
        self._group_words()
        self._words = frozenset(self._by_word)
        self._gapped_parts = frozenset(self._gapped)
        self._links = _links(classes, self.commonness)
        self._linking = frozenset(self._links)
        self._by_pattern = _by_pattern(classes)
        self._automaton = AhoCorasick(self._parts, implementation=Implementation.ContiguousNFA)
        keys = (glob.key for one in classes for glob in one.globs if not glob.key.isascii())
        self.emoji = frozenset(char for key in keys for char in key if not char.isascii())

    def __len__(self) -> int:
        return len(self._by_word) + len(self._parts)

    def scan(
        self, line: str, said: AbstractSet[str], patterns: Mapping[int, Callable[[], list[Span]]] | None = None
    ) -> Scan:
        """Return what occurs in a line of words; `patterns` are those that match, with a way to their places."""
        scan = Scan(line, patterns or {})
        scan.parts.update([at for at, _, _ in self._automaton.find_matches_as_indexes(line, overlapping=True)])
        found = [self._by_word[word] for word in self._words & said]
        found += [self._by_part[part] for part in scan.parts]
        by_group = scan.by_group
        for group, glob in found:
            if group in by_group:
                by_group[group].append(glob)
            else:
                by_group[group] = [glob]
        scan.groups.update(by_group)
        scan.present.update(*map(self.groups.__getitem__, by_group))
        for part in self._gapped_parts & scan.parts:
            scan.supposed.update(self._gapped[part])
        for pattern in scan.patterns:
            scan.supposed.update(self._by_pattern.get(pattern, ()))
        scan.supposed -= scan.present
        scan.present |= scan.supposed
        for start in self._linking & scan.present:
            self._suppose(start, scan)
        return scan

    def occurs(self, number: int, scan: Scan) -> bool:
        """Return whether a class has a place in the line."""
        return number in scan.present and (number not in scan.supposed or bool(self.spans(number, scan)))

    def spans(self, number: int, scan: Scan) -> list[Span]:
        """Return the places of a class in the line, the first ones first."""
        if number in scan.spans:
            return scan.spans[number]
        found = self._of_words(number, scan)
        one = self._classes[number]
        for chain in one.chains:
            if scan.present.issuperset(chain.classes):
                found += self._linked(chain, scan)
        for pattern in one.patterns:
            if pattern in scan.patterns:
                found += scan.patterns[pattern]()
        spans = scan.spans[number] = sorted(set(found))[:PLACES] if len(found) > 1 else found
        return spans

    def known(self, word: str, parts: Sequence[str] = ()) -> bool:
        """Return whether some phrase stands for all of `word`, short beginnings and what `parts` show already aside."""
        if len(word) >= _KNOWN and word in self._by_word:
            return True
        line = f" {word} "
        for at, _, end in self._automaton.find_matches_as_indexes(line, overlapping=True):
            bare = self._parts[at].strip()
            told = len(bare) < _KNOWN or any(bare in part for part in parts)
            if not told and self._by_part[at][1].span(line, end) == (1, len(line) - 1):
                return True
        return False

    def commonness(self, number: int) -> int:
        """Return how common the words of a class are: those of every message weigh most."""
        if number not in self._commonness:
            self._commonness[number] = self._weighed(self._classes[number])
        return self._commonness[number]

    def _weighed(self, one: WordClass) -> int:
        common = sum(_COMMON_WEIGHT for glob in one.globs if glob.key.strip() in COMMON)
        first = sum(self.commonness(chain.classes[0]) for chain in one.chains)
        return common + first + len(one.globs) + len(one.patterns)

    def _of_words(self, number: int, scan: Scan) -> list[Span]:
        found: list[Span] = []
        for group in self._groups_of[number] & scan.groups:
            found += scan.places(group)
        for part, globs in self._gapped_of[number].items():
            if part in scan.parts:
                for glob in globs:
                    found += glob.spans(scan.line, scan.ends(glob.key))
        return found

    def _group_words(self) -> None:
        """Give words, and parts of words, of the same classes one group; phrases with a gap are looked at by class."""
        classes_of: dict[Glob, list[int]] = {}
        gapped: dict[int, list[int]] = {}
        self._gapped_of: list[dict[int, list[Glob]]] = [{} for _ in self._classes]
        numbers = {part: at for at, part in enumerate(self._parts)}
        for number, one in enumerate(self._classes):
            for glob in one.globs:
                if glob.rest:
                    gapped.setdefault(numbers[glob.key], []).append(number)
                    self._gapped_of[number].setdefault(numbers[glob.key], []).append(glob)
                else:
                    classes_of.setdefault(glob, []).append(number)
        self._gapped = {part: tuple(dict.fromkeys(classes)) for part, classes in gapped.items()}
        groups: dict[tuple[int, ...], int] = {(): 0}
        grouped = {glob: groups.setdefault(tuple(own), len(groups)) for glob, own in classes_of.items()}
        self._by_word = {glob.word: (group, glob) for glob, group in grouped.items() if glob.word}
        by_key = {glob.key: (group, glob) for glob, group in grouped.items()}
        self._by_part = [by_key.get(part, (0, Glob(part))) for part in self._parts]
        self.groups = list(groups)
        of: list[list[int]] = [[] for _ in self._classes]
        for group, classes in enumerate(self.groups):
            for number in classes:
                of[number].append(group)
        self._groups_of = [frozenset(own) for own in of]

    def _suppose(self, start: int, scan: Scan) -> None:
        """Add the classes that may occur since all classes of one of their chains do, after each other or not."""
        for number, classes in self._links[start]:
            if number not in scan.present and scan.present.issuperset(classes):
                scan.present.add(number)
                scan.supposed.add(number)
                if number in self._links:
                    self._suppose(number, scan)

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
        following = bisect_right(spans, (at, at))
        if following == len(spans):
            return None
        start, end = spans[following]
        return end if scan.line.count(" ", at, start) <= skipped + 1 else None


def _by_pattern(classes: Sequence[WordClass]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, one in enumerate(classes):
        for pattern in one.patterns:
            found.setdefault(pattern, []).append(number)
    return found


def _links(
    classes: Sequence[WordClass], commonness: Callable[[int], int]
) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
    """Return the chains to look at when a class occurs: their class, and the classes that must occur as well."""
    links: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    for number, one in enumerate(classes):
        for chain in one.chains:
            derived = [member for member in chain.classes if classes[member].chains]
            for start in {min(chain.classes, key=commonness), *derived}:
                links.setdefault(start, []).append((number, chain.classes))
    return links

"""All words and phrases of all packs, found in one reading of a message whatever their number.

A pack's list, and the phrases of a rule, are a *class* of words. What a word is, with its beginnings and endings, is
looked up once and remembered; phrases of several words are found by one automaton (Aho and Corasick, 1975). Words of
the same classes share a *group*. A chain is classes right after each other: `vuile {groep}`.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from buurtsein_moderation.globs import covered, glob
from buurtsein_moderation.language import COMMON
from buurtsein_moderation.linear import Span
from buurtsein_moderation.reading import Reading
from buurtsein_moderation.scanning import PLACES, Scan, mask_of

_REMEMBERED: Final = 1 << 14
"""Words of which is remembered what they are."""

LONGEST: Final = 40
"""Letters of a word that is remembered; no word is longer, but what somebody sends to fill the memory may be."""

_KNOWN: Final = 4
_COMMON_WEIGHT: Final = 1000
_NO_WORD: Final = frozenset("* ")


@dataclass(frozen=True, slots=True)
class Chain:
    """Classes right after each other, with at most `skipped` words between two of them."""

    classes: tuple[int, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class WordClass:
    """The members of a class: phrases without lists (trimmed), chains, and patterns by their number."""

    phrases: tuple[str, ...]
    chains: tuple[Chain, ...] = ()
    patterns: tuple[int, ...] = ()


class Word(NamedTuple):
    """What a word is: the groups that it is in, the mask of their classes, and the names of the lists among these."""

    groups: tuple[int, ...]
    mask: int
    lists: frozenset[str]


class Lexicon:
    """Classes of words by their number, and the names of the lists among them; what it remembers changes no answer."""

    def __init__(self, classes: Sequence[WordClass], names: Mapping[int, Iterable[str]]) -> None:
        self._chains = [one.chains for one in classes]
        self._patterns = [one.patterns for one in classes]
        self._names = {number: frozenset(of) for number, of in names.items()}
        grouped = self._group(classes)
        self.commonness = _commonness(classes, grouped)
        self._by_word = {phrase: group for phrase, group in grouped.items() if _NO_WORD.isdisjoint(phrase)}
        self._parts = _Globs([phrase for phrase in grouped if "*" in phrase and " " not in phrase], grouped)
        self._phrases = _Globs([phrase for phrase in grouped if " " in phrase], grouped)
        self._links = _links(classes, self.commonness)
        self._linking = mask_of(self._links)
        self._by_pattern = _by_pattern(classes)
        self._remembered = lru_cache(_REMEMBERED)(self._look_up)
        self._mask = lru_cache(_REMEMBERED)(self._look_up_mask)
        self._of = lru_cache(_REMEMBERED)(self._look_up_groups)
        self._described = lru_cache(_REMEMBERED)(self._describe)
        self.emoji = frozenset(char for phrase in grouped if not phrase.isascii() for char in phrase if char > "\x7f")

    def __len__(self) -> int:
        return len(self._by_word) + len(self._parts) + len(self._phrases)

    def __contains__(self, word: str) -> bool:
        """Return whether some phrase is this word, without any `*`."""
        return word in self._by_word

    def word(self, word: str) -> Word:
        """Return what a word is."""
        return self._remembered(word) if len(word) <= LONGEST else self._look_up(word)

    def lists(self, group: int) -> frozenset[str]:
        """Return the names of the lists among the classes of a group."""
        return frozenset().union(*(self._names.get(number, ()) for number in self.groups[group]))

    def scan(self, reading: Reading, patterns: Mapping[int, Callable[[], list[Span]]]) -> Scan:
        """Return what occurs in a message; `patterns` are those that match, with a way to their places."""
        scan = Scan(reading, patterns)
        said, masks = scan.said, {}
        long = len(max(reading.places, key=len, default="")) > LONGEST
        known = map(self.word if long else self._remembered, reading.places)
        for word, (groups, mask, _) in zip(reading.places, known, strict=True):
            masks[word] = mask
            for group in groups:
                if group in said:
                    said[group].append(word)
                else:
                    said[group] = [word]
        scan.read(masks)
        for group, start, end in self._phrases.found(reading.line):
            scan.add_phrase(group, self._mask(group), reading.place_in_line(start, end))
        scan.suppose(mask_of(number for pattern in scan.patterns for number in self._by_pattern.get(pattern, ())))
        self._suppose(scan)
        return scan

    def occurs(self, number: int, scan: Scan) -> bool:
        """Return whether a class has a place in the message."""
        return scan.has(number) and (not scan.supposed >> number & 1 or bool(self.spans(number, scan)))

    def spans(self, number: int, scan: Scan) -> list[Span]:
        """Return the places of a class, the first ones first."""
        spans = scan.spans.get(number)
        if spans is None:
            found = list(self._found(number, scan))
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

    def _look_up(self, word: str) -> Word:
        groups = [group for group, _, _ in self._parts.found(f" {word} ")]
        if word in self._by_word:
            groups.append(self._by_word[word])
        return self._described(tuple(dict.fromkeys(groups)))

    def _describe(self, groups: tuple[int, ...]) -> Word:
        lists = frozenset().union(*map(self.lists, groups))
        return Word(groups, mask_of(number for group in groups for number in self.groups[group]), lists)

    def _look_up_mask(self, group: int) -> int:
        return mask_of(self.groups[group])

    def _look_up_groups(self, number: int) -> frozenset[int]:
        return frozenset(self._groups_of[number])

    def _found(self, number: int, scan: Scan) -> Iterator[Span]:
        groups = self._of(number)
        for group in scan.said.keys() & groups:
            yield from scan.words(group)
        for group in scan.phrases.keys() & groups:
            yield from scan.phrases[group]
        for chain in self._chains[number]:
            if scan.may_hold(mask_of(chain.classes), anywhere=True):
                yield from self._linked(chain, scan)
        for pattern in self._patterns[number]:
            if pattern in scan.patterns:
                yield from scan.patterns[pattern]()

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
        of = [array("L") for _ in classes]
        for group, own in enumerate(self.groups):
            for number in own:
                of[number].append(group)
        self._groups_of = of
        return group_of

    def _suppose(self, scan: Scan) -> None:
        """Add the classes that may occur since all classes of one of their chains do, after each other or not."""
        mask = scan.mask
        starts = mask & self._linking
        while starts:
            start = starts & -starts
            starts ^= start
            for needed, number in self._links[start.bit_length() - 1]:
                if mask & needed == needed and not mask & number:
                    mask |= number
                    starts |= number & self._linking
        scan.suppose(mask)

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
        self._rests = {at: one.rest for at, one in starred.items() if one.rest}
        keys = [starred[at].key if at in starred else f" {phrase} " for at, phrase in enumerate(phrases)]
        self._automaton = AhoCorasick(keys, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def __len__(self) -> int:
        return len(self._groups)

    def found(self, line: str) -> list[tuple[int, int, int]]:
        """Return the group of each that occurs in a line, and the whole words that it covers."""
        return [
            (self._groups[at], *span)
            for at, start, end in self._automaton.find_matches_as_indexes(line, overlapping=True)
            if (span := covered(line, start, end, self._edges[at], self._rests.get(at, ())))
        ]

    def covering(self, line: str, span: Span) -> Iterator[str]:
        """Yield the keys of those without a `*` in their midst that cover a span of a line, without the spaces."""
        for at, start, end in self._automaton.find_matches_as_indexes(line, overlapping=True):
            if at not in self._rests and covered(line, start, end, self._edges[at], ()) == span:
                yield line[start:end].strip()


def _by_pattern(classes: Sequence[WordClass]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, one in enumerate(classes):
        for pattern in one.patterns:
            found.setdefault(pattern, []).append(number)
    return found


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


def _links(classes: Sequence[WordClass], commonness: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Return the chains to look at when a class occurs: the masks of what must occur as well and of their class."""
    links: dict[int, list[tuple[int, int]]] = {}
    for number, one in enumerate(classes):
        for chain in one.chains:
            derived = [member for member in chain.classes if classes[member].chains]
            for start in {min(chain.classes, key=commonness.__getitem__), *derived}:
                links.setdefault(start, []).append((mask_of(chain.classes), 1 << number))
    return links

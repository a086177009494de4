"""Which rules a message calls for: those of which all words of one way to match occur, near each other or not.

The rarest class of each way calls for it, so the cost follows the message, and not the number of rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from buurtsein_moderation.conditions import CompiledRule, Condition
from buurtsein_moderation.lexicon import Calls, Lexicon, add_calls, calls_of
from buurtsein_moderation.proximity import Together
from buurtsein_moderation.scanning import Scan


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways in which a rule can match: words of one class, or of classes that must be near each other."""

    rule: int
    classes: tuple[int, ...]
    needed: int
    anywhere: bool = True
    together: Together | None = None


class Ways:
    """The ways in which rules can match, by what calls for them."""

    def __init__(self, rules: Sequence[CompiledRule], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._ways = [way for at, rule in enumerate(rules) for way in _ways(at, rule.matches)]
        self._needed = [way.needed for way in self._ways]
        self._calls: Calls = {}
        for at, way in enumerate(self._ways):
            add_calls(self._calls, lexicon.callers(way.classes), at)
        self._with_pattern = _with_pattern(rules)

    def called(self, callers: Iterable[int]) -> frozenset[int]:
        """Return the numbers of the ways that some classes and patterns call for."""
        return calls_of(self._calls, callers)

    def possible(self, scan: Scan) -> list[tuple[int, list[Way]]]:
        """Return the numbers of the rules that may match, in order, and the ways in which they may."""
        needed, may_occur = self._needed, scan.mask | self._lexicon.made
        possible: dict[int, list[Way]] = {}
        for at in sorted([at for at in scan.calls if needed[at] & may_occur == needed[at]]):
            way = self._ways[at]
            if self._lexicon.may_hold(way.needed, scan, anywhere=way.anywhere):
                possible.setdefault(way.rule, []).append(way)
        for number in scan.patterns:
            for rule in self._with_pattern.get(number, ()):
                possible.setdefault(rule, [])
        return sorted(possible.items())


def _ways(rule: int, matches: Condition) -> Iterator[Way]:
    if matches.words is not None:
        yield Way(rule, (matches.words,), 1 << matches.words)
    for group in matches.together:
        yield Way(rule, group.classes, group.needed, group.anywhere, group)


def _with_pattern(rules: Sequence[CompiledRule]) -> Mapping[int, list[int]]:
    by_pattern: defaultdict[int, list[int]] = defaultdict(list)
    for at, rule in enumerate(rules):
        for number in dict.fromkeys(rule.matches.patterns):
            by_pattern[number].append(at)
    return by_pattern

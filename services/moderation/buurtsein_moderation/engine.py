"""The one engine: one automaton over the words of a message says which rules could hold, and only those are looked at.

Rules are evaluated on classes of words and their places, and never scan the message again; so the cost follows the
message, and not the number of rules.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Literal

from buurtsein_moderation.disguise import EXPRESSIONS, Disguises
from buurtsein_moderation.guards import Context, Words, active, exempt
from buurtsein_moderation.language import languages
from buurtsein_moderation.lexicon import PLACES, Lexicon, Scan, WordClass
from buurtsein_moderation.linear import Expression, ExpressionSet, Span
from buurtsein_moderation.packs import CategoryRule, Guard, TypeRule
from buurtsein_moderation.proximity import Place, Together, place, together
from buurtsein_moderation.reading import Reading
from buurtsein_moderation.scoping import Scope
from buurtsein_moderation.text import Normalised
from buurtsein_moderation.weighing import Weights

_DISGUISES = len(EXPRESSIONS)


@dataclass(frozen=True, slots=True)
class Condition:
    """What must occur: a word of a class, a pattern, or classes of words near each other."""

    words: int | None = None
    patterns: tuple[int, ...] = ()
    together: tuple[Together, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its conditions, in classes of words and numbers of patterns."""

    rule: CategoryRule | TypeRule
    language: Literal["nl", "en", "any"]
    matches: Condition
    unless: Condition
    exempt: tuple[Guard, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Found:
    """A rule on what is wrong with a message that holds, and the characters of the original that it matched."""

    rule: CategoryRule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Matched:
    """All rules that hold for a message, in the order of the packs."""

    findings: tuple[Found, ...]
    types: tuple[TypeRule, ...]


class Engine:
    """Compiled rules; `match` is pure and linear in the length of the message."""

    def __init__(
        self,
        classes: Sequence[WordClass],
        patterns: Sequence[Expression],
        rules: Sequence[CompiledRule],
        scope: Scope,
        weights: Weights | None = None,
    ) -> None:
        self.scope = scope
        self.weights = weights
        self._rules = tuple(rules)
        self._patterns = tuple(patterns)
        self._set = ExpressionSet([*EXPRESSIONS, *(pattern.expression for pattern in patterns)])
        self._lexicon = Lexicon(classes)
        self._disguises = Disguises(self._lexicon)
        self._by_class, self._by_pattern = _triggers(self._rules, self._lexicon)
        self._calling = frozenset(self._by_class)
        self._by_group = [_called(group, self._by_class) for group in self._lexicon.groups]
        self._needed = [_needed(compiled.matches) for compiled in self._rules]

    @property
    def rules(self) -> tuple[CategoryRule | TypeRule, ...]:
        """Return every rule, in the order of the packs."""
        return tuple(compiled.rule for compiled in self._rules)

    @property
    def size(self) -> int:
        """Return how many words, phrases and parts of words are looked for."""
        return len(self._lexicon)

    def match(self, message: Normalised, language: str | None = None) -> Matched:
        """Return the rules that hold for `message`, written in `language` if that is known."""
        reading, scan = self.scan(message)
        spoken = {language, "any"} if language else {*languages(reading.said), "any"}
        findings: list[Found] = []
        types: list[TypeRule] = []
        for compiled in self._possible(scan):
            if compiled.language not in spoken or self._said(compiled.unless, scan):
                continue
            found: Span | bool | None
            if isinstance(compiled.rule, CategoryRule) or compiled.exempt:
                found = self._find(compiled, reading, scan)
            else:
                found = self._said(compiled.matches, scan) or self._near(compiled.matches, reading, scan)
            if not found or self._near(compiled.unless, reading, scan):
                continue
            if isinstance(compiled.rule, TypeRule):
                types.append(compiled.rule)
            elif isinstance(found, tuple):
                findings.append(Found(compiled.rule, *found))
        return Matched(tuple(findings), tuple(types))

    def scan(self, message: Normalised) -> tuple[Reading, Scan]:
        """Return `message` read, and the words and patterns that occur in it."""
        present = self._set.present(message.text)
        reading = Reading(message, self._disguises.undone(message, [at for at in present if at < _DISGUISES]))
        return reading, self._lexicon.scan(reading.line, reading.said, self._patterns_of(reading, present))

    def _patterns_of(self, reading: Reading, present: list[int]) -> dict[int, Callable[[], list[Span]]]:
        numbers = (at - _DISGUISES for at in present if at >= _DISGUISES)
        return {number: partial(self._locate, number, reading) for number in numbers}

    def _locate(self, number: int, reading: Reading) -> list[Span]:
        return [reading.place(*span) for span in self._written(number, reading)]

    def _written(self, number: int, reading: Reading) -> Iterator[Span]:
        return islice(self._patterns[number].spans(reading.message.text), PLACES)

    def _possible(self, scan: Scan) -> Iterator[CompiledRule]:
        """Yield the rules of which all words of one alternative occur, whether or not they are near each other."""
        triggered: set[int] = set()
        triggered.update(*map(self._by_group.__getitem__, scan.groups))
        triggered.update(*[self._by_class[number] for number in self._calling & scan.supposed])
        possible = {at for at in triggered if any(map(scan.present.issuperset, self._needed[at]))}
        for number in scan.patterns:
            possible.update(self._by_pattern.get(number, ()))
        return (self._rules[at] for at in sorted(possible))

    def _find(self, compiled: CompiledRule, reading: Reading, scan: Scan) -> Span | None:
        """Return the first characters of the original that the rule matches and that no guard exempts."""
        context = Context(compiled.words, reading, scan, self._lexicon)
        guards = active(compiled.exempt, context)
        for found in self._places(compiled.matches, reading, scan):
            if not guards or not exempt(found, guards, context):
                return reading.original(found.start, found.end)
        for number in compiled.matches.patterns if compiled.matches.patterns and scan.patterns else ():
            for span in self._written(number, reading) if number in scan.patterns else ():
                if not guards or not exempt(place([reading.place(*span)]), guards, context):
                    return reading.message.original(*span)
        return None

    def _said(self, condition: Condition, scan: Scan) -> bool:
        """Return whether a word or a pattern of the condition occurs."""
        if condition.words is not None and self._lexicon.occurs(condition.words, scan):
            return True
        return bool(condition.patterns) and not scan.patterns.keys().isdisjoint(condition.patterns)

    def _near(self, condition: Condition, reading: Reading, scan: Scan) -> bool:
        """Return whether words of the condition are near each other."""
        for group in condition.together:
            if scan.present.issuperset(group.classes) and next(together(group, reading, scan, self._lexicon), None):
                return True
        return False

    def _places(self, condition: Condition, reading: Reading, scan: Scan) -> Iterator[Place]:
        if condition.words is not None and condition.words in scan.present:
            yield from (place([span]) for span in self._lexicon.spans(condition.words, scan))
        for group in condition.together:
            yield from together(group, reading, scan, self._lexicon)


def _triggers(
    rules: Sequence[CompiledRule], lexicon: Lexicon
) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
    """Return the rules that each class of words, and each pattern, calls for: of words near each other the rarest."""
    by_class: dict[int, dict[int, None]] = {}
    by_pattern: dict[int, dict[int, None]] = {}
    for at, compiled in enumerate(rules):
        rarest = [min(group.classes, key=lexicon.commonness) for group in compiled.matches.together]
        own = [] if compiled.matches.words is None else [compiled.matches.words]
        for number in (*own, *rarest):
            by_class.setdefault(number, {})[at] = None
        for number in compiled.matches.patterns:
            by_pattern.setdefault(number, {})[at] = None
    return {at: tuple(called) for at, called in by_class.items()}, {at: tuple(c) for at, c in by_pattern.items()}


def _called(classes: Iterable[int], by_class: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(at for number in classes for at in by_class.get(number, ())))


def _needed(condition: Condition) -> list[tuple[int, ...]]:
    """Return the classes that must occur for a condition to hold, of each of its alternatives."""
    own = [] if condition.words is None else [(condition.words,)]
    return [*own, *(group.classes for group in condition.together)]

"""The one engine: one automaton over the words of a message says which rules could hold, and only those are looked at.

Rules are evaluated on classes of words and their places, and never scan the message again; so the cost follows the
message, and not the number of rules.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from buurtsein_moderation.calling import Way, Ways
from buurtsein_moderation.conditions import CompiledRule, Condition
from buurtsein_moderation.disguise import EXPRESSIONS, Disguises
from buurtsein_moderation.foreign import is_foreign
from buurtsein_moderation.guards import Context, exempt
from buurtsein_moderation.lexicon import Lexicon
from buurtsein_moderation.memory import Memory
from buurtsein_moderation.packs import CategoryRule, TypeRule
from buurtsein_moderation.proximity import Place, place, together
from buurtsein_moderation.reading import AROUND, Reading
from buurtsein_moderation.scanning import PLACES, Scan, Standing
from buurtsein_moderation.scoping import Scope
from buurtsein_moderation.text import Normalised
from buurtsein_moderation.weighing import Scales, Weighed
from buurtsein_moderation.weights import Weights
from buurtsein_text.linear import Expression, ExpressionSet, Span

_DISGUISES = len(EXPRESSIONS)

_EXCUSED = 8
"""How many places of a rule are looked at, when something exempts the whole message."""


@dataclass(frozen=True, slots=True)
class Found:
    """A rule on what is wrong with a message that holds, and the characters of the original that it matched.

    `place` is the first word of these and the one behind the last, as numbers.
    """

    rule: CategoryRule
    start: int
    end: int
    place: Span


@dataclass(frozen=True, slots=True)
class Matched:
    """All rules that hold for a message, in the order of the packs, and what was found on the way.

    `excused` are places of grave rules that would hold but for what exempts the whole message; a `foreign` one is in
    another language than Dutch or English.
    """

    findings: tuple[Found, ...]
    types: tuple[TypeRule, ...]
    scan: Scan
    excused: tuple[Found, ...] = ()
    foreign: bool = False

    @property
    def applied(self) -> list[CategoryRule]:
        """The rules on what is wrong that hold and are not in shadow."""
        return [found.rule for found in self.findings if not found.rule.shadow]

    def weighed(self, scales: Scales) -> Weighed | None:
        """Return what the words and rules weigh together; None for a message without words."""
        return scales.weigh(self.scan, self.applied, self.types)


class _Match(NamedTuple):
    start: int
    end: int
    place: Span


class Engine:
    """Compiled rules; `match` is pure and linear in the length of the message."""

    def __init__(
        self,
        lexicon: Lexicon,
        patterns: Sequence[Expression],
        rules: Sequence[CompiledRule],
        scope: Scope,
    ) -> None:
        self.scope = scope
        self.scales: Scales | None = None
        self._rules = tuple(rules)
        self._patterns = tuple(patterns)
        self._set = ExpressionSet([*EXPRESSIONS, *(pattern.expression for pattern in patterns)])
        self.lexicon = lexicon
        self._disguises = Disguises(lexicon)
        self._ways = Ways(self._rules, lexicon)
        self._memory = Memory(lexicon, self._ways, None)

    def weigh_by(self, weights: Weights) -> None:
        """Weigh messages by `weights` from now on."""
        self.scales = Scales(weights)
        self._memory = Memory(self.lexicon, self._ways, self.scales)

    @property
    def rules(self) -> tuple[CategoryRule | TypeRule, ...]:
        """Return every rule, in the order of the packs."""
        return tuple(compiled.rule for compiled in self._rules)

    @property
    def size(self) -> int:
        """Return how many words, phrases and parts of words are looked for."""
        return len(self.lexicon)

    def match(self, message: Normalised, language: str | None = None) -> Matched:
        """Return the rules that hold for `message`, written in `language` if that is known.

        A message in another language is read by the rules for these. Any other rule holds in sentences of its language,
        one on what is grave or urgent also in those that may be in either.
        """
        scan = self.scan(message, language)
        foreign = is_foreign(scan)
        heard = [{"other", "any"} if foreign else {*spoken.somewhere, "any"} for spoken in scan.reading.spoken]
        findings: list[Found] = []
        types: list[TypeRule] = []
        excused: list[Found] = []
        for at, ways in self._ways.possible(scan):
            compiled = self._rules[at]
            if compiled.language not in heard[compiled.weighty]:
                continue
            if self._said(compiled.unless, scan):
                excused.extend(self._excused(compiled, ways, scan))
                continue
            found: _Match | bool | None
            if isinstance(compiled.rule, CategoryRule) or compiled.exempt or compiled.partly(scan.reading):
                found = self._find(compiled, ways, scan)
            else:
                found = self._holds(compiled, ways, scan)
            if not found:
                continue
            if self._near(compiled.unless, scan):
                excused.extend(self._excused(compiled, ways, scan))
                continue
            if isinstance(compiled.rule, TypeRule):
                types.append(compiled.rule)
            elif isinstance(found, _Match):
                findings.append(Found(compiled.rule, *found))
        return Matched(tuple(findings), tuple(types), scan, tuple(excused), foreign)

    def scan(self, message: Normalised, language: str | None = None) -> Scan:
        """Return the words and patterns that occur in `message`."""
        present = self._set.present(message.text)
        disguised = self._disguises.undone(message, [at for at in present if at < _DISGUISES])
        reading = Reading(message, disguised, language)
        words = list(map(self._memory.words.__getitem__, reading.words))
        scan = Scan(reading, words, self._phrases_of(reading), self._patterns_of(reading, present))
        for number in scan.patterns:
            scan.add_pattern(self._memory.pattern(number))
        return scan

    def _phrases_of(self, reading: Reading) -> list[Standing]:
        found = self.lexicon.phrases(reading.line)
        return [(self._memory.phrase(group), reading.place_in_line(start, end)) for group, start, end in found]

    def _patterns_of(self, reading: Reading, present: list[int]) -> dict[int, Callable[[], list[Span]]]:
        numbers = (at - _DISGUISES for at in present if at >= _DISGUISES)
        return {number: partial(self._locate, number, reading) for number in numbers}

    def _locate(self, number: int, reading: Reading) -> list[Span]:
        return [reading.place(*span) for span in self._written(number, reading)]

    def _written(self, number: int, reading: Reading) -> Iterator[Span]:
        return islice(self._patterns[number].spans(reading.message.text), PLACES)

    def _excused(self, compiled: CompiledRule, ways: Sequence[Way], scan: Scan) -> Iterator[Found]:
        """Yield the first places of a grave rule that something in a message exempts, near by or not.

        In a short message only those of a rule on what is said of a group: others are exempt by all of it.
        """
        rule, reading = compiled.rule, scan.reading
        if not isinstance(rule, CategoryRule) or not rule.grave:
            return
        if len(reading.words) > 2 * AROUND or (rule.category == "stigmatising" and reading.ends):
            yield from (Found(rule, *found) for found in islice(self._finds(compiled, ways, scan), _EXCUSED))

    def _find(self, compiled: CompiledRule, ways: Sequence[Way], scan: Scan) -> _Match | None:
        return next(self._finds(compiled, ways, scan), None)

    def _finds(self, compiled: CompiledRule, ways: Sequence[Way], scan: Scan) -> Iterator[_Match]:
        """Yield the characters of the original that the rule matches and that no guard exempts."""
        reading = scan.reading
        context = Context(compiled.words, scan, self.lexicon)
        partly = compiled.partly(reading)

        def counts(found: Place) -> bool:
            if partly and not compiled.heard(found, reading):
                return False
            return not exempt(found, compiled.exempt, context)

        for found in self._places(compiled, ways, scan):
            if counts(found):
                yield _Match(*reading.original(found.start, found.end), (found.start, found.end))
        for number in compiled.matches.patterns if compiled.matches.patterns and scan.patterns else ():
            for span in self._written(number, reading) if number in scan.patterns else ():
                found = place([reading.place(*span)])
                if counts(found):
                    yield _Match(*reading.message.original(*span), (found.start, found.end))

    def _holds(self, compiled: CompiledRule, ways: Sequence[Way], scan: Scan) -> bool:
        """Return whether one of the possible ways in which the rule can match is one."""
        return self._said(compiled.matches, scan) or any(
            next(together(way.together, scan, self.lexicon), None) for way in ways if way.together
        )

    def _said(self, condition: Condition, scan: Scan) -> bool:
        """Return whether a word or a pattern of the condition occurs."""
        if condition.words is not None and self.lexicon.occurs(condition.words, scan):
            return True
        return bool(condition.patterns) and not scan.patterns.keys().isdisjoint(condition.patterns)

    def _near(self, condition: Condition, scan: Scan) -> bool:
        """Return whether words of the condition are near each other."""
        return any(
            self.lexicon.may_hold(group.needed, scan, anywhere=group.anywhere)
            and next(together(group, scan, self.lexicon), None)
            for group in condition.together
        )

    def _places(self, compiled: CompiledRule, ways: Sequence[Way], scan: Scan) -> Iterator[Place]:
        for way in ways:
            if way.together:
                yield from together(way.together, scan, self.lexicon)
            elif compiled.matches.words is not None:
                yield from (place([span]) for span in self.lexicon.spans(compiled.matches.words, scan))

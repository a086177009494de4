"""The one engine: every phrase and pattern of all packs in one RE2 set, read once per message in linear time.

What the packs look for is compiled to atoms. One pass over the message says which atoms occur; only rules with an atom
that does are looked at further, and only their atoms are located. So the cost does not grow with the number of rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from buurtsein_moderation.language import languages
from buurtsein_moderation.linear import Expression, ExpressionSet, Span
from buurtsein_moderation.packs import CategoryRule, TypeRule
from buurtsein_moderation.scoping import Scope
from buurtsein_moderation.text import Normalised

_PLACES = 32
"""How many places of an atom are looked at: bounds the work that a hostile message can ask for."""
_LONGEST_WORD = 24
_SENTENCE_END = frozenset(b".!?\n")


@dataclass(frozen=True, slots=True)
class Together:
    """Atoms that must occur near each other: the first one, and each other within `within` words of it."""

    atoms: tuple[int, ...]
    within: int
    ordered: bool
    across: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What must occur: any of the atoms, or any of the groups of atoms near each other."""

    atoms: tuple[int, ...] = ()
    together: tuple[Together, ...] = ()

    def triggers(self) -> Iterator[int]:
        """Yield the atoms of which one must occur for the condition to hold."""
        yield from self.atoms
        yield from (group.atoms[0] for group in self.together)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its conditions in atoms."""

    rule: CategoryRule | TypeRule
    language: Literal["nl", "en", "any"]
    matches: Condition
    unless: Condition


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

    def __init__(self, atoms: tuple[Expression, ...], rules: tuple[CompiledRule, ...], scope: Scope) -> None:
        self.scope = scope
        self._rules = rules
        self._triggered = _triggered(len(atoms), rules)
        self._atoms = atoms
        self._set = ExpressionSet([atom.expression for atom in atoms])

    @property
    def rules(self) -> tuple[CategoryRule | TypeRule, ...]:
        """Return every rule, in the order of the packs."""
        return tuple(compiled.rule for compiled in self._rules)

    def match(self, message: Normalised, language: str | None = None) -> Matched:
        """Return the rules that hold for `message`, written in `language` if that is known."""
        hits = _Hits(message.text, self._atoms, frozenset(self._set.present(message.text)))
        spoken = frozenset({language} if language else languages(message.text)) | {"any"}
        findings: list[Found] = []
        types: list[TypeRule] = []
        for at in sorted({rule for atom in hits.atoms for rule in self._triggered[atom]}):
            compiled = self._rules[at]
            if compiled.language not in spoken or _occurs(compiled.unless, hits):
                continue
            if isinstance(compiled.rule, CategoryRule):
                span = _find(compiled.matches, hits)
                findings.extend([Found(compiled.rule, *message.original(*span))] if span else [])
            elif _occurs(compiled.matches, hits):
                types.append(compiled.rule)
        return Matched(tuple(findings), tuple(types))


def _triggered(atoms: int, rules: tuple[CompiledRule, ...]) -> tuple[tuple[int, ...], ...]:
    triggered: list[list[int]] = [[] for _ in range(atoms)]
    for at, compiled in enumerate(rules):
        for atom in set(compiled.matches.triggers()):
            triggered[atom].append(at)
    return tuple(map(tuple, triggered))


class _Hits:
    """Where the atoms of one message are, located only when asked for."""

    def __init__(self, text: bytes, patterns: tuple[Expression, ...], atoms: frozenset[int]) -> None:
        self.text = text
        self.atoms = atoms
        self._patterns = patterns
        self._spans: dict[int, list[Span]] = {}

    def spans(self, atom: int) -> list[Span]:
        if atom not in self._spans:
            self._spans[atom] = list(islice(self._patterns[atom].spans(self.text), _PLACES))
        return self._spans[atom]

    def first(self, atom: int) -> Span:
        return self._spans[atom][0] if atom in self._spans else next(self._patterns[atom].spans(self.text))


def _occurs(condition: Condition, hits: _Hits) -> bool:
    return not hits.atoms.isdisjoint(condition.atoms) or _near_each_other(condition, hits) is not None


def _find(condition: Condition, hits: _Hits) -> Span | None:
    atom = next((atom for atom in condition.atoms if atom in hits.atoms), None)
    return _near_each_other(condition, hits) if atom is None else hits.first(atom)


def _near_each_other(condition: Condition, hits: _Hits) -> Span | None:
    groups = (group for group in condition.together if hits.atoms.issuperset(group.atoms))
    return next((span for group in groups if (span := _find_together(group, hits))), None)


def _find_together(group: Together, hits: _Hits) -> Span | None:
    first, *others = (hits.spans(atom) for atom in group.atoms)
    for anchor in first:
        near = [_nearest(anchor, spans, group, hits.text) for spans in others]
        found = [span for span in near if span]
        if len(found) == len(near):
            return min(anchor[0], *(span[0] for span in found)), max(anchor[1], *(span[1] for span in found))
    return None


def _nearest(anchor: Span, spans: list[Span], group: Together, text: bytes) -> Span | None:
    return next((span for span in spans if _is_near(anchor, span, group, text)), None)


def _is_near(anchor: Span, other: Span, group: Together, text: bytes) -> bool:
    start, end = (anchor[1], other[0]) if anchor[0] <= other[0] else (other[1], anchor[0])
    if not 0 <= end - start <= group.within * _LONGEST_WORD or (group.ordered and other[0] < anchor[0]):
        return False
    gap = text[start:end]
    return len(gap.split()) <= group.within and (group.across or _SENTENCE_END.isdisjoint(gap))

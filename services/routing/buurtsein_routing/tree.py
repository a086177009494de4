"""The routing tree: where one case goes, by which rules, and why.

As in Alertmanager, a case goes down to the deepest rules that match it: the first child that matches has it, later ones
only when that child says `continue`, and the rule itself when no child matches. What several such ends say is joined.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from buurtsein_events.signals import Assignment
from buurtsein_events.values import SEVERITIES, Severity, Why
from buurtsein_routing.cases import Case
from buurtsein_routing.config import Match, Root, Rule
from buurtsein_routing.matching import Condition, conditions, failed, held

_ALWAYS = "always"


@dataclass(frozen=True)
class Node:
    """One rule with its matchers compiled and its inherited options filled in."""

    name: str
    depth: int
    wanted: tuple[Condition, ...]
    unwanted: tuple[Condition, ...]
    networks: tuple[str, ...]
    severity: Severity | None
    promise: timedelta
    discreet: bool
    goes_on: bool
    children: tuple["Node", ...]

    def matched(self, case: Case) -> tuple[str, ...] | None:
        """Return the matchers that held, or `None` when the rule does not match the case."""
        if self.unwanted and held(self.unwanted, case) is not None:
            return None
        return held(self.wanted, case)


@dataclass(frozen=True, slots=True)
class Path:
    """One way down the tree: the rules passed, why each matched, and the rule that it ended at."""

    whys: tuple[Why, ...]
    end: Node

    def __str__(self) -> str:
        """Return the names of the rules from the root down."""
        return " > ".join(why.rule for why in self.whys)


@dataclass(frozen=True, slots=True)
class Trial:
    """One rule that was tried: what held, or what did not."""

    node: Node
    matched: tuple[str, ...] | None
    failed: str | None


@dataclass(frozen=True, slots=True)
class Route:
    """What the tree says about one case, its paths joined: the gravest severity, the soonest promise."""

    paths: tuple[Path, ...]
    severity: Severity
    promise: timedelta
    discreet: bool
    assignments: tuple[Assignment, ...]

    @property
    def networks(self) -> tuple[str, ...]:
        """Return the networks that the case goes to."""
        return tuple(assignment.network for assignment in self.assignments)


def build(root: Root) -> Node:
    """Return the tree of the file, its options inherited."""
    top = Node(
        name=root.name,
        depth=0,
        wanted=(),
        unwanted=(),
        networks=root.networks,
        severity=root.severity,
        promise=root.promise,
        discreet=root.discreet,
        goes_on=False,
        children=(),
    )
    return _with_children(top, root.routes)


def route(top: Node, case: Case, without: frozenset[str] = frozenset()) -> Route:
    """Return where the case goes; networks in `without` are left out."""
    paths = tuple(_walk(top, case, (_why(top.name, ()),)))
    whys: dict[str, dict[Why, None]] = {}
    for path in paths:
        for network in path.end.networks:
            if network not in without:
                whys.setdefault(network, {}).update(dict.fromkeys(path.whys))
    return Route(
        paths=paths,
        severity=min((path.end.severity or case.severity for path in paths), key=SEVERITIES.index),
        promise=min(path.end.promise for path in paths),
        discreet=any(path.end.discreet for path in paths),
        assignments=_assignments(whys),
    )


def trials(node: Node, case: Case, matched: tuple[str, ...] = (_ALWAYS,)) -> Iterator[Trial]:
    """Yield a rule that matched and every rule that is tried below it, in the order of trying."""
    yield Trial(node, matched, None)
    for child in node.children:
        below = child.matched(case)
        if below is None:
            yield Trial(child, None, failed(child.wanted, case) or "except")
            continue
        yield from trials(child, case, below or (_ALWAYS,))
        if not child.goes_on:
            return


def _assignments(whys: Mapping[str, Mapping[Why, None]]) -> tuple[Assignment, ...]:
    return tuple(Assignment(network=network, why=tuple(reasons)) for network, reasons in whys.items())


@lru_cache(maxsize=4096)
def _why(rule: str, matched: tuple[str, ...]) -> Why:
    return Why(rule=rule, matched=matched or (_ALWAYS,))


def _walk(node: Node, case: Case, whys: tuple[Why, ...]) -> Iterator[Path]:
    went_down = False
    for child in node.children:
        matched = child.matched(case)
        if matched is None:
            continue
        went_down = True
        yield from _walk(child, case, (*whys, _why(child.name, matched)))
        if not child.goes_on:
            return
    if not went_down:
        yield Path(whys, node)


def _with_children(node: Node, rules: tuple[Rule, ...]) -> Node:
    children = tuple(_with_children(_child(node, rule), rule.routes) for rule in rules)
    return replace(node, children=children)


def _child(parent: Node, rule: Rule) -> Node:
    networks = parent.networks if rule.networks is None else rule.networks
    return Node(
        name=rule.name,
        depth=parent.depth + 1,
        wanted=conditions(rule.match),
        unwanted=conditions(rule.unless or Match()),
        networks=tuple(dict.fromkeys((*networks, *rule.also))),
        severity=rule.severity or parent.severity,
        promise=rule.promise or parent.promise,
        discreet=parent.discreet if rule.discreet is None else rule.discreet,
        goes_on=rule.goes_on,
        children=(),
    )

"""What is wrong with a file of routes although every word in it is known: all of it, in words for who wrote it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from buurtsein_events.communities import UNASSIGNED
from buurtsein_events.values import SignalType, Verdict
from buurtsein_routing.boxes import EVERYTHING, Box, box
from buurtsein_routing.config import PUBLIC_FIELDS, Match, Network, Role, RoutingFile, Rule
from buurtsein_routing.places import Map
from buurtsein_routing.tree import Node, build


@dataclass(frozen=True, slots=True)
class Known:
    """The names that rules may use."""

    networks: frozenset[str]
    areas: frozenset[str]
    communities: frozenset[str]
    words: frozenset[str]


def problems(file: RoutingFile, where: Map, topics: Sequence[str]) -> list[str]:
    """Return every mistake in the file; `topics` are the networks that have one."""
    known = Known(
        networks=frozenset(file.networks),
        areas=where.area_ids,
        communities=frozenset({UNASSIGNED, *(community.id for community in where.communities.communities)}),
        words=frozenset(file.words),
    )
    found = (
        *_network_problems(file, topics),
        *_name_problems(file, known),
        *_never_matching(file.tree.routes, EVERYTHING),
        *_stranded(file),
    )
    return list(dict.fromkeys(found))


def _network_problems(file: RoutingFile, topics: Sequence[str]) -> Iterator[str]:
    for name, network in file.networks.items():
        if name not in topics:
            yield f"networks: {name!r} has no topic; there are topics for {_list(topics)}"
        if network.role == "public" and (private := sorted(set(network.fields) - PUBLIC_FIELDS)):
            yield f"networks.{name}: a public network may not receive {_list(private)}"
        for one, other in (("text", "public_text"), ("location", "place")):
            if one in network.fields and other in network.fields:
                yield f"networks.{name}: name either {one} or {other}, a payload has one of them"


def _name_problems(file: RoutingFile, known: Known) -> Iterator[str]:
    for name in _unknown(file.tree.networks, known.networks):
        yield f"rule {file.tree.name!r}: there is no network {name!r}"
    for kind in _unknown(file.duplicates.kinds, known.words):
        yield f"duplicates.kinds: there is no group of words {kind!r}"
    rules = list(_every(file.tree.routes))
    for name, times in Counter([file.tree.name, *(rule.name for rule in rules)]).items():
        if times > 1:
            yield f"rule {name!r}: {times} rules have this name"
    for rule in rules:
        for network in _unknown((*(rule.networks or ()), *rule.also), known.networks):
            yield f"rule {rule.name!r}: there is no network {network!r}"
        for match in (rule.match, rule.unless or Match()):
            yield from (f"rule {rule.name!r}: {mistake}" for mistake in _match_problems(match, known))


def _match_problems(match: Match, known: Known) -> Iterator[str]:
    for area in _unknown(match.area or (), known.areas):
        yield f"there is no area {area!r}"
    for community in _unknown(match.community or (), known.communities):
        yield f"there is no community {community!r}"
    for group in _unknown(match.text or (), known.words):
        yield f"there is no group of words {group!r}"


def _never_matching(rules: Sequence[Rule], above: Box) -> Iterator[str]:
    for place, rule in enumerate(rules):
        own = above.narrowed(rule.match, rule.unless)
        earlier = next((r for r in rules[:place] if not r.goes_on and own.inside(box(r.match, r.unless))), None)
        if rule.unless is not None and not rule.unless.given():
            yield f"rule {rule.name!r} can never match: its `except` is empty, which excepts everything"
        elif own.impossible:
            yield f"rule {rule.name!r} can never match: its matchers contradict each other or those of a rule above"
        elif earlier:
            yield f"rule {rule.name!r} can never match: {earlier.name!r} before it takes all that it matches"
        else:
            yield from _never_matching(rule.routes, own)


def _stranded(file: RoutingFile) -> Iterator[str]:
    top, rules = build(file.tree), file.tree.routes
    mentioned = {network for rule in _every(rules) for network in (*(rule.networks or ()), *rule.also)}
    # A misspelt network is one mistake, not a report stranded as well.
    misspelt = frozenset({*mentioned, *file.tree.networks} - set(file.networks))
    for kind in get_args(SignalType):
        for end in _lacking(top, rules, _known_box(kind, "publish"), misspelt.union(file.networks)):
            yield f"reports of type {kind!r} could be stranded: rule {end!r} gives them no network"
    for end in _lacking(top, rules, _known_box(None, "hold"), misspelt | _with_role(file.networks, "coordinator")):
        yield f"held reports could stay unseen: rule {end!r} does not give them to a coordinator"
    emergency = misspelt | _with_role(file.networks, "emergency")
    for verdict in get_args(Verdict):
        for end in _lacking(top, rules, _known_box("urgent", verdict), emergency):
            yield f"urgent reports with verdict {verdict!r} would not reach an emergency network: see rule {end!r}"


def _lacking(node: Node, rules: Sequence[Rule], seen: Box, wanted: frozenset[str]) -> list[str]:
    """Return the rules at which a report in `seen` can end without any of the wanted networks.

    What goes on to a later rule that surely gives one does not lack it.
    """
    lacking: list[str] = []
    going_on: list[str] = []
    for child, rule in zip(node.children, rules, strict=True):
        own = seen.narrowed(rule.match, rule.unless)
        if own.impossible:
            continue
        ends = _lacking(child, rule.routes, own, wanted)
        surely = seen.inside(box(rule.match, rule.unless))
        if surely and not ends:
            return lacking
        if surely and not rule.goes_on:
            return [*lacking, *going_on, *ends]
        (going_on if rule.goes_on else lacking).extend(ends)
    here = [] if wanted & set(node.networks) else [node.name]
    return [*lacking, *going_on, *here]


def _known_box(kind: SignalType | None, verdict: Verdict) -> Box:
    return box(Match(type=(kind,) if kind else None, verdict=(verdict,)))


def _with_role(networks: dict[str, Network], role: Role) -> frozenset[str]:
    return frozenset(name for name, network in networks.items() if network.role == role)


def _every(rules: Sequence[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from _every(rule.routes)


def _unknown(names: Sequence[str], known: frozenset[str]) -> list[str]:
    return [name for name in names if name not in known]


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)

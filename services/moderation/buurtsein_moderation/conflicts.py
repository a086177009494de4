"""What sound packs may still have wrong with them: rules that contradict or repeat each other, or never match. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from buurtsein_moderation.assess import assess
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.inheritance import inherit
from buurtsein_moderation.packs import CategoryRule, Matches, Pack, TypeRule
from buurtsein_moderation.text import normalise

_Parts = frozenset[tuple[str, object]]


def conflicts(packs: Sequence[Pack], engine: Engine) -> Iterator[str]:
    """Yield what rules of sound packs have against each other, each in a line; what is weighed is nobody's rule."""
    rules = [rule for pack in inherit(packs, []) for rule in _described(pack)]
    written = {described.rule.id for described in rules}
    for rule in rules:
        yield from _contradictions(rule, engine, written)
    for wide, narrow in permutations(rules, 2):
        yield from _repetitions(wide, narrow)


def unmatched(texts: Iterable[tuple[str, str | None]], engine: Engine) -> list[str]:
    """Return the rules that match none of the texts, each with its language when that is known."""
    seen: set[str] = set()
    for text, language in texts:
        matched = engine.match(normalise(text), language)
        seen |= {found.rule.id for found in matched.findings} | {rule.id for rule in matched.types}
    return [rule.id for rule in engine.rules if rule.id not in seen]


@dataclass(frozen=True, slots=True)
class _Described:
    """A rule with its language, its communities, and all that it looks for and exempts, its lists written out."""

    rule: CategoryRule | TypeRule
    language: str
    communities: frozenset[str]
    matches: _Parts
    unless: _Parts


def _described(pack: Pack) -> Iterator[_Described]:
    for rule in pack.all_rules:
        matches, unless = (_parts(looked_for, pack.lists) for looked_for in (rule.matches, rule.unless))
        unless |= {("exempt", guard) for guard in rule.exempt}
        yield _Described(rule, pack.language, frozenset(pack.communities), matches, unless)


def _parts(matches: Matches, lists: Mapping[str, tuple[str, ...]]) -> _Parts:
    content = {name: getattr(matches, name) for name in type(matches).model_fields}
    content["phrases"] = tuple(_written_out(matches.phrases, lists))
    return frozenset((name, part) for name, parts in content.items() for part in parts)


def _written_out(phrases: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for phrase in phrases:
        name = phrase.removeprefix("{").removesuffix("}")
        if phrase == f"{{{name}}}" and name in lists:
            yield from _written_out(lists[name], lists)
        else:
            yield phrase


def _contradictions(described: _Described, engine: Engine, written: Collection[str]) -> Iterator[str]:
    rule = described.rule
    if isinstance(rule, TypeRule) or rule.shadow:
        return
    language = None if described.language == "any" else described.language
    for example in rule.examples.no_match:
        for found in assess(example, engine, language=language).findings:
            if found.rule.category == rule.category and found.rule.id in written and not found.rule.shadow:
                yield f"{rule.id}: {found.rule.id} of the same category finds {example!r}, which {rule.id} must not"


def _repetitions(wide: _Described, narrow: _Described) -> Iterator[str]:
    if not _covers(wide, narrow):
        return
    if _covers(narrow, wide):
        if wide.rule.id < narrow.rule.id:
            yield f"{wide.rule.id}: it matches the same as {narrow.rule.id}"
    elif _same_verdict(wide.rule, narrow.rule):
        yield f"{narrow.rule.id}: it adds nothing, {wide.rule.id} matches all that it does, with the same verdict"


def _covers(wide: _Described, narrow: _Described) -> bool:
    heard = wide.language in (narrow.language, "any")
    there = not wide.communities or frozenset() < narrow.communities <= wide.communities
    return heard and there and narrow.matches <= wide.matches and wide.unless <= narrow.unless


def _same_verdict(wide: CategoryRule | TypeRule, narrow: CategoryRule | TypeRule) -> bool:
    """Return whether both lead to the same; types don't, since their weights are added."""
    if isinstance(wide, TypeRule) or isinstance(narrow, TypeRule):
        return False
    return (wide.category, wide.verdict) == (narrow.category, narrow.verdict) and not wide.shadow

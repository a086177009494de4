"""Which rules hold in which community, and as what: packs may be for some, and override rules there. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from buurtsein_events.communities import UNASSIGNED
from buurtsein_moderation.packs import CategoryRule, Override, Pack, TypeRule

AnyRule = CategoryRule | TypeRule
_Changes = Mapping[str, CategoryRule | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What rules are in the communities that packs name, and `elsewhere`: by id, another rule or None for none."""

    elsewhere: _Changes = field(default_factory=dict)
    communities: Mapping[str, _Changes] = field(default_factory=dict)

    def category_rule(self, rule: CategoryRule, community: str) -> CategoryRule | None:
        """Return a rule as it holds in a community, None when it does not."""
        return self.changes(community).get(rule.id, rule)

    def holds(self, rule: TypeRule, community: str) -> bool:
        """Return whether a rule on types holds in a community."""
        return rule.id not in self.changes(community)

    def changes(self, community: str) -> _Changes:
        """Return what rules are in a community, of those that are not what their packs say."""
        return self.communities.get(community, self.elsewhere)


def scope_of(packs: Sequence[Pack], communities: Collection[str], problems: list[str]) -> Scope:
    """Return what packs say about communities; unknown names and contradictions are added to `problems`."""
    rules = {rule.id: rule for pack in packs for rule in pack.all_rules}
    problems.extend(_unknown_communities(packs, {*communities, UNASSIGNED}))
    problems.extend(mistake for pack in packs for mistake in _wrong_overrides(pack, rules))
    problems.extend(_twice(packs))
    problems.extend(_in_vain(packs))
    named = sorted({name for pack in packs for name in pack.communities})
    return Scope(_changes(packs, rules, None), {name: _changes(packs, rules, name) for name in named})


def _changes(packs: Sequence[Pack], rules: Mapping[str, AnyRule], community: str | None) -> _Changes:
    """Return the changes in one community; those of packs for it come after those of packs for all."""
    changes: dict[str, CategoryRule | None] = {}
    for pack in sorted(packs, key=lambda pack: bool(pack.communities)):
        if pack.communities and community not in pack.communities:
            changes |= dict.fromkeys((rule.id for rule in pack.all_rules), None)
            continue
        for override in (one for one in pack.overrides if one.rule in rules):
            changes[override.rule] = _overridden(changes.get(override.rule, rules[override.rule]), override)
    return changes


def _overridden(rule: AnyRule | None, override: Override) -> CategoryRule | None:
    if override.off or not isinstance(rule, CategoryRule):
        return None
    return rule.model_copy(update=override.changes)


def _unknown_communities(packs: Iterable[Pack], known: Collection[str]) -> Iterator[str]:
    for pack in packs:
        for name in (name for name in pack.communities if name not in known):
            yield f"{pack.id}: it is for the community {name!r}, which is not one of {', '.join(sorted(known))}"


def _wrong_overrides(pack: Pack, rules: Mapping[str, AnyRule]) -> Iterator[str]:
    for override in pack.overrides:
        if override.rule not in rules:
            yield f"{pack.id}: it overrides {override.rule!r}, and no pack that can be read has such a rule"
        elif isinstance(rules[override.rule], TypeRule) and not override.off:
            yield f"{pack.id}: {override.rule} is a rule on types, which can only be overridden with `off: true`"


def _twice(packs: Iterable[Pack]) -> Iterator[str]:
    places = Counter(
        (override.rule, place)
        for pack in packs
        for override in pack.overrides
        for place in pack.communities or ("every community",)
    )
    return (
        f"{rule}: it is overridden {times} times for {place}" for (rule, place), times in places.items() if times > 1
    )


def _in_vain(packs: Sequence[Pack]) -> Iterator[str]:
    """Yield overrides of rules that hold in none of the communities that they are overridden for."""
    limited = {rule.id: pack for pack in packs if pack.communities for rule in pack.all_rules}
    for pack in packs:
        for rule in (one.rule for one in pack.overrides if one.rule in limited):
            if pack.communities and not set(pack.communities) & set(limited[rule].communities):
                only = ", ".join(limited[rule].communities)
                yield f"{pack.id}: {rule} is only for {only}, so its override does nothing"

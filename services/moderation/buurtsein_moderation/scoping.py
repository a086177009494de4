"""Which rules hold in which community, and as what: packs may be for some, and override rules there. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from buurtsein_events.communities import UNASSIGNED
from buurtsein_events.values import Category
from buurtsein_moderation.packs import CategoryRule, Pack, TypeRule
from buurtsein_moderation.weights import WEIGHED

AnyRule = CategoryRule | TypeRule
_Changes = Mapping[str, Mapping[str, object] | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What differs in rules in the communities that packs name, and `elsewhere`: by id, fields, or None for no rule.

    What stands for a rule where only weighing finds something is one, too.
    """

    elsewhere: _Changes = field(default_factory=dict)
    communities: Mapping[str, _Changes] = field(default_factory=dict)

    def category_rule(self, rule: CategoryRule, community: str) -> CategoryRule | None:
        """Return a rule as it holds in a community, None when it does not."""
        changes = self.changes(community)
        if rule.id not in changes:
            return rule
        fields = changes[rule.id]
        return None if fields is None else rule.model_copy(update=fields)

    def holds(self, rule: TypeRule, community: str) -> bool:
        """Return whether a rule on types holds in a community."""
        return rule.id not in self.changes(community)

    def changes(self, community: str) -> _Changes:
        """Return what differs in a community, by rule."""
        return self.communities.get(community, self.elsewhere)


def scope_of(packs: Sequence[Pack], communities: Collection[str], problems: list[str]) -> Scope:
    """Return what packs say about communities; unknown names and contradictions are added to `problems`."""
    rules = {rule.id: rule for pack in packs for rule in pack.all_rules}
    problems.extend(_unknown_communities(packs, {*communities, UNASSIGNED}))
    problems.extend(mistake for pack in packs for mistake in _wrong_overrides(pack, rules))
    problems.extend(_twice(packs))
    problems.extend(_in_vain(packs))
    named = sorted({name for pack in packs for name in pack.communities})
    return Scope(_changes(packs, None), {name: _changes(packs, name) for name in named})


def _changes(packs: Sequence[Pack], community: str | None) -> _Changes:
    """Return the changes in one community; those of packs for it come after those of packs for all."""
    changes: dict[str, Mapping[str, object] | None] = {}
    for pack in sorted(packs, key=lambda pack: bool(pack.communities)):
        if pack.communities and community not in pack.communities:
            changes |= dict.fromkeys((rule.id for rule in pack.all_rules), None)
            continue
        for override in pack.overrides:
            before = changes.get(override.rule, {})
            changes[override.rule] = None if override.off or before is None else {**before, **override.changes}
    return changes


def _unknown_communities(packs: Iterable[Pack], known: Collection[str]) -> Iterator[str]:
    for pack in packs:
        for name in (name for name in pack.communities if name not in known):
            yield f"{pack.id}: it is for the community {name!r}, which is not one of {', '.join(sorted(known))}"


def _wrong_overrides(pack: Pack, rules: Mapping[str, AnyRule]) -> Iterator[str]:
    weighed = {f"{WEIGHED}{category}" for category in get_args(Category)}
    for override in pack.overrides:
        if override.rule not in rules.keys() | weighed:
            yield f"{pack.id}: it overrides {override.rule!r}, and no pack that can be read has such a rule"
        elif isinstance(rules.get(override.rule), TypeRule) and not override.off:
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

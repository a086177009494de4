"""What packs take over from each other: word lists, and the messages of categories."""

from collections.abc import Iterator, Mapping, Sequence, Set

from buurtsein_events.values import Category
from buurtsein_moderation.packs import CategoryRule, Pack, Wording


def inherit(packs: Sequence[Pack], problems: list[str]) -> list[Pack]:
    """Return the packs with all that they extend filled in; what cannot be is added to `problems`."""
    by_id = {pack.id: pack for pack in packs}
    complete = [_complete(pack, by_id, problems) for pack in packs]
    problems.extend(_without_message(complete))
    return complete


def without_heirs(packs: Sequence[Pack], lost: Set[str]) -> list[Pack]:
    """Return the packs that extend none of the lost ones, not through others either."""
    heirs = {pack.id for pack in packs if not lost.isdisjoint(pack.extends)}
    if heirs <= lost:
        return [pack for pack in packs if pack.id not in heirs]
    return without_heirs(packs, lost | heirs)


def _complete(pack: Pack, by_id: Mapping[str, Pack], problems: list[str]) -> Pack:
    line = list(_ancestors(pack, by_id, problems, ()))
    lists = {name: phrases for each in line for name, phrases in each.lists.items()}
    messages = {category: wording for each in line for category, wording in each.messages.items()}
    rules = tuple(rule.model_copy(update={"message": _message(rule, messages)}) for rule in pack.rules)
    return pack.model_copy(update={"lists": lists, "messages": messages, "rules": rules})


def _ancestors(pack: Pack, by_id: Mapping[str, Pack], problems: list[str], below: tuple[str, ...]) -> Iterator[Pack]:
    """Yield what the pack extends, the farthest first, and then the pack itself."""
    for name in pack.extends:
        if name not in by_id:
            problems.append(f"{pack.id}: it extends {name!r}, which is not one of {', '.join(sorted(by_id))}")
        elif name in (*below, pack.id):
            problems.append(f"{pack.id}: it extends itself through {name!r}")
        else:
            yield from _ancestors(by_id[name], by_id, problems, (*below, pack.id))
    yield pack


def _message(rule: CategoryRule, messages: Mapping[Category, Wording]) -> Wording | None:
    return rule.message or messages.get(rule.category)


def _without_message(packs: Sequence[Pack]) -> Iterator[str]:
    for rule in (rule for pack in packs for rule in pack.rules if rule.message is None):
        yield f"{rule.id}: it has no message, and its pack has none for {rule.category}"

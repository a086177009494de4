"""What packs take over from each other: word lists, and the messages of categories."""

from collections.abc import Iterator, Mapping, Sequence

from buurtsein_events.values import Category
from buurtsein_moderation.packs import CategoryRule, Pack, Wording


def inherit(packs: Sequence[Pack], problems: list[str]) -> list[Pack]:
    """Return the packs with all that they extend filled in; what cannot be is added to `problems`.

    A pack that lacks something of what it extends is left out: what else is wrong with it follows from that.
    """
    by_id = {pack.id: pack for pack in packs}
    lacking = {pack.id: list(_lacking(pack, by_id, ())) for pack in packs}
    problems.extend(dict.fromkeys(problem for found in lacking.values() for problem in found))
    complete = [_complete(pack, by_id) for pack in packs if not lacking[pack.id]]
    problems.extend(_without_message(complete))
    return complete


def _complete(pack: Pack, by_id: Mapping[str, Pack]) -> Pack:
    line = list(_ancestors(pack, by_id))
    lists = {name: phrases for each in line for name, phrases in each.lists.items()}
    messages = {category: wording for each in line for category, wording in each.messages.items()}
    rules = tuple(rule.model_copy(update={"message": _message(rule, messages)}) for rule in pack.rules)
    return pack.model_copy(update={"lists": lists, "messages": messages, "rules": rules})


def _lacking(pack: Pack, by_id: Mapping[str, Pack], below: tuple[str, ...]) -> Iterator[str]:
    """Yield what keeps the pack from being completed, in it or in what it extends."""
    for name in pack.extends:
        if name not in by_id:
            there = ", ".join(sorted(by_id))
            yield f"{pack.id}: it extends {name!r}, which is not one of the packs that can be read: {there}"
        elif name in (*below, pack.id):
            yield f"{pack.id}: it extends itself through {name!r}"
        else:
            yield from _lacking(by_id[name], by_id, (*below, pack.id))


def _ancestors(pack: Pack, by_id: Mapping[str, Pack]) -> Iterator[Pack]:
    """Yield what the pack extends, the farthest first, and then the pack itself."""
    for name in pack.extends:
        yield from _ancestors(by_id[name], by_id)
    yield pack


def _message(rule: CategoryRule, messages: Mapping[Category, Wording]) -> Wording | None:
    return rule.message or messages.get(rule.category)


def _without_message(packs: Sequence[Pack]) -> Iterator[str]:
    for rule in (rule for pack in packs for rule in pack.rules if rule.message is None):
        yield f"{rule.id}: it has no message, and its pack has none for {rule.category}"

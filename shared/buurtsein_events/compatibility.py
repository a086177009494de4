"""Which change of a schema breaks a reader or a writer that does not change at the same moment.

Services are deployed one by one and topics keep their events, so both directions count: a new reader meets old events,
an old reader meets new ones. Only adding an optional field is free; readers ignore what they don't know.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import JsonValue

from buurtsein_events.schemas import Schema

Breaks = Literal["new readers", "old readers"]
"""Who meets an event that they can't read: a new reader an old event, or an old reader a new event."""

_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_EXACT: Final = ("pattern", "format", "multipleOf", "uniqueItems")


@dataclass(frozen=True, slots=True)
class Incompatibility:
    """One change that breaks somebody, with the place in the schema where it is."""

    place: str
    what: str
    breaks: Breaks

    def __str__(self) -> str:
        """Return one line for a person."""
        return f"{self.place or 'the schema'}: {self.what} (breaks {self.breaks})"


def incompatibilities(old: Schema, new: Schema) -> list[Incompatibility]:
    """Return every change from `old` to `new` that breaks a reader; an empty list is a compatible change."""
    return list(_Comparison(old, new, frozenset()).compare(old, new, ""))


@dataclass(frozen=True, slots=True)
class _Comparison:
    old_root: Schema
    new_root: Schema
    under_way: frozenset[tuple[str, str]]

    def compare(self, old: Schema, new: Schema, place: str) -> Iterator[Incompatibility]:
        """Yield the changes between two schemas, whatever alternatives they allow."""
        pair = (json.dumps(old, sort_keys=True), json.dumps(new, sort_keys=True))
        if pair in self.under_way:
            return
        inner = _Comparison(self.old_root, self.new_root, self.under_way | {pair})
        before, after = _alternatives(old, self.old_root), _alternatives(new, self.new_root)
        if "number" in after and "integer" in before and "number" not in before:
            before["number"] = before.pop("integer")
            yield Incompatibility(place, "integer became number", "old readers")
        for kind in sorted(before.keys() - after.keys()):
            yield Incompatibility(place, f"{kind} is no longer allowed", "new readers")
        for kind in sorted(after.keys() - before.keys()):
            yield Incompatibility(place, f"{kind} is allowed now", "old readers")
        for kind in sorted(before.keys() & after.keys()):
            yield from inner.values(before[kind], after[kind], place)

    def values(self, old: Schema, new: Schema, place: str) -> Iterator[Incompatibility]:
        """Yield the changes between two schemas of the same type."""
        yield from _choices(old, new, place)
        yield from _bounds(old, new, place)
        yield from self.properties(old, new, place)
        yield from self.compare(_schema(old.get("items")), _schema(new.get("items")), f"{place}[]")

    def properties(self, old: Schema, new: Schema, place: str) -> Iterator[Incompatibility]:
        """Yield the changes between the properties of two objects."""
        before, after = _schema(old.get("properties")), _schema(new.get("properties"))
        needed_before, needed_after = _strings(old.get("required")), _strings(new.get("required"))
        for name in before:
            if name not in after:
                yield Incompatibility(_below(place, name), "was removed or renamed", "old readers")
            else:
                yield from self.compare(_schema(before[name]), _schema(after[name]), _below(place, name))
        for name in sorted(needed_after - needed_before):
            yield Incompatibility(_below(place, name), "is required now", "new readers")
        for name in sorted((needed_before - needed_after) & after.keys()):
            yield Incompatibility(_below(place, name), "is no longer always there", "old readers")
        if old.get("additionalProperties", True) is not False and new.get("additionalProperties", True) is False:
            yield Incompatibility(place, "unknown fields are refused now", "new readers")


def _choices(old: Schema, new: Schema, place: str) -> Iterator[Incompatibility]:
    before, after = _allowed(old), _allowed(new)
    if before is None and after is not None:
        yield Incompatibility(place, f"only {', '.join(sorted(after))} allowed now", "new readers")
    elif before is not None and after is None:
        yield Incompatibility(place, "any value is allowed now", "old readers")
    elif before is not None and after is not None:
        for value in sorted(before - after):
            yield Incompatibility(place, f"{value} is no longer allowed", "new readers")
        for value in sorted(after - before):
            yield Incompatibility(place, f"{value} is allowed now", "old readers")


def _bounds(old: Schema, new: Schema, place: str) -> Iterator[Incompatibility]:
    for name in (*_UPPER, *_LOWER):
        sign = 1 if name in _UPPER else -1
        before, after = _limit(old.get(name), sign), _limit(new.get(name), sign)
        if after != before:
            breaks: Breaks = "new readers" if after < before else "old readers"
            yield Incompatibility(place, f"{name} {_said(old, name)} became {_said(new, name)}", breaks)
    for name in _EXACT:
        if old.get(name) != new.get(name):
            what = f"{name} {_said(old, name)} became {_said(new, name)}"
            yield Incompatibility(place, what, "old readers" if name not in new else "new readers")


def _alternatives(schema: Schema, root: Schema) -> dict[str, Schema]:
    """Return what a schema allows by JSON type; a second alternative of one type is numbered."""
    found: dict[str, Schema] = {}
    for each in _flat(schema, root):
        kinds = each.get("type", "any")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            name = str(kind)
            while name in found:
                name += "'"
            found[name] = each
    return found


def _flat(schema: Schema, root: Schema) -> Iterator[Schema]:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        yield from _flat(_resolved(reference, root), root)
        return
    choices = schema.get("anyOf") or schema.get("oneOf")
    if not isinstance(choices, list):
        yield schema
        return
    for choice in choices:
        yield from _flat(_schema(choice), root)


def _resolved(reference: str, root: Schema) -> Schema:
    found: JsonValue = dict(root)
    for step in reference.removeprefix("#/").split("/"):
        found = _schema(found).get(step)
    if not isinstance(found, dict):
        raise ValueError(f"the schema has no {reference}")
    return found


def _allowed(schema: Schema) -> set[str] | None:
    choices = [schema["const"]] if "const" in schema else schema.get("enum")
    return {json.dumps(choice) for choice in choices} if isinstance(choices, list) else None


def _limit(value: JsonValue, sign: int) -> float:
    return sign * value if isinstance(value, int | float) else float("inf")


def _said(schema: Schema, name: str) -> str:
    return json.dumps(schema[name]) if name in schema else "(none)"


def _schema(value: JsonValue) -> Schema:
    return value if isinstance(value, dict) else {}


def _strings(value: JsonValue) -> set[str]:
    return {str(each) for each in value} if isinstance(value, list) else set()


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name

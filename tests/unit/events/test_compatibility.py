"""Each kind of change of a schema is allowed or refused for the right reader."""

from copy import deepcopy

import pytest
from pydantic import JsonValue

from buurtsein_events.compatibility import incompatibilities
from buurtsein_events.schemas import Schema, data_schema
from buurtsein_events.topics import EVENTS, EventContract


def of(field: Schema, *, required: bool = False) -> Schema:
    """Return the schema of an object with one field."""
    return {"type": "object", "properties": {"field": field}, "required": ["field"] if required else []}


def said(old: Schema, new: Schema) -> list[str]:
    """Return what the comparison says, in a stable order."""
    return sorted(str(each) for each in incompatibilities(old, new))


@pytest.mark.parametrize("contract", EVENTS, ids=lambda contract: contract.name)
def test_no_change(contract: EventContract) -> None:
    """A schema is compatible with itself."""
    schema = data_schema(contract)
    assert incompatibilities(schema, deepcopy(schema)) == []


def test_new_optional_field() -> None:
    """A new optional field is free, whatever its type."""
    new: Schema = {"type": "object", "properties": {"field": {"type": "string"}, "more": {"$ref": "#/$defs/More"}}}
    new["$defs"] = {"More": {"type": "object", "required": ["x"]}}
    assert incompatibilities(of({"type": "string"}), new) == []


def test_removed_field() -> None:
    """A field that is gone breaks old readers, and a renamed one is gone."""
    new: Schema = {"type": "object", "properties": {"feld": {"type": "string"}}}
    assert said(of({"type": "string"}), new) == ["field: was removed or renamed (breaks old readers)"]


def test_new_required_field() -> None:
    """A field that is required now breaks new readers of old events, also when it existed."""
    assert said(of({"type": "string"}), of({"type": "string"}, required=True)) == [
        "field: is required now (breaks new readers)"
    ]
    assert said({"type": "object"}, of({}, required=True)) == ["field: is required now (breaks new readers)"]


def test_no_longer_required_field() -> None:
    """A required field that writers may leave out breaks old readers."""
    assert said(of({"type": "string"}, required=True), of({"type": "string"})) == [
        "field: is no longer always there (breaks old readers)"
    ]


NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 100}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"type": "string"}, {"type": "integer"}, ["integer is allowed now", "string is no longer allowed"]),
        ({"type": "integer"}, {"type": "number"}, ["integer became number"]),
        ({"type": ["string", "null"]}, {"type": "string"}, ["null is no longer allowed"]),
        ({"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "null"}]}, ["null is allowed now"]),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, ['"b" is no longer allowed']),
        ({"const": "a"}, {"enum": ["a", "b"]}, ['"b" is allowed now']),
        ({"type": "string"}, {"type": "string", "enum": ["a"]}, ['only "a" allowed now']),
        ({"type": "string", "enum": ["a"]}, {"type": "string"}, ["any value is allowed now"]),
        (NAME, {**NAME, "maxLength": 99}, ["maxLength 100 became 99"]),
        (NAME, {**NAME, "maxLength": 101}, ["maxLength 100 became 101"]),
        (NAME, {**NAME, "minLength": 2}, ["minLength 1 became 2"]),
        (NAME, {"type": "string", "maxLength": 100}, ["minLength 1 became (none)"]),
        ({"type": "string"}, {"type": "string", "pattern": "^a"}, ['pattern (none) became "^a"']),
        ({"type": "string", "format": "date-time"}, {"type": "string"}, ['format "date-time" became (none)']),
        ({"type": "array"}, {"type": "array", "maxItems": 5}, ["maxItems (none) became 5"]),
    ],
    ids=str,
)
def test_changed_values(old: Schema, new: Schema, expected: list[str]) -> None:
    """Other values than before are named, whether there are fewer or more of them."""
    assert sorted(each.what for each in incompatibilities(of(old), of(new))) == expected


@pytest.mark.parametrize(
    ("limit", "breaks"), [({"maximum": 5}, "new readers"), ({"maximum": 50}, "old readers"), ({}, "old readers")]
)
def test_who_breaks(limit: Schema, breaks: str) -> None:
    """Narrower breaks new readers of old events, wider breaks old readers of new events."""
    found = incompatibilities(of({"type": "integer", "maximum": 10}), of({"type": "integer", **limit}))
    assert [each.breaks for each in found] == [breaks]


def test_place_of_a_change() -> None:
    """A change deep inside lists, alternatives and references is found and its place named."""

    def schema(limit: JsonValue) -> Schema:
        item: JsonValue = {"type": "object", "properties": {"x": {"type": "string", "maxLength": limit}}}
        nullable: JsonValue = {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Item"}}, {"type": "null"}]}
        return {"type": "object", "properties": {"items": nullable}, "$defs": {"Item": item}}

    assert said(schema(9), schema(8)) == ["items[].x: maxLength 9 became 8 (breaks new readers)"]


def test_schema_that_contains_itself() -> None:
    """A schema that refers to itself is compared once."""
    node: Schema = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "x": {"type": "string"}}}
    narrower: Schema = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "x": {"type": "null"}}}
    old: Schema = {"$ref": "#/$defs/Node", "$defs": {"Node": node}}
    new: Schema = {"$ref": "#/$defs/Node", "$defs": {"Node": narrower}}
    assert {each.place for each in incompatibilities(old, new)} == {"x", "next.x"}
    assert incompatibilities(old, deepcopy(old)) == []


def test_refused_unknown_fields() -> None:
    """Refusing unknown fields breaks the promise that readers ignore them."""
    assert said({"type": "object"}, {"type": "object", "additionalProperties": False}) == [
        "the schema: unknown fields are refused now (breaks new readers)"
    ]


def test_missing_reference() -> None:
    """A reference that leads nowhere is an error, not a compatible change."""
    with pytest.raises(ValueError, match="has no #/"):
        incompatibilities(of({"$ref": "#/$defs/Gone"}), of({"type": "string"}))

"""Bytes to events and back, by the contracts."""

import re
from functools import cache
from typing import Unpack

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from buurtsein_events.envelope import SAME, Attributes, Event
from buurtsein_events.errors import DecodeError, EncodeError
from buurtsein_events.topics import DATA_OF_TYPE, EVENT_LIMIT
from buurtsein_events.values import Value

_TYPE = re.compile(rb'"type"\s*:\s*"([\w.]{1,100})"', re.ASCII)


class _Typed(BaseModel):
    type: str


def encode(event: Event[Value]) -> bytes:
    """Return the event as UTF-8 JSON; raises `EncodeError` when it is larger than 64 KiB."""
    return compose(**vars(event))


def compose(**attributes: Unpack[Attributes]) -> bytes:
    """Return the event of these attributes as `encode` does, without making the event, which takes twice as long."""
    members = {**SAME, **{name: value for name, value in attributes.items() if value is not None}}
    raw = to_json(members, exclude_none=True)
    if len(raw) > EVENT_LIMIT:
        name = f"{attributes['type']} {attributes['id']}"
        raise EncodeError("too_large", f"{name} takes {len(raw)} bytes, the limit is {EVENT_LIMIT}")
    return raw


def decode(raw: bytes | None) -> Event[Value]:
    """Return the event in `raw`; raises `DecodeError` when it is not an event of these contracts.

    Reasons: `null`, `too_large`, `not_json`, `unknown_type` (a later major version too), `wrong_schema`.
    """
    if raw is None:
        raise DecodeError("null", "the record has no value")
    if len(raw) > EVENT_LIMIT:
        raise DecodeError("too_large", f"{len(raw)} bytes, the limit is {EVENT_LIMIT}")
    likely = _TYPE.search(raw)
    event = _read(raw, likely[1].decode()) if likely else None
    return event or _read_by_its_type(raw)


def _read(raw: bytes, event_type: str) -> Event[Value] | None:
    """Return the event if `event_type`, the first that the bytes name, turns out to be its own."""
    if event_type not in DATA_OF_TYPE:
        return None
    try:
        event = _adapter(event_type).validate_json(raw)
    except ValidationError:
        return None
    return event if event.type == event_type else None


def _read_by_its_type(raw: bytes) -> Event[Value]:
    event_type = _type_of(raw)
    if event_type not in DATA_OF_TYPE:
        raise DecodeError("unknown_type", f"no contract for {event_type[:100]!r}")
    try:
        return _adapter(event_type).validate_json(raw)
    except ValidationError as error:
        raise DecodeError("wrong_schema", _summary(error)) from error


def _type_of(raw: bytes) -> str:
    try:
        return _Typed.model_validate_json(raw).type
    except ValidationError as error:
        reason = "not_json" if error.errors()[0]["type"] == "json_invalid" else "wrong_schema"
        raise DecodeError(reason, _summary(error)) from error


@cache
def _adapter(event_type: str) -> TypeAdapter[Event[Value]]:
    return TypeAdapter(Event.__class_getitem__(DATA_OF_TYPE[event_type]))  # type: ignore[arg-type]


def _summary(error: ValidationError) -> str:
    places = [f"{'.'.join(map(str, e['loc'])) or 'value'}: {e['msg']}" for e in error.errors()[:3]]
    return "; ".join(places)[:500]

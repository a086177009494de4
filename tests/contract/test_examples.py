"""Every example is an event for readers and for writers, and as its schema says."""

import json

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import JsonValue

from buurtsein_events.codec import decode, encode
from buurtsein_events.examples import KINDS, Kind, example
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.schemas import data_schema, envelope_schema
from buurtsein_events.signals import SignalAssigned, SignalRouted
from buurtsein_events.topics import EVENT_LIMIT, EVENTS, EventContract

of_each_event = pytest.mark.parametrize("contract", EVENTS, ids=lambda contract: contract.name)
of_each_kind = pytest.mark.parametrize("kind", KINDS)


def without_unknown(value: JsonValue) -> JsonValue:
    """Return the value without the fields that no contract knows; in the examples their names begin with "unknown"."""
    if isinstance(value, dict):
        return {name: without_unknown(each) for name, each in value.items() if not name.startswith("unknown")}
    return [without_unknown(each) for each in value] if isinstance(value, list) else value


def assert_within(part: JsonValue, whole: JsonValue) -> None:
    """Assert that everything in `part` is in `whole`, which may have more fields."""
    if isinstance(part, dict) and isinstance(whole, dict):
        for name, value in part.items():
            assert_within(value, whole[name])
    elif isinstance(part, list) and isinstance(whole, list):
        for one, other in zip(part, whole, strict=True):
            assert_within(one, other)
    else:
        assert part == whole


@of_each_event
@of_each_kind
def test_reader(contract: EventContract, kind: Kind) -> None:
    """A reader decodes it as the data of its type."""
    event = decode(example(contract.name, kind))
    assert (event.type, event.dataschema, type(event.data)) == (contract.event_type, contract.schema, contract.data)


@of_each_event
@of_each_kind
def test_writer(contract: EventContract, kind: Kind) -> None:
    """What a writer makes of it has every known field with its value, and reads back as the same event."""
    raw = example(contract.name, kind)
    written = encode(decode(raw))
    assert decode(written) == decode(raw)
    assert len(written) <= EVENT_LIMIT
    assert_within(without_unknown(json.loads(raw)), json.loads(written))


@of_each_event
def test_unknown_fields(contract: EventContract) -> None:
    """A reader ignores what it doesn't know, at any depth."""
    raw = example(contract.name, "hostile")
    known = json.dumps(without_unknown(json.loads(raw)))
    assert b'"unknown' in raw
    assert decode(raw) == decode(known.encode())


@of_each_event
@of_each_kind
def test_schema(contract: EventContract, kind: Kind) -> None:
    """It is as the schemas of the envelope and of its data say, and so is what a writer makes of it."""
    for raw in (example(contract.name, kind), encode(decode(example(contract.name, kind)))):
        event = json.loads(raw)
        Draft202012Validator(envelope_schema(), format_checker=FormatChecker()).validate(event)
        Draft202012Validator(data_schema(contract), format_checker=FormatChecker()).validate(event["data"])


@of_each_event
def test_schema_refuses(contract: EventContract) -> None:
    """Without a required field both the schema and the reader refuse it."""
    event = json.loads(example(contract.name, "minimal"))
    for name in list(event["data"]):
        rest = {other: value for other, value in event["data"].items() if other != name}
        assert not Draft202012Validator(data_schema(contract)).is_valid(rest), name


def test_typical_examples_are_one_way() -> None:
    """The typical examples follow one report, with the ids that derive from it."""
    data = {contract.name: decode(example(contract.name)).data for contract in EVENTS}
    received, moderated = data["report.received"], data["report.moderated"]
    routed, assigned = data["signal.routed"], data["signal.assigned"]
    assert isinstance(received, ReportReceived)
    assert isinstance(moderated, ReportModerated)
    assert isinstance(routed, SignalRouted)
    assert isinstance(assigned, SignalAssigned)
    assert moderated.report == received
    assert routed.signal_id == assigned.signal_id == derive(received.report_id, "signal")
    assert assigned.network in [assignment.network for assignment in routed.assignments]

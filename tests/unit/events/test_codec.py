"""Bytes that are an event, however they are written, and what is said of those that are none."""

import json

import pytest

from buurtsein_events.codec import compose, decode, encode
from buurtsein_events.envelope import Event
from buurtsein_events.errors import DecodeError, EncodeError
from buurtsein_events.topics import EVENT_LIMIT
from buurtsein_events.values import Value
from tests.unit.events.records import raw, received

EVENT = raw(received("r"), "e-1")
NOTICE = b'"type":"nl.buurtsein.member.notice.v1"'


def refused(value: bytes | None) -> DecodeError:
    """Return why bytes are no event."""
    with pytest.raises(DecodeError) as error:
        decode(value)
    return error.value


def changed(**changes: object) -> bytes:
    """Return an event with other attributes."""
    return json.dumps(json.loads(EVENT) | changes).encode()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "null"),
        (b" " * (EVENT_LIMIT + 1), "too_large"),
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b"[]", "wrong_schema"),
        (b"{}", "wrong_schema"),
        (b'{"type": 1}', "wrong_schema"),
        (b'{"type": "nl.buurtsein.report.received.v2"}', "unknown_type"),
        (changed(data={}), "wrong_schema"),
        (EVENT[:-1], "not_json"),
    ],
)
def test_what_is_no_event_has_a_reason(value: bytes | None, reason: str) -> None:
    """Dead letters are counted by it."""
    assert refused(value).reason == reason


def test_an_event_may_be_as_large_as_the_limit() -> None:
    """The last byte counts as well."""
    assert decode(EVENT.ljust(EVENT_LIMIT)).id == "e-1"
    assert str(EVENT_LIMIT + 1) in refused(EVENT.ljust(EVENT_LIMIT + 1)).detail


def test_what_is_wrong_is_named_by_its_place() -> None:
    """The first three mistakes, and never a value, which may be private."""
    detail = refused(changed(id=1, source=2, subject=3, partitionkey=4)).detail
    assert [each.split(":")[0] for each in detail.split("; ")] == ["id", "source", "subject"]
    assert refused(changed(data={"report_id": "r"})).detail.startswith("data.channel: ")
    assert refused(b"[]").detail.startswith("value: ")


def test_an_unknown_type_is_named_as_far_as_it_is_short() -> None:
    """Anybody may have written it."""
    assert refused(json.dumps({"type": "x" * 200}).encode()).detail == f"no contract for {'x' * 100!r}"


@pytest.mark.parametrize(
    "written",
    [
        b'{"other":{%s},' % NOTICE + EVENT[1:],
        b'{"other":{"type":"nuisance"},' + EVENT[1:],
        EVENT.replace(b'"type":"nl.', b'"type" : "nl\\u002e'),
        json.dumps(dict(reversed(json.loads(EVENT).items())), indent=1).encode(),
    ],
    ids=["a type of other events within", "a type of a report within", "escaped", "in another order"],
)
def test_an_event_is_read_by_its_own_type(written: bytes) -> None:
    """Wherever it stands, and whatever else is called a type."""
    assert decode(written) == decode(EVENT)


def test_an_event_that_names_another_type_first_is_still_checked() -> None:
    """By the contract of its own."""
    assert refused(b'{"other":{%s},' % NOTICE + changed(data={})[1:]).reason == "wrong_schema"


def test_what_is_nothing_is_not_written() -> None:
    """And what is the same in every event is."""
    event = decode(EVENT)
    written = json.loads(encode(event))
    assert "traceparent" not in written
    assert (written["specversion"], written["datacontenttype"]) == ("1.0", "application/json")
    assert compose(**{name: value for name, value in vars(event).items() if name != "specversion"}) == encode(event)


def grown(over: int) -> Event[Value]:
    """Return the event so large that it goes over the limit by some bytes."""
    event = decode(EVENT)
    return event.model_copy(update={"subject": event.subject + "s" * (EVENT_LIMIT - len(EVENT) + over)})


def test_an_event_is_written_up_to_the_limit() -> None:
    """As readers take it."""
    assert len(encode(grown(0))) == EVENT_LIMIT


def test_a_larger_event_is_refused_with_its_size() -> None:
    """And by name, since it is our own mistake."""
    with pytest.raises(
        EncodeError, match=rf"report\.received\.v1 e-1 takes {EVENT_LIMIT + 1} bytes, the limit"
    ) as error:
        encode(grown(1))
    assert error.value.reason == "too_large"

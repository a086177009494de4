"""The endpoints, without a network: what is taken, what is answered and written of it, and what is refused."""

import gzip
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import structlog

from buurtsein_events.codec import decode
from buurtsein_intake.answers import Receipt
from buurtsein_intake.shapes import BODY_LIMIT
from buurtsein_intake.status import Kept
from tests.unit.intake.fakes import BODY, NOW, UNKNOWN, World, is_problem, reports

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


async def test_a_report_is_written_and_then_accepted() -> None:
    """The answer says where to follow it; the event has its id."""
    world = World()
    answer = await world.post(BODY)
    receipt = Receipt.model_validate_json(answer.content)
    assert answer.status_code == 202
    assert answer.headers["location"] == receipt.links.self == f"https://b.example/v1/reports/{receipt.reference}"
    [report] = reports(world)
    assert (report.report_id, report.received_at, report.client) == (receipt.reference, NOW, "demo")
    assert world.log.records[0][:2] == ("reports.received", str(report.reporter).encode())
    assert world.claims.opened == [receipt.reference]


@pytest.mark.parametrize(
    ("fields", "warns"),
    [
        ({"type": "urgent"}, True),
        ({"happening_now": True}, True),
        ({"type": "urgent", "police_called": True}, False),
        ({"type": "idea"}, False),
    ],
)
async def test_the_answer_says_to_call_112_where_nobody_did(fields: dict[str, object], warns: bool) -> None:
    """An app is no emergency number."""
    answer = await World().post(json.dumps({"text": "Brand", **fields}).encode())
    assert ("112" in answer.json()["message"]["nl"]) == warns


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 202),
        ("application/json; charset=utf-8", 202),
        ('Application/JSON;charset="UTF-8"', 202),
        ("application/json; charset=latin-1", 415),
        ("application/cloudevents+json", 415),
        ("text/plain", 415),
        ("", 415),
    ],
)
async def test_only_json_in_utf8_is_read(content_type: str, status: int) -> None:
    """Other media types are for other endpoints."""
    answer = await World().post(BODY, Content_Type=content_type)
    assert answer.status_code == status
    assert status == 202 or is_problem(answer, 415)


async def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    """Nor is one that turns out to be."""
    world = World()
    fits = b'{"text":"a"' + b" " * (BODY_LIMIT - 12) + b"}"
    assert (await world.post(fits)).status_code == 202
    assert is_problem(await world.post(fits + b" "), 413)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(66):
            yield b" " * 1024

    async with world.call() as client:
        headers = {"Authorization": "Bearer local-demo-key", "Content-Type": "application/json"}
        answer = await client.post("/v1/reports", content=pieces(), headers=headers)
    assert is_problem(answer, 413)
    assert len(reports(world)) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text":"\\u0000"}', b'{"text":"a","x":1}', b'{"text":"\xff"}'])
async def test_nothing_odd_is_written(body: bytes) -> None:
    """A refused request leaves no claim and no event."""
    world = World()
    assert (await world.post(body)).status_code in {400, 422}
    assert not world.log.records
    assert not world.claims.held


async def test_an_anonymous_report_leaves_no_trace_of_its_reporter() -> None:
    """Not the reporter, not the caller's trace, and neither in the log line."""
    world = World()
    with structlog.testing.capture_logs() as lines:
        answer = await world.post(
            b'{"text":"Ik ben bang","anonymous":true,"reporter":"wo-07"}', traceparent=TRACE, User_Agent="phone-of-jan"
        )
    [(_, key, value)] = world.log.records
    written = f"{key!r}{value!r}{lines!r}{world.claims.held!r}"
    assert answer.status_code == 202
    assert not [word for word in ("wo-07", TRACE[3:35], "phone", "m-") if word in written.replace("com-", "")]


async def test_a_report_stays_in_the_callers_trace() -> None:
    """Unless what was sent is no trace context."""
    world = World()
    await world.post(BODY, traceparent=TRACE)
    await world.post(b'{"text":"Anders"}', traceparent="nonsense")
    traces = [decode(value).traceparent for _, _, value in world.log.records]
    assert traces[0] == TRACE
    assert traces[1] not in {None, "nonsense", TRACE}


async def test_time_can_follow_the_reports() -> None:
    """In a replay the clock is shown what happened when, and no time is too late."""
    world = World(clock="events")
    await world.post(b'{"text":"a","occurred_at":"2031-01-01T00:00:00Z"}')
    assert world.clock.seen == [datetime(2031, 1, 1, tzinfo=UTC)]
    assert is_problem(await World().post(b'{"text":"a","occurred_at":"2031-01-01T00:00:00Z"}'), 422)


async def test_a_status_is_for_who_knows_the_reference() -> None:
    """Other references, and what is none, are not found; nothing is to be cached."""
    world = World()
    world.statuses.kept = {UNKNOWN: Kept({"received_at": NOW.isoformat()}, {}, {})}
    found = await world.get(f"/v1/reports/{UNKNOWN}")
    assert (found.status_code, found.json()["status"]) == (200, "received")
    assert found.headers["cache-control"] == "no-store"
    for other in (UNKNOWN.replace("0", "1"), "x", "..%2f", UNKNOWN.upper()):
        assert is_problem(await world.get(f"/v1/reports/{other}"), 404)


async def test_an_outcome_is_written_for_its_community() -> None:
    """With the same rules for keys and bodies as a report."""
    world = World()
    body = json.dumps(
        {"signal_id": UNKNOWN, "community": "woensel", "network": "police", "result": "arrested", "at": NOW.isoformat()}
    ).encode()
    answers = [await world.post(body, "/v1/outcomes", Idempotency_Key="o") for _ in range(2)]
    assert [a.status_code for a in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    [(topic, key, value)] = world.log.records
    assert (topic, key, decode(value).id) == ("signals.outcomes", b"woensel", answers[0].json()["id"])
    assert world.claims.opened == []
    assert world.clock.seen == [NOW, NOW]
    assert is_problem(await world.post(b"{}", "/v1/outcomes"), 422)


async def test_every_error_is_a_problem() -> None:
    """Unknown paths, other methods and our own faults too, and no stack is shown."""
    world = World()
    assert is_problem(await world.get("/v1/nope"), 404)
    other_method = await world.get("/v1/reports")
    assert is_problem(other_method, 405)
    assert other_method.headers["allow"] == "POST"

    world.statuses.kept = {UNKNOWN: Kept({"received_at": "secret detail"}, {}, {})}
    fault = await world.get(f"/v1/reports/{UNKNOWN}")
    assert is_problem(fault, 500)
    assert "secret" not in fault.text


async def test_one_line_is_logged_for_each_request() -> None:
    """With the route instead of the path, which could hold a reference, and without an address."""
    world = World()
    with structlog.testing.capture_logs() as lines:
        await world.post(BODY)
        await world.get(f"/v1/reports/{UNKNOWN}")
        await world.get("/v1/nope")
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/v1/reports", 202),
        ("/v1/reports/{reference}", 404),
        ("unknown", 404),
    ]
    assert {"report", "trace", "kept", "client", "ms", "method"} <= set(lines[0])
    assert UNKNOWN not in repr(lines)


@pytest.mark.parametrize("path", ["/v1/reports", "/v1/events", "/v1/channels/email"])
async def test_a_packed_body_is_refused_with_what_to_leave_out(path: str) -> None:
    """How large it is would be seen too late."""
    kind = "message/rfc822" if path.endswith("email") else "application/json"
    answer = await World().post(gzip.compress(BODY), path, Content_Type=kind, Content_Encoding="gzip")
    assert is_problem(answer, 415)
    assert "Content-Encoding 'gzip'" in answer.json()["detail"]
    assert answer.headers["accept-encoding"] == "identity"

"""The endpoints, without a network: what is asked, what is answered, what is written."""

import gzip
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import structlog

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from buurtsein_intake.answers import Receipt
from buurtsein_intake.shapes import BODY_LIMIT
from buurtsein_intake.statuses import Kept
from tests.unit.intake.channels.test_conformance import SECRETS
from tests.unit.intake.fakes import KEY, NOW, World, client

BODY = b'{"text":"Glas op straat","community":"woensel","reporter":"wo-07"}'
UNKNOWN = "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def is_problem(answer: httpx.Response, status: int) -> bool:
    """Tell whether an answer is a problem with this status, and says so in its body too."""
    return (
        answer.status_code == status
        and answer.headers["content-type"] == "application/problem+json"
        and answer.json()["status"] == status
        and {"type", "title", "detail"} <= set(answer.json())
    )


def events(world: World) -> list[ReportReceived]:
    """Return the reports that were written."""
    data = [decode(value).data for _, _, value in world.log.records]
    return [each for each in data if isinstance(each, ReportReceived)]


async def test_a_report_is_written_and_then_accepted() -> None:
    """The answer says where to follow it; the event has its id."""
    world = World()
    answer = await world.post(BODY)
    receipt = Receipt.model_validate_json(answer.content)
    assert answer.status_code == 202
    assert answer.headers["location"] == receipt.links.self == f"https://b.example/v1/reports/{receipt.reference}"
    [report] = events(world)
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


async def test_the_same_request_gets_the_same_answer_and_is_written_once() -> None:
    """With a key in either form, and without one when it comes soon."""
    world = World()
    with_key = [await world.post(BODY, Idempotency_Key=key) for key in ('"k1"', "k1")]
    without = [await world.post(BODY) for _ in range(2)]
    assert with_key[0].content == with_key[1].content
    assert without[0].content == without[1].content
    assert len(events(world)) == 2
    world.later(days=1)
    await world.post(BODY + b" ")
    assert len({e.report_id for e in events(world)}) == 2


async def test_a_key_can_not_be_used_for_another_body() -> None:
    """That is a mistake of the application, and nothing is written."""
    world = World()
    await world.post(BODY, Idempotency_Key="k")
    assert is_problem(await world.post(b'{"text":"Anders"}', Idempotency_Key="k"), 422)
    assert (await world.post(BODY, key="b", Idempotency_Key="k")).status_code == 202
    assert len(events(world)) == 2


async def test_a_request_that_is_being_worked_on_is_to_be_awaited() -> None:
    """The first answer will come; a second event will not."""
    world = World()
    await world.post(BODY, Idempotency_Key="k")
    [name] = world.claims.held
    world.claims.held[name] = ("running", *world.claims.held[name][1:])
    answer = await world.post(BODY, Idempotency_Key="k")
    assert is_problem(answer, 409)
    assert answer.headers["retry-after"] == "1"


async def test_kafka_down_is_never_accepted_and_the_retry_is() -> None:
    """The key is free again at once, and the report has the same reference then."""
    world = World()
    world.log.down = True
    answer = await world.post(BODY, Idempotency_Key="k")
    assert is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    assert "kafka" in answer.json()["detail"]
    world.log.down = False
    assert (await world.post(BODY, Idempotency_Key="k")).status_code == 202
    assert len(events(world)) == 1


async def test_redis_down_is_never_accepted() -> None:
    """Without a claim, a retry could be written twice."""
    world = World()
    world.claims.down = True
    answer = await world.post(BODY)
    assert is_problem(answer, 503)
    assert "retry-after" in answer.headers
    assert not world.log.records


async def test_redis_lost_after_kafka_kept_the_event_is_accepted() -> None:
    """What Kafka keeps is accepted, whatever Redis can say about it."""
    world = World()
    world.log.after = lambda: setattr(world.claims, "down", True)
    assert (await world.post(BODY)).status_code == 202
    assert len(events(world)) == 1


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic local-demo-key", "local-demo-key"])
async def test_without_a_known_key_nothing_is_read(given: str) -> None:
    """The answer says how to send a key, and names none."""
    answer = await World().post(b"{", Authorization=given)
    assert is_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


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
    assert len(events(world)) == 1


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


async def test_a_client_does_only_what_it_may() -> None:
    """A missing scope and another network are both 403, and say which."""
    world = World()
    outcome = {"reference": UNKNOWN, "community": "woensel", "network": "municipality", "result": "repaired"}
    world.keyring.learn(
        [client("app", "a", scopes=("reports:write",)), client("police", "p", networks=("police",))], NOW
    )
    refused = await world.post(json.dumps(outcome).encode(), "/v1/outcomes", key="a")
    assert is_problem(refused, 403)
    assert "outcomes:write" in refused.json()["detail"]
    assert is_problem(await world.post(json.dumps(outcome).encode(), "/v1/outcomes", key="p"), 403)
    mine = json.dumps({**outcome, "network": "police"}).encode()
    assert (await world.post(mine, "/v1/outcomes", key="p")).status_code == 202


async def test_a_client_that_sends_too_much_waits() -> None:
    """Others don't."""
    world = World()
    world.keyring.learn([client("app", "a", limit={"rate": 0.5, "burst": 2})], NOW)
    answers = [await world.post(BODY, key="a") for _ in range(3)]
    assert [each.status_code for each in answers] == [202, 202, 429]
    assert is_problem(answers[2], 429)
    assert (answers[2].headers["retry-after"], answers[2].headers["ratelimit"]) == ("2", '"client";r=0;t=2')
    assert (await world.post(BODY)).status_code == 202


async def test_a_client_can_be_made_to_name_its_requests() -> None:
    """Without a key it is told to send one."""
    world = World()
    world.keyring.learn([client("app", "a", idempotency_key_required=True)], NOW)
    assert is_problem(await world.post(BODY, key="a"), 400)
    assert (await world.post(BODY, key="a", Idempotency_Key='"k"')).status_code == 202


async def test_a_key_that_can_not_be_looked_up_now_is_for_later() -> None:
    """It may be a new one."""
    world = World()
    world.keyring.lose(NOW)
    assert is_problem(await world.post(BODY, key="new"), 503)


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


async def test_the_document_describes_every_endpoint() -> None:
    """OpenAPI 3.1, with the shapes of bodies, examples, and problems for every refusal."""
    document = (await World().get("/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    report = document["paths"]["/v1/reports"]["post"]
    assert set(report["responses"]) == {
        *["202", "400", "401", "403", "408", "409", "413", "415", "422", "429", "431", "503"]
    }
    schema = report["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/ReportIn"}
    schemas = document["components"]["schemas"]
    assert schemas["ReportIn"]["examples"]
    text = json.dumps(document)
    references = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert references <= set(schemas)
    own = {"/v1/reports", "/v1/web/reports", "/v1/reports/{reference}", "/v1/outcomes", "/v1/form", "/v1/form/{type}"}
    own |= {"/v1/photos", "/v1/web/photos", "/v1/photos/{photo}", "/v1/photos/{photo}/link"}
    own |= {"/v1/receipts/status", "/v1/receipts/answer", "/v1/events", "/v1/channels/email"}
    assert own <= set(document["paths"])


async def test_two_keys_are_no_key() -> None:
    """Which of them names the report can't be known."""
    given = [("Authorization", f"Bearer {KEY}"), ("Content-Type", "application/json"), *[("Idempotency-Key", "a")] * 2]
    world = World()
    async with world.call() as caller:
        answer = await caller.post("/v1/reports", content=BODY, headers=given)
    assert is_problem(answer, 400)
    assert answer.json()["type"].endswith("bad-idempotency-key")
    assert events(world) == []


@pytest.mark.parametrize("path", ["/v1/reports", "/v1/events", "/v1/channels/email"])
async def test_a_packed_body_is_refused_with_what_to_leave_out(path: str) -> None:
    """How large it is would be seen too late."""
    kind = "message/rfc822" if path.endswith("email") else "application/json"
    answer = await World().post(gzip.compress(BODY), path, Content_Type=kind, Content_Encoding="gzip")
    assert is_problem(answer, 415)
    assert "Content-Encoding 'gzip'" in answer.json()["detail"]
    assert answer.headers["accept-encoding"] == "identity"


async def test_events_in_binary_mode_are_shown_with_their_headers() -> None:
    """The example of the data alone is no event."""
    operation = (await World().get("/openapi.json")).json()["paths"]["/v1/events"]["post"]
    headers = {each["name"]: each["example"] for each in operation["parameters"]}
    example = operation["requestBody"]["content"]["application/json"]["example"]
    assert (await World().post(json.dumps(example).encode(), "/v1/events", **headers)).status_code == 202


async def test_every_name_in_a_path_has_an_example() -> None:
    """Or a choice of all that it may be."""
    document = (await World(**SECRETS).get("/openapi.json")).json()
    without = [
        (path, parameter["name"])
        for path, operations in document["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "path" and "example" not in parameter and "enum" not in parameter["schema"]
    ]
    assert without == []


async def test_the_document_has_examples_of_what_goes_in_and_out() -> None:
    """Of every endpoint, the webhooks of all providers included; photos have none."""
    document = (await World(**SECRETS).get("/openapi.json")).json()
    schemas = document["components"]["schemas"]

    def shown(content: dict[str, Any]) -> bool:
        schema = content.get("schema", {})
        schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        given = {"example", "examples"} & (content.keys() | schema.keys())
        return bool(given) or schema == {"type": "string", "format": "binary"}

    without = [
        (path, method, media_type)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        for part in (operation.get("requestBody", {}), *operation["responses"].values())
        for media_type, content in part.get("content", {}).items()
        if media_type != "multipart/form-data" and not shown(content)
    ]
    assert without == []

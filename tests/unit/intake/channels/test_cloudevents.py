"""CloudEvents in every mode of HTTP: what makes a report, what is refused and how, and the handshake of web hooks."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from tests.unit.intake.fakes import World

TYPE = "nl.buurtsein.report.submitted.v1"
STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
EVENT: dict[str, Any] = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:test",
    "type": TYPE,
    "data": {"text": "Glas op straat", "community": "woensel"},
}


def event(**changes: object) -> dict[str, Any]:
    """Return an event, changed; nothing takes an attribute away."""
    return {name: value for name, value in {**EVENT, **changes}.items() if value is not None}


async def post(world: World, content: object, media_type: str = STRUCTURED, **headers: str) -> httpx.Response:
    """Post an event or a batch."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return await world.post(body, "/v1/events", **{"Content-Type": media_type, **headers})


def reports(world: World) -> list[ReportReceived]:
    """Return the reports that were kept."""
    found = [decode(value).data for _, _, value in world.log.records]
    return [each for each in found if isinstance(each, ReportReceived)]


def official(number: int, data: dict[str, Any] | bytes) -> CloudEvent:
    """Return an event as the official library makes it."""
    attributes = {"id": str(number), "source": "/café", "type": TYPE, "time": datetime(2026, 10, 13, 1, tzinfo=UTC)}
    return CloudEvent({**attributes, "datacontenttype": "application/json", "subject": "idee café"}, data)


async def test_a_time_that_has_yet_to_come_is_named_where_it_stands() -> None:
    """In the event, or in its data."""
    later = "2099-01-01T00:00:00Z"
    said = {"text": "Glas", "occurred_at": later}
    answers = [
        await post(World(), event(time=later)),
        await post(World(), [event(), event(id="2", time=later)], BATCH),
        await post(World(), event(data=said)),
    ]
    found = [answer.json()["errors"][0]["pointer"] for answer in answers]
    assert found == ["#/time", "#/1/time", "#/data/occurred_at"]


async def test_nothing_is_kept_of_a_batch_that_names_an_unknown_photo() -> None:
    """The photo is named where it stands, so that no report promises a network what nobody can show."""
    world, unknown = World(), {**EVENT["data"], "photos": ["0" * 64]}
    answer = await post(world, [event(), event(id="2", data=unknown)], BATCH)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/1/data/photos/0")
    assert reports(world) == []


async def test_what_the_official_library_posts_is_taken_in_every_mode() -> None:
    """Structured, binary, with bytes as data, and as a batch."""
    world, data = World(), {"text": "Een bankje bij het café", "type": "idea"}
    messages = [
        to_structured_event(official(1, data)),
        to_binary_event(official(2, data)),
        to_structured_event(official(3, json.dumps(data).encode())),
    ]
    answers = [await post(world, each.body, each.headers.pop("content-type"), **each.headers) for each in messages]
    batch = b"[%b]" % b",".join(JSONFormat().write(official(number, data)) for number in (4, 5))
    answers.append(await post(world, batch, BATCH))
    assert [answer.status_code for answer in answers] == [202] * 4
    references = [reference for answer in answers for reference in answer.json()["references"]]
    assert references == [report.report_id for report in reports(world)]
    assert {(r.text, r.type, r.channel, r.client, r.occurred_at) for r in reports(world)} == {
        ("Een bankje bij het café", "idea", "cloudevents", "demo", datetime(2026, 10, 13, 1, tzinfo=UTC))
    }


async def test_source_and_id_say_which_event_it_is() -> None:
    """The same pair is the same report, whatever else the event says; another source or id is another one."""
    world = World()
    first, again, source, number = [
        (await post(world, event(**changes))).json()["references"]
        for changes in ({}, {"subject": "again"}, {"source": "urn:other"}, {"id": "2"})
    ]
    assert first == again
    assert len({*first, *source, *number}) == len(reports(world)) == 3


async def test_a_batch_with_one_mistake_keeps_nothing_and_names_it() -> None:
    """By the index of the event and the field in it."""
    world = World()
    answer = await post(world, [event(), event(id="2", data={"text": "x", "colour": "red"})], BATCH)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/1/data/colour"
    assert world.log.records == []


async def test_half_a_character_in_a_batch_is_named_by_its_place() -> None:
    """As in a single event."""
    sent = [event(id="1"), event(id="2", data={"text": "brand \ud83d"})]
    answer = await post(World(), sent, BATCH)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/1/data/text")


async def test_a_batch_that_is_kept_in_part_is_sent_again_whole() -> None:
    """503, and the second time every event is there once."""
    world = World()
    batch = [event(id=str(number)) for number in range(3)]
    world.log.after = lambda: setattr(world.log, "down", len(world.log.records) == 2)
    assert (await post(world, batch, BATCH)).status_code == 503
    world.log.down = False
    answer = await post(world, batch, BATCH)
    assert answer.json()["references"] == [report.report_id for report in reports(world)]
    assert len(reports(world)) == 3


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"specversion": "0.3"}, "#/specversion"),
        ({"id": ""}, "#/id"),
        ({"source": None}, "#/source"),
        ({"type": "com.example.other"}, "#/type"),
        ({"time": "yesterday"}, "#/time"),
        ({"datacontenttype": "text/xml"}, "#/datacontenttype"),
        ({"Extension": "x"}, "#/Extension"),
        ({"extension": {"deep": 1}}, "#/extension"),
        ({"data": None}, "#/data"),
        ({"data": "text"}, "#/data"),
        ({"data": None, "data_base64": "*"}, "#/data_base64"),
        ({"data_base64": "e30="}, "#/data_base64"),
        ({"data": {"text": "x", "community": "nowhere"}}, "#/data/community"),
        ({"data": None, "data_base64": base64.b64encode(b"{").decode()}, "#/data_base64"),
    ],
)
async def test_every_mistake_is_named_by_its_place(changes: dict[str, object], pointer: str) -> None:
    """As a JSON pointer into the event."""
    answer = await post(World(), event(**changes))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_an_unknown_type_is_told_which_types_there_are() -> None:
    """So that the cure is in the answer."""
    answer = await post(World(), event(type="com.example.other"))
    assert TYPE in answer.json()["detail"]


async def test_headers_of_binary_mode_may_be_quoted_as_older_versions_did() -> None:
    """And are percent-decoded once; bytes that are no UTF-8 are refused."""
    world = World()
    headers = {"ce-specversion": "1.0", "ce-id": '"a\\"%2520"', "ce-source": "urn:x", "ce-type": TYPE}
    body = {"text": "Glas"}
    assert (await post(world, body, "application/json", **headers)).status_code == 202
    same = await post(world, event(id='a"%20', source="urn:x"))
    assert same.json()["references"] == [reports(world)[0].report_id]
    answer = await post(world, body, "application/json", **{**headers, "ce-id": "%ff"})
    assert answer.json()["errors"][0]["pointer"] == "#/id"


@pytest.mark.parametrize(("size", "status"), [(64 * 1024 + 1, 413), (5000, 400)])
async def test_events_are_bounded(size: int, status: int) -> None:
    """The body of one event, and what is in it."""
    assert (await post(World(), event(data={"text": "x" * size}))).status_code == status


async def test_batches_are_bounded_and_may_be_empty() -> None:
    """A hundred events at most; none is fine."""
    assert (await post(World(), [event()] * 101, BATCH)).status_code == 400
    assert (await post(World(), [], BATCH)).json() == {"references": []}
    assert (await post(World(), b"{}", BATCH)).status_code == 400


async def test_the_handshake_of_web_hooks_lets_every_sender_ask() -> None:
    """The origin that asks is allowed at any rate; a key is needed only to send."""
    async with World().call() as client:
        asked = await client.options("/v1/events", headers={"WebHook-Request-Origin": "events.example"})
        plain = await client.options("/v1/events")
        odd = await client.options("/v1/events", headers={"WebHook-Request-Origin": "a b"})
    assert asked.headers["WebHook-Allowed-Origin"] == "events.example"
    assert asked.headers["WebHook-Allowed-Rate"] == "*"
    assert (plain.status_code, "WebHook-Allowed-Origin" in plain.headers) == (200, False)
    assert odd.status_code == 400


async def test_an_edit_stays_an_edit_and_the_words_tell_of_112() -> None:
    """As over every other channel."""
    world, first = World(), "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"
    data = {"text": "Er is brand. 112 is gebeld.", "community": "woensel", "edit_of": first}
    assert (await post(world, event(data=data))).status_code == 202
    [report] = reports(world)
    assert (report.edit_of, report.saar.police_called) == (first, True)

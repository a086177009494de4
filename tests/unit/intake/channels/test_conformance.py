"""What holds for every channel: the same sentences, for each adapter, over requests as the providers send them."""

from datetime import datetime
from typing import Any

import pytest

from buurtsein_events.reports import ReportReceived
from tests.unit.intake.channels.fixtures import CHANNELS, Fixture, Served, fixtures, send
from tests.unit.intake.fakes import SECRETS, World, reports

ALL = [(served, fixture) for served in CHANNELS for fixture in fixtures(served.folder)]


def of(*expected: str) -> pytest.MarkDecorator:
    """Return the requests of all channels of which this is expected."""
    chosen = [(served, fixture) for served, fixture in ALL if fixture.expect in expected]
    return pytest.mark.parametrize(("served", "fixture"), chosen, ids=[str(fixture) for _, fixture in chosen])


def said(report: ReportReceived, event: dict[str, Any]) -> dict[str, Any]:
    """Return of a report what a fixture says about its event, in the fixture's form."""
    where, at = report.location, report.occurred_at
    known = {
        "text": report.text if event.get("text") is not None else None,
        "occurred_at": at,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "address": where.address if where else None,
        "type": report.type,
        "community": report.community,
        "anonymous": report.anonymous,
    }
    return {name: known[name] for name in event if name in known}


def wanted(event: dict[str, Any]) -> dict[str, Any]:
    """Return what a fixture says about an event, as far as a report can have it."""
    names = ("text", "lat", "lon", "address", "type", "community", "anonymous")
    found = {name: event[name] for name in event if name in names}
    if "occurred_at" in event:
        found["occurred_at"] = datetime.fromisoformat(event["occurred_at"])
    return found


@of("accept")
async def test_what_the_provider_sends_becomes_the_event_that_it_tells_of(served: Served, fixture: Fixture) -> None:
    """Every message of a call is a report with the channel's own text, time and place; no event means: seen before."""
    world = World(**SECRETS)
    for earlier in () if fixture.events else fixtures(served.folder)[:1]:
        await send(world, served, earlier)
    kept = len(world.log.records)
    answer = await send(world, served, fixture)
    assert answer.status_code in {200, 201, 202}
    found = reports(world)[kept:]
    assert [said(report, event) for report, event in zip(found, fixture.events, strict=True)] == [
        wanted(event) for event in fixture.events
    ]


async def test_a_picture_in_a_mail_is_a_photo_of_the_event() -> None:
    """As many as the fixture tells of."""
    [picture] = [each for each in fixtures("email") if each.name == "06-attachment-image"]
    world = World(**SECRETS)
    await send(world, CHANNELS[-1], picture)
    assert [len(report.photos) for report in reports(world)] == [picture.events[0]["attachments"]]


@of("accept")
async def test_a_call_that_comes_again_brings_nothing_new(served: Served, fixture: Fixture) -> None:
    """Providers retry whatever they are not sure of."""
    world = World(**SECRETS)
    await send(world, served, fixture)
    kept = len(world.log.records)
    await send(world, served, fixture)
    assert len(world.log.records) == kept


@of("ignore", "reject_auth", "reject_malformed")
async def test_what_is_no_report_or_not_authentic_keeps_nothing(served: Served, fixture: Fixture) -> None:
    """And the provider is answered without a fault of ours."""
    world = World(**SECRETS)
    answer = await send(world, served, fixture)
    assert answer.status_code < 500
    assert world.log.records == []


@of("reject_auth")
async def test_who_cannot_prove_to_be_the_provider_is_refused(served: Served, fixture: Fixture) -> None:
    """With the status that says so."""
    assert (await send(World(**SECRETS), served, fixture)).status_code in {401, 403}


@of("safe")
async def test_what_is_hostile_does_no_harm(served: Served, fixture: Fixture) -> None:
    """No fault, and nothing that a terminal or a page would act upon gets through."""
    world = World(**SECRETS)
    assert (await send(world, served, fixture)).status_code < 500
    texts = [report.text for report in reports(world)]
    assert not any(ord(char) < 0x20 and char not in "\n\t" for text in texts for char in text)


@of("accept")
async def test_while_kafka_is_down_the_provider_is_asked_to_come_back(served: Served, fixture: Fixture) -> None:
    """Nothing is accepted from memory."""
    world = World(**SECRETS)
    world.log.down = True
    assert (await send(world, served, fixture)).status_code == 503

"""Open311 and Signalen on a real Kafka and a real store, with a client of Open311 that others wrote."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from georeport import GeoReport
from pydantic import SecretStr
from redis.asyncio import Redis

from buurtsein_events.reports import ReportReceived
from buurtsein_intake.channels.filings import FILED_PREFIX, FILING_PREFIX, Filing, RedisFilings
from buurtsein_intake.exchange import Exchange
from buurtsein_runtime.redis import connect
from buurtsein_runtime.settings import Settings
from tests.platform.intake_process import Process, eventually, received
from tests.unit.intake.fakes import NOW

pytestmark = pytest.mark.kafka

CATEGORY = "/signals/v1/public/terms/categories/overig/sub_categories/overig"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
async def intake(kafka_bootstrap: str, redis_url: str) -> AsyncIterator[Process]:
    """Start intake once for these tests."""
    process = Process({"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url})
    await process.start()
    yield process
    await process.http.aclose()
    await process.stop()


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Redis]:
    """Return a connection to the tests' store, as intake makes it."""
    client = connect(Settings(redis_url=SecretStr(redis_url)))
    yield client
    await client.aclose()


def filings_in(store: Redis, *, seconds: int) -> RedisFilings:
    """Return filings in the tests' store."""
    return RedisFilings(Exchange(store, seconds=2.0, lease_seconds=8.0, status_seconds=60), seconds=seconds)


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_client_of_open311_lists_services_and_follows_a_request(
    intake: Process, kafka_bootstrap: str, form: str
) -> None:
    """georeport reads in both formats; the request is open until a network says that it is done."""
    client = GeoReport(f"http://127.0.0.1:{intake.port}/open311/v2", output_format=form)
    services = await asyncio.to_thread(client.get_service_list)
    assert [each["service_code"] for each in services] == ["urgent", "suspicious", "nuisance", "idea"]
    definition = await asyncio.to_thread(client.get_service_definition, "urgent")
    assert definition["service_code"] == "urgent"

    said = f"Glas op straat {uuid4()}"
    asked = {"api_key": "local-demo-key", "service_code": "nuisance", "address_string": "Dam 1", "description": said}
    [answer] = (await intake.http.post("/open311/v2/requests.json", data=asked, headers=FORM)).json()
    reference = answer["service_request_id"]
    [kept] = await received(kafka_bootstrap, [reference])
    assert isinstance(kept.data, ReportReceived)
    assert (kept.data.text, kept.data.client, kept.data.channel) == (said, "local-demo", "open311")

    async def is_(status: str) -> bool:
        found = await asyncio.to_thread(client.get_service_request, reference)
        request = found[0] if isinstance(found, list) else found
        assert request["description"] == said
        return bool(request["status"] == status)

    assert await is_("open")
    outcome = {"reference": reference, "community": "woensel", "network": "municipality", "result": "cleaned_up"}
    await intake.post(path="/v1/outcomes", **outcome)
    await eventually(lambda: is_("closed"))
    listed = await intake.http.get(
        "/open311/v2/requests.json", params={"api_key": "local-demo-key", "status": "closed"}
    )
    assert reference in [each["service_request_id"] for each in listed.json()]


async def test_a_signal_is_posted_and_followed(intake: Process) -> None:
    """What is told when it is posted is what is told later on."""
    body = {
        "text": f"Glas op straat {uuid4()}",
        "location": {"geometrie": {"type": "Point", "coordinates": [4.9, 52.3]}},
        "category": {"sub_category": CATEGORY},
        "reporter": {},
        "incident_date_start": "2026-10-12T21:14:00+02:00",
    }
    posted = (await intake.http.post("/signals/v1/public/signals/", json=body)).json()
    found = (await intake.http.get(f"/signals/v1/public/signals/{posted['signal_id']}")).json()
    assert found == posted


async def test_filings_are_kept_once_and_listed_by_time(store: Redis) -> None:
    """Newest first, for as long as the status; who writes one again gets the first."""
    filings, client = filings_in(store, seconds=3600), uuid4().hex
    times = [NOW + timedelta(minutes=minutes) for minutes in (0, 10, 20)]
    references = [str(uuid4()) for _ in times]
    for reference, at in zip(references, times, strict=True):
        await filings.keep(reference, client, Filing(at=at, text="Glas"))
    again = await filings.keep(references[0], client, Filing(at=times[2], text="Iets anders"))
    assert (again.at, again.text) == (times[0], "Glas")
    assert await filings.filed_by(client, times[0], times[2], 2) == references[:0:-1]
    assert await filings.filed_by(client, times[0], times[1], 10) == references[1::-1]
    assert await filings.read([references[0], str(uuid4())]) == [again, None]
    assert 0 < await store.ttl(FILING_PREFIX + references[0]) <= 3600
    assert 0 < await store.ttl(FILED_PREFIX + client) <= 3600


async def test_filings_that_expired_are_no_longer_listed(store: Redis) -> None:
    """A new filing of the client drops them."""
    filings, client = filings_in(store, seconds=60), uuid4().hex
    old, new = str(uuid4()), str(uuid4())
    await filings.keep(old, client, Filing(at=NOW))
    await filings.keep(new, client, Filing(at=NOW + timedelta(minutes=5)))
    assert await filings.filed_by(client, NOW, NOW + timedelta(days=1), 10) == [new]


async def test_a_signal_without_a_client_is_in_no_list(store: Redis) -> None:
    """Signalen's endpoint knows no applications."""
    filings, reference = filings_in(store, seconds=60), str(uuid4())
    await filings.keep(reference, None, Filing(at=NOW))
    assert [each.at for each in await filings.read([reference]) if each] == [NOW]

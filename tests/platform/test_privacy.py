"""What is written of who reports, on a real Kafka and a real store: of an anonymous one nothing, of others a pseudonym.

Requests say who sends them in every way there is; then all that was written is searched: each topic, each key and value
of the store, the log at its most talkative, and the photos.
"""

import signal
from collections.abc import Callable
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer
from pydantic import SecretStr
from redis.asyncio import Redis

from buurtsein_intake.codes import grouped
from buurtsein_intake.identity import Identity
from buurtsein_runtime.redis import connect
from buurtsein_runtime.settings import Settings
from tests.platform.intake_process import eventually
from tests.platform.telling_requests import RUN, SECRET_HERE, TRACE, WHO, Talkative, Trail, anonymous, go_wrong, report

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
async def trail(kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """Report in every way, also where it goes wrong, and return all that was written."""
    directory, made = tmp_path_factory.mktemp("privacy"), Trail()
    around = {"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url}
    store = connect(Settings(redis_url=SecretStr(redis_url)))
    intake = Talkative(around, directory)
    await intake.start()
    await report(intake, made)
    await go_wrong(intake, made, store)
    await intake.resident.aclose()
    await intake.stop(signal.SIGTERM)
    without_kafka = Talkative({**around, "BUURTSEIN_KAFKA_BOOTSTRAP": "127.0.0.1:9"}, directory)
    await without_kafka.launch()
    await eventually(lambda: without_kafka.answers("/healthz", 200))
    made.statuses += [(await anonymous(without_kafka, "later")).status_code]
    await without_kafka.resident.aclose()
    await without_kafka.stop(signal.SIGTERM)
    made.written = {
        "Kafka": await everything_in_kafka(kafka_bootstrap),
        "the store": await everything_in(store),
        "the log": b"".join(path.read_bytes() for path in directory.glob("*.log")),
        "the photos": b"".join(path.read_bytes() for path in directory.rglob("*.jpg")),
    }
    await store.aclose()
    return made


async def everything_in_kafka(bootstrap: str) -> bytes:
    """Return the keys, values and headers of all records of all topics."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    consumer.subscribe(sorted(topic for topic in await consumer.topics() if not topic.startswith("__")))
    found: list[bytes] = []
    while batch := await consumer.getmany(timeout_ms=2000):
        for records in batch.values():
            found += [b"%b %b %b" % (r.key or b"", r.value or b"", repr(r.headers).encode()) for r in records]
    await consumer.stop()
    return b"\n".join(found)


async def everything_in(store: Redis) -> bytes:
    """Return all keys of the store with what they hold."""
    found: list[object] = []
    read: dict[str, Callable[[str], Any]] = {
        "string": store.get,
        "hash": store.hgetall,
        "set": store.smembers,
        "zset": lambda key: store.zrange(key, 0, -1),
        "list": lambda key: store.lrange(key, 0, -1),
    }
    async for key in store.scan_iter():
        found += [key, await read[str(await store.type(key))](key)]
    return repr(found).encode()


async def test_every_way_of_going_wrong_was_gone(trail: Trail) -> None:
    """Accepted, refused in each manner, not kept now, a fault of ours."""
    assert set(trail.statuses) >= {200, 201, 202, 400, 401, 404, 413, 415, 422, 500, 503}


async def test_what_was_written_is_searched_where_it_is(trail: Trail) -> None:
    """Otherwise not finding anything would say nothing."""
    assert [set(trail.where(each)) for each in trail.anonymous] == [{"Kafka", "the store", "the log"}] * 2
    assert trail.where(f"Woorden {RUN} app") == ["Kafka"]
    assert b"JFIF" in trail.written["the photos"]
    assert b"Traceback" in trail.written["the log"]
    assert b'"status":500' in trail.written["the log"].replace(b" ", b"")


@pytest.mark.parametrize("way", WHO)
async def test_who_reports_stands_nowhere(trail: Trail, way: str) -> None:
    """Whatever the request said about it."""
    assert trail.where(WHO[way]) == []


async def test_the_trace_of_an_anonymous_report_begins_here(trail: Trail) -> None:
    """The caller's could lead to who reported."""
    assert trail.where(TRACE) == []


async def test_a_receipt_code_stands_nowhere(trail: Trail) -> None:
    """Neither as it is given nor as people read it."""
    assert [trail.where(code) + trail.where(grouped(code)) for code in trail.codes] == [[]] * len(trail.codes)


async def test_of_a_member_there_is_a_pseudonym(trail: Trail) -> None:
    """The same for all of their reports through one application, and it is in the event only."""
    pseudonym = Identity(SECRET_HERE).pseudonym("local-demo", WHO["name"])
    assert trail.where(pseudonym) == ["Kafka"]

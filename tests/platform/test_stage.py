"""The runtime's promise on a real Kafka and a real store: nothing lost, nothing twice, whatever is killed when."""

import asyncio
import os
import signal
import sys
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.structs import ConsumerRecord

from buurtsein_events.codec import decode, encode
from buurtsein_events.deadletters import REPLAY_HEADER, Origin
from buurtsein_events.envelope import Event
from buurtsein_events.reports import MemberNotice, ReportReceived
from buurtsein_events.topics import TYPE_OF_DATA, schema_uri
from tests.platform.probe_stage import CLIENTS

pytestmark = pytest.mark.kafka

START = datetime(2026, 10, 12, 12, tzinfo=UTC)
PATIENCE = 60.0


class Bench:
    """A Kafka with the probe's topics, and probe processes to start and kill."""

    def __init__(self, bootstrap: str, redis_url: str, home: Path) -> None:
        run = f"probe-{uuid.uuid4().hex[:8]}"
        self.source, self.out, self.digests = f"{run}.in", f"{run}.out", f"{run}.digests"
        self.dead = f"{self.source}.dlq"
        self.bootstrap = bootstrap
        self.environment = {
            **os.environ,
            "PROBE_RUN": run,
            "BUURTSEIN_KAFKA_BOOTSTRAP": bootstrap,
            "BUURTSEIN_REDIS_URL": redis_url,
            "BUURTSEIN_LOG_LEVEL": "WARNING",
            "BUURTSEIN_WORK_DIR": str(home),
        }
        self.workers: list[asyncio.subprocess.Process] = []
        self.supervisors: list[asyncio.Task[None]] = []
        self.records: dict[str, list[ConsumerRecord]] = {self.out: [], self.dead: [], self.digests: []}

    async def start_worker(self, *arguments: str, **settings: str) -> asyncio.subprocess.Process:
        """Start a probe process."""
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.platform.probe_stage", *arguments, env={**self.environment, **settings}
        )
        self.workers.append(worker)
        return worker

    async def send(self, *values: bytes | None, headers: tuple[tuple[str, bytes], ...] = ()) -> list[ConsumerRecord]:
        """Write records to the probe's source, all of one client to one partition."""
        producer = AIOKafkaProducer(bootstrap_servers=self.bootstrap)
        await producer.start()
        try:
            keyed = [(value, key_of(value)) for value in values]
            sent = [await producer.send(self.source, value, key, headers=list(headers)) for value, key in keyed]
            return list(await asyncio.gather(*sent))
        finally:
            await producer.stop()

    async def send_and_abort(self, *values: bytes) -> None:
        """Write records in a transaction that is aborted, as that of a killed worker is."""
        producer = AIOKafkaProducer(bootstrap_servers=self.bootstrap, transactional_id=f"{self.source}-aborted")
        await producer.start()
        try:
            await producer.begin_transaction()
            await asyncio.gather(*[await producer.send(self.source, value, key_of(value)) for value in values])
            await producer.abort_transaction()
        finally:
            await producer.stop()

    async def read_until(self, enough: Callable[[], bool]) -> None:
        """Read what the probe wrote until `enough` of it is there."""
        topics = list(self.records)
        reader = AIOKafkaConsumer(
            *topics, bootstrap_servers=self.bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
        )
        await reader.start()
        try:
            for topic in topics:
                self.records[topic].clear()
            async with asyncio.timeout(PATIENCE):
                while not enough():
                    for batch in (await reader.getmany(timeout_ms=200)).values():
                        for record in batch:
                            self.records[record.topic].append(record)
        finally:
            await reader.stop()

    def ids(self, topic: str) -> Counter[str]:
        """Return the subjects of the events read from a topic."""
        return Counter(decode(record.value).subject for record in self.records[topic])

    def supervise(self, workers: Sequence[asyncio.subprocess.Process], *arguments: str) -> None:
        """Start anew whatever ends."""
        self.supervisors += [asyncio.create_task(self._keep(worker, *arguments)) for worker in workers]

    def end_one(self, ending: signal.Signals) -> None:
        """Send the signal to the worker that has run longest."""
        next(worker for worker in self.workers if worker.returncode is None).send_signal(ending)

    async def _keep(self, worker: asyncio.subprocess.Process, *arguments: str) -> None:
        while True:
            await worker.wait()
            worker = await self.start_worker(*arguments)

    async def stop(self) -> None:
        """Kill what still runs."""
        for supervisor in self.supervisors:
            supervisor.cancel()
        await asyncio.gather(*self.supervisors, return_exceptions=True)
        for worker in self.workers:
            if worker.returncode is None:
                worker.kill()
                await worker.wait()


def key_of(value: bytes | None) -> bytes:
    """Return the client of a report, so that its reports stay in order."""
    for client in CLIENTS:
        if value and client.encode() in value:
            return client.encode()
    return b"poison"


def a_report(number: int, *, text: str = "hallo") -> bytes:
    """Return an encoded report."""
    at = START + timedelta(seconds=number)
    client = CLIENTS[number % len(CLIENTS)]
    data = ReportReceived(report_id=f"report-{number}", channel="app", client=client, text=text, received_at=at)
    event_type = TYPE_OF_DATA[ReportReceived]
    return encode(
        Event(
            id=data.report_id,
            source="urn:test",
            type=event_type,
            time=at,
            subject=data.report_id,
            partitionkey=client,
            dataschema=schema_uri(event_type),
            data=data,
        )
    )


@pytest.fixture
async def bench(kafka_bootstrap: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    """A bench with topics, a group and a store of its own."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    made = Bench(kafka_bootstrap, redis_url, tmp_path)
    topics = [made.source, *made.records]
    await admin.create_topics([NewTopic(topic, 2, 1) for topic in topics])
    yield made
    await made.stop()
    await admin.delete_topics(topics)
    await admin.close()


async def test_every_record_ends_as_exactly_one_output_or_dead_letter(bench: Bench) -> None:
    """Poison of every kind becomes a dead letter with its bytes and its reason; the rest is decided once."""
    poison = {b"\xff\xfe": "not_json", b'{"type": 1}': "wrong_schema", b"x" * 65537: "too_large", None: "null"}
    await bench.send(*[a_report(number) for number in range(50)], *poison, a_report(50, text="never"))
    await bench.send(a_report(51, text="bug"))
    await bench.start_worker()
    await bench.read_until(lambda: len(bench.records[bench.out]) >= 50 and len(bench.records[bench.dead]) >= 6)
    assert bench.ids(bench.out) == Counter(f"report-{number}" for number in range(50))
    reasons = {record.value: dict(record.headers)["buurtsein-reason"].decode() for record in bench.records[bench.dead]}
    assert reasons == {**poison, a_report(50, text="never"): "unwanted", a_report(51, text="bug"): "undecidable"}


async def test_facts_of_earlier_events_count_and_of_the_event_itself_do_not(bench: Bench) -> None:
    """Within a batch and across batches each report sees exactly those before it."""
    await bench.send(*[a_report(number) for number in range(40)])
    await bench.start_worker()
    await bench.read_until(lambda: len(bench.records[bench.out]) >= 40)
    told: dict[str, list[int]] = {}
    for record in bench.records[bench.out]:
        data = decode(record.value).data
        assert isinstance(data, MemberNotice)
        told.setdefault(data.member, []).append(data.strikes)
    assert told == {client: list(range(8)) for client in CLIENTS}


async def test_the_same_event_twice_is_decided_once(bench: Bench) -> None:
    """A second record with an event's id is seen to be one."""
    await bench.send(a_report(1), a_report(1), a_report(6))
    await bench.start_worker()
    await bench.read_until(lambda: bench.ids(bench.out)["report-6"] > 0)
    assert bench.ids(bench.out) == {"report-1": 1, "report-6": 1}


async def test_what_was_never_committed_is_not_read(bench: Bench) -> None:
    """What a killed worker wrote is aborted, and then it never was."""
    await bench.send_and_abort(a_report(1))
    await bench.send(a_report(6))
    await bench.start_worker()
    await bench.read_until(lambda: bench.ids(bench.out)["report-6"] > 0)
    assert bench.ids(bench.out) == {"report-6": 1}


async def test_one_replay_of_a_dead_letter_is_let_through(bench: Bench) -> None:
    """A replay names the failed record; the second replay of the same failure is a duplicate."""
    (failed,) = await bench.send(a_report(1, text="bug"))
    await bench.start_worker()
    await bench.read_until(lambda: len(bench.records[bench.dead]) >= 1)
    replay = ((REPLAY_HEADER, str(Origin(failed.topic, failed.partition, failed.offset)).encode()),)
    await bench.send(a_report(1), headers=replay)
    await bench.send(a_report(1), headers=replay)
    await bench.send(a_report(6))
    await bench.read_until(lambda: bench.ids(bench.out)["report-6"] > 0)
    assert bench.ids(bench.out) == {"report-1": 1, "report-6": 1}


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
async def test_ending_workers_in_the_middle_loses_and_repeats_nothing(bench: Bench, ending: signal.Signals) -> None:
    """Of two workers one is ended at any moment while events keep coming."""
    total = 3000
    bench.supervise([await bench.start_worker(), await bench.start_worker()])
    for start in range(0, total, 500):
        await bench.send(*[a_report(number) for number in range(start, start + 500)])
        await bench.read_until(lambda done=start: len(bench.records[bench.out]) > done)  # type: ignore[misc]
        bench.end_one(ending)
    await bench.read_until(lambda: len(bench.records[bench.out]) >= total)
    assert bench.ids(bench.out) == Counter(f"report-{number}" for number in range(total))


async def test_timed_decisions_are_made_exactly_once_although_workers_are_killed(bench: Bench) -> None:
    """Every fact is told in exactly one digest."""
    total = 600
    bench.supervise([await bench.start_worker("timed")], "timed")
    for start in range(0, total, 100):
        await bench.send(*[a_report(number) for number in range(start, start + 100)])
        await bench.read_until(lambda done=start: len(bench.records[bench.digests]) > done)  # type: ignore[misc]
        bench.end_one(signal.SIGKILL)
    await bench.read_until(lambda: len(bench.records[bench.digests]) >= total)
    assert bench.ids(bench.digests) == Counter(f"report-{number}" for number in range(total))


async def test_a_flood_of_failures_stops_the_stage_at_its_limit(bench: Bench) -> None:
    """A release that can decide nothing leaves the records where they are."""
    await bench.send(*[a_report(number, text="bug") for number in range(2000)])
    worker = await bench.start_worker(BUURTSEIN_DEAD_LETTER_WINDOW="20")
    await bench.send(a_report(2001))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(8):
            await bench.read_until(lambda: len(bench.records[bench.dead]) > 0 or len(bench.records[bench.out]) > 0)
    assert worker.returncode is None

"""A service to start, call and end, intake if not said otherwise, and what other services would write."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import uuid4

import httpx
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from buurtsein_events.codec import decode, encode
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.signals import Assignment, SignalRouted
from buurtsein_events.topics import REPORTS_RECEIVED, TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Message, Value

PATIENCE = 60.0
HEADERS = {"Authorization": "Bearer local-demo-key", "Content-Type": "application/json"}


class Process:
    """A service's process and a client that calls it."""

    def __init__(self, environment: Mapping[str, str], service: str = "intake") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        url = f"http://127.0.0.1:{self.port}"
        own = {"BUURTSEIN_HTTP_PORT": str(self.port), "BUURTSEIN_PUBLIC_URL": url, "BUURTSEIN_LOG_LEVEL": "WARNING"}
        self.environment = {**os.environ, **environment, **own}
        self.http = httpx.AsyncClient(base_url=url, timeout=30, headers=HEADERS)
        self.service = service
        self.process: asyncio.subprocess.Process | None = None

    async def launch(self) -> None:
        """Start the process."""
        command = (sys.executable, "-m", f"buurtsein_{self.service}")
        self.process = await asyncio.create_subprocess_exec(*command, env=self.environment)

    async def start(self) -> None:
        """Start the process and wait until it is ready."""
        await self.launch()
        await self.ready()

    async def ready(self) -> None:
        """Wait until the service says that it can work."""
        await eventually(lambda: self.answers("/readyz", 200))

    async def answers(self, path: str, status: int) -> bool:
        """Tell whether a path is answered with a status."""
        try:
            return (await self.http.get(path)).status_code == status
        except httpx.TransportError:
            return False

    async def post(self, key: str | None = None, path: str = "/v1/reports", **fields: object) -> httpx.Response:
        """Post a report, or what else the path takes."""
        headers = {"Idempotency-Key": key} if key else {}
        body = {"text": f"Glas op straat {uuid4()}"} if path == "/v1/reports" else {}
        return await self.http.post(path, json={**body, **fields}, headers=headers)

    async def status(self, reference: str) -> dict[str, object]:
        """Return the status of a report."""
        answer = await self.http.get(f"/v1/reports/{reference}")
        content: dict[str, object] = answer.json()
        return content

    async def gauge(self, name: str) -> float:
        """Return a metric without labels."""
        lines = (await self.http.get("/metrics")).text.splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith(f"{name} ")))

    async def stop(self, number: int = signal.SIGKILL) -> int:
        """End the process by a signal and return its exit code."""
        assert self.process
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await self.process.wait()


async def eventually(look: Callable[[], Awaitable[bool]], seconds: float = PATIENCE) -> None:
    """Wait until `look` says yes."""
    async with asyncio.timeout(seconds):
        while not await look():  # noqa: ASYNC110 (another process has no event to wait for)
            await asyncio.sleep(0.1)


async def send(bootstrap: str, *records: tuple[str, bytes], key: bytes = b"k") -> None:
    """Write records as another service would."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all")
    await producer.start()
    for topic, value in records:
        await producer.send_and_wait(topic, value, key=key)
    await producer.stop()


async def received(bootstrap: str, references: Sequence[str], topic: str = REPORTS_RECEIVED) -> list[Event[Value]]:
    """Return all events of a topic about these reports, also when there are more than one of each."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest", isolation_level="read_committed"
    )
    await consumer.start()
    partitions = [TopicPartition(topic, n) for n in consumer.partitions_for_topic(topic)]
    ends = await consumer.end_offsets(partitions)
    values = []
    while any([await consumer.position(p) < end for p, end in ends.items()]):
        for batch in (await consumer.getmany(timeout_ms=500)).values():
            values += [r.value for r in batch if any(ref.encode() in (r.value or b"") for ref in references)]
    await consumer.stop()
    return [decode(value) for value in values]


def event(data: Value) -> bytes:
    """Return an event of another service."""
    name = TYPE_OF_DATA[type(data)]
    return encode(
        Event[Value](
            id=str(uuid4()),
            source="urn:test",
            type=name,
            time=datetime.now(UTC),
            subject="x",
            partitionkey="k",
            dataschema=schema_uri(name),
            data=data,
        )
    )


def moderated(report: ReportReceived, verdict: str) -> ReportModerated:
    """Return what moderation says about a report."""
    words = Message(nl="Zeg het anders", en="Say it otherwise")
    fields = {"type": "nuisance", "type_reason": "said", "verdict": verdict, "public_text": "x", "message": words}
    return ReportModerated.model_validate({"report": report, **fields})


def routed(report: ReportReceived) -> SignalRouted:
    """Return what routing says about a report."""
    signal_id = derive(report.report_id, "signal")
    return SignalRouted(
        signal_id=signal_id,
        report_id=report.report_id,
        community="woensel",
        type="nuisance",
        severity="normal",
        verdict="publish",
        text="x",
        received_at=report.received_at,
        happened_at=report.received_at,
        incident=signal_id,
        assignments=(Assignment(network="police", why=()),),
    )

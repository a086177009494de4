"""What the benchmark asks of Kafka."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.structs import ConsumerRecord

from buurtsein_platform.errors import PlatformError

PATIENCE = 180.0


async def create(bootstrap: str, names: Sequence[str]) -> None:
    """Create topics of one partition."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(name, 1, 1) for name in names])
    await admin.close()


async def fill(bootstrap: str, topic: str, records: Sequence[tuple[bytes, bytes]]) -> None:
    """Write records, given as keys and values."""
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=5, max_batch_size=262144) as writer:
        for start in range(0, len(records), 5000):
            await asyncio.gather(*[await writer.send(topic, v, k) for k, v in records[start : start + 5000]])


@asynccontextmanager
async def reader(bootstrap: str, *topics: str, beginning: bool = True) -> AsyncIterator[AIOKafkaConsumer]:
    """Read topics as a network must: committed records only."""
    reset = "earliest" if beginning else "latest"
    consumer = AIOKafkaConsumer(
        *topics, bootstrap_servers=bootstrap, isolation_level="read_committed", auto_offset_reset=reset
    )
    await consumer.start()
    try:
        await consumer.seek_to_beginning() if beginning else await consumer.seek_to_end()
        yield consumer
    finally:
        await consumer.stop()


async def timestamps(bootstrap: str, topic: str, number: int, *, skip: int = 0) -> list[float]:
    """Return when each of `number` records after the first `skip` was written, in seconds, once all are there."""
    found: list[float] = []
    deadline = time.monotonic() + PATIENCE
    async with reader(bootstrap, topic) as consumer:
        while len(found) < skip + number:
            if time.monotonic() > deadline:
                raise PlatformError(f"{topic} has {len(found)} of {skip + number} records after {PATIENCE:g} s")
            found += [r.timestamp / 1000 for r in await read(consumer)]
    return found[skip : skip + number]


async def read(consumer: AIOKafkaConsumer, milliseconds: int = 500) -> list[ConsumerRecord]:
    """Return what is there within the time."""
    batches = await consumer.getmany(timeout_ms=milliseconds)
    return [record for batch in batches.values() for record in batch]


async def written(bootstrap: str, topic: str) -> int:
    """Return how many records were written to a topic outside of transactions."""
    async with reader(bootstrap, topic) as consumer:
        ends = await consumer.end_offsets(consumer.assignment())
    return sum(ends.values())

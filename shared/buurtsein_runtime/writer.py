"""The transactional producer of one source partition: outputs and the offset that they follow from commit together."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata

from buurtsein_runtime.records import Output
from buurtsein_runtime.settings import StageSettings

COORDINATOR_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds between attempts to read a committed offset: the coordinator of a new group takes a moment to appear."""

RETRY_MS = 5


class PartitionWriter:
    """Writes what follows from one source partition, exactly once.

    `next_offset` is the first record not yet dealt with and `flushed` the time up to which timed decisions were made;
    it travels as the metadata of the committed offset, and so in the same transaction.
    """

    def __init__(self, group: str, source: TopicPartition, kafka: AIOKafkaProducer, start: "Progress") -> None:
        self._group = group
        self._source = source
        self._kafka = kafka
        self.next_offset = start.next_offset
        self.flushed = start.flushed

    async def commit(self, outputs: Sequence[Output], *, next_offset: int, flushed: datetime | None = None) -> None:
        """Write `outputs` and the progress in one transaction; any error leaves nothing behind and is for leaving."""
        progress = Progress(next_offset, flushed or self.flushed)
        async with self._kafka.transaction():
            sent = [await self._kafka.send(o.topic, o.value, o.key, headers=list(o.headers)) for o in outputs]
            offset = {self._source: progress.as_offset()}
            await asyncio.gather(self._kafka.send_offsets_to_transaction(offset, self._group), *sent)
        self.next_offset, self.flushed = progress

    async def stop(self) -> None:
        """Give up the partition; called between transactions only."""
        await self._kafka.stop()


class Progress(NamedTuple):
    """How far a partition was dealt with: the next offset, and the boundary of the last timed decision."""

    next_offset: int
    flushed: datetime | None

    def as_offset(self) -> OffsetAndMetadata:
        """Return the progress as Kafka keeps it."""
        return OffsetAndMetadata(self.next_offset, self.flushed.isoformat() if self.flushed else "")

    @classmethod
    def of_offset(cls, committed: OffsetAndMetadata | None) -> "Progress":
        """Return the progress that Kafka kept, the beginning if there is none."""
        if committed is None or committed.offset < 0:
            return cls(0, None)
        flushed = datetime.fromisoformat(committed.metadata).astimezone(UTC) if committed.metadata else None
        return cls(committed.offset, flushed)


class Writers:
    """Opens partition writers for one consumer group."""

    def __init__(self, settings: StageSettings, group: str) -> None:
        self._settings = settings
        self._group = group
        self._admin: AIOKafkaAdminClient | None = None

    async def open(self, source: TopicPartition) -> PartitionWriter:
        """Return the writer of `source`: starting its producer fences any older owner, only then is the offset read."""
        kafka = AIOKafkaProducer(
            bootstrap_servers=self._settings.kafka_bootstrap,
            transactional_id=f"{self._group}-{source.topic}-{source.partition}",
            transaction_timeout_ms=int(self._settings.transaction_timeout * 1000),
            acks="all",
            linger_ms=0,
            # A broker that still ends the last transaction answers "again", and it is done within milliseconds.
            retry_backoff_ms=RETRY_MS,
            max_batch_size=262144,
            max_request_size=2_000_000,
        )
        await kafka.start()
        return PartitionWriter(self._group, source, kafka, await self._progress(source))

    async def partitions(self, topic: str) -> int:
        """Return the number of partitions of a topic."""
        (found,) = await (await self._connected()).describe_topics([topic])
        return len(found["partitions"])

    async def _progress(self, source: TopicPartition) -> Progress:
        for wait in (*COORDINATOR_WAITS, None):
            try:
                admin = await self._connected()
                offsets = await admin.list_consumer_group_offsets(self._group, partitions=[source])
                return Progress.of_offset(offsets.get(source))
            except KafkaError:
                if wait is None:
                    raise
                await asyncio.sleep(wait)
        raise AssertionError("unreachable")

    async def _connected(self) -> AIOKafkaAdminClient:
        if self._admin is None:
            admin = AIOKafkaAdminClient(bootstrap_servers=self._settings.kafka_bootstrap)
            await admin.start()
            self._admin = admin
        return self._admin

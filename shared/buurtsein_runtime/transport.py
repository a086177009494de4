"""A Faust transport that hands an agent batches of raw records and leaves committing to the transactions.

Faust's own commit loses what a failing or cancelled agent was holding, and its exactly-once mode repeats events, so
here it commits nothing: `docs/adr/0001-delivery.md` has the measurements.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import cast

import faust
from aiokafka import AIOKafkaConsumer, TopicPartition
from faust.serializers import codecs
from faust.transport.drivers import aiokafka as driver
from faust.types import Message

from buurtsein_runtime.records import Record

BATCH_RECORDS = 500
"""Records of one partition that make one Faust message."""

CODEC = "buurtsein-untouched"


class _Untouched(codecs.Codec):  # type: ignore[misc]
    def loads(self, s: object) -> object:
        return s


codecs.register(CODEC, _Untouched())


class _Thread(driver.AIOKafkaConsumerThread):  # type: ignore[misc]
    def _create_worker_consumer(self, transport: driver.Transport) -> AIOKafkaConsumer:
        """Return the consumer, reading committed records only; Faust ties that to transactions of its own."""
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"
        return consumer

    async def _fetch_records(
        self,
        consumer: AIOKafkaConsumer,
        active_partitions: set[TopicPartition],
        timeout: float | None = None,  # noqa: ASYNC109
        max_records: int | None = None,
    ) -> Mapping[TopicPartition, list[Record]]:
        """Fetch when asked only: aiokafka would fetch the next record at once, and then the rest on its own."""
        consumer.resume(*consumer.paused())
        fetched: Mapping[TopicPartition, list[Record]] = await super()._fetch_records(
            consumer, active_partitions, timeout, max_records
        )
        if fetched and _few(fetched):
            consumer.pause(*consumer.assignment())
        return fetched


class _RecordBatchConsumer(driver.Consumer):  # type: ignore[misc]
    def _new_consumer_thread(self) -> _Thread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)

    async def getmany(
        self,
        timeout: float,  # noqa: ASYNC109
    ) -> AsyncIterator[tuple[TopicPartition, Message]]:
        records, active = await self._wait_next_records(timeout)
        generation = self.app.consumer_generation_id
        if records is None or self.should_stop:
            return
        if not self.flow_active:
            # A rebalance is under way: what was fetched is read again after it.
            await self.perform_seek()
            return
        for partition, batch in cast(Mapping[TopicPartition, list[Record]], records).items():
            if active is not None and partition not in active and partition not in self._buffered_partitions:
                continue
            for start in range(0, len(batch), BATCH_RECORDS):
                if not self.flow_active or self.app.consumer_generation_id != generation:
                    return
                yield partition, self._as_message(partition, batch[start : start + BATCH_RECORDS])
        if records and _few(records):
            await self.transport.pace()

    def _as_message(self, partition: TopicPartition, batch: list[Record]) -> Message:
        message = self._to_message(partition, batch[-1])
        message.key, message.value = None, batch
        return message

    async def commit(self, topics: object = None, start_new_transaction: bool = True) -> bool:  # noqa: ARG002
        return True

    async def _commit(self, offsets: object) -> bool:  # noqa: ARG002
        return True

    async def _add_gap(self, tp: object, offset_from: int, offset_to: int) -> None:  # noqa: ARG002
        return None


def _few(fetched: Mapping[TopicPartition, list[Record]]) -> bool:
    return sum(map(len, fetched.values())) < BATCH_RECORDS


class _RecordBatchTransport(driver.Transport):  # type: ignore[misc]
    Consumer = _RecordBatchConsumer
    pace: Callable[[], Awaitable[None]]


def install(app: faust.App, pace: Callable[[], Awaitable[None]]) -> None:
    """Make the Faust app read record batches and commit nothing; after a small batch it fetches again after `pace`."""
    app.transport = _RecordBatchTransport(app.conf.broker, app, app.loop)
    app.transport.pace = pace

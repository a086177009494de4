"""The producer that answers only when Kafka has acknowledged with `acks=all`."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from buurtsein_events.results import Later

_LOG = structlog.get_logger()


class RecordPosition(NamedTuple):
    """Where a record is kept."""

    topic: str
    partition: int
    offset: int


class Producer:
    """An idempotent producer that bounds how long and how many requests wait for the broker.

    It connects in the background and connects anew after an error that an idempotent producer can't recover from,
    so that its owner starts, lives and recovers without a broker.
    """

    def __init__(self, bootstrap: str, *, seconds: float = 4.0, in_flight: int = 2000, linger_ms: int = 2) -> None:
        self._bootstrap = bootstrap
        self._seconds = seconds
        self._limit = in_flight
        self._linger_ms = linger_ms
        self._open = 0
        self._kafka: AIOKafkaProducer | None = None
        self._connecting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to connect; returns at once."""
        self._connect()

    @property
    def connected(self) -> bool:
        """Tell whether the producer has found a broker."""
        return self._kafka is not None

    async def send(
        self, topic: str, key: bytes | None, value: bytes, headers: Sequence[tuple[str, bytes]] = ()
    ) -> RecordPosition:
        """Return the position at which every in-sync replica keeps the record.

        Raises `Later` when the broker does not acknowledge in time; the record may or may not be kept then, so the
        caller sends it again with the same event id.
        """
        kafka = self._kafka
        if kafka is None or self._open >= self._limit:
            raise Later("kafka" if kafka is None else "too many reports are waiting for kafka")
        try:
            async with asyncio.timeout(self._seconds):
                delivery = await kafka.send(topic, value=value, key=key, headers=list(headers))
                self._open += 1
                delivery.add_done_callback(self._settled)
                metadata = await asyncio.shield(delivery)
        except TimeoutError as error:
            raise Later("kafka") from error
        except KafkaError as error:
            self._replace(kafka, error)
            raise Later("kafka") from error
        return RecordPosition(metadata.topic, metadata.partition, metadata.offset)

    async def stop(self) -> None:
        """Send what waits and disconnect."""
        if self._connecting:
            self._connecting.cancel()
        if self._kafka:
            await self._kafka.stop()

    def _settled(self, delivery: "asyncio.Future[object]") -> None:
        self._open -= 1
        if not delivery.cancelled():
            delivery.exception()

    def _replace(self, kafka: AIOKafkaProducer, error: KafkaError) -> None:
        if not error.retriable and self._kafka is kafka:
            _LOG.warning("producer_replaced", error=repr(error))
            self._kafka = None
            self._connect(kafka)

    def _connect(self, old: AIOKafkaProducer | None = None) -> None:
        self._connecting = asyncio.create_task(self._connect_until_done(old))

    async def _connect_until_done(self, old: AIOKafkaProducer | None) -> None:
        if old:
            await _stop(old)
        while self._kafka is None:
            kafka = AIOKafkaProducer(
                bootstrap_servers=self._bootstrap,
                acks="all",
                enable_idempotence=True,
                linger_ms=self._linger_ms,
                max_batch_size=262144,
                max_request_size=1_000_000,
                request_timeout_ms=10_000,
                retry_backoff_ms=100,
            )
            try:
                await kafka.start()
                self._kafka = kafka
            except (KafkaError, OSError) as error:
                _LOG.warning("kafka_unreachable", error=repr(error))
                await _stop(kafka)
                await asyncio.sleep(0.5)


async def _stop(kafka: AIOKafkaProducer) -> None:
    try:
        await asyncio.wait_for(kafka.stop(), 1.0)
    except (TimeoutError, KafkaError) as error:
        _LOG.warning("producer_not_stopped", error=repr(error))

"""Follows every report through the topics and keeps its status in Redis; never ends, and says so when it is stuck."""

import asyncio
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, KafkaError

from buurtsein_events.results import Later
from buurtsein_events.topics import REPORTS_RECEIVED
from buurtsein_intake.status import DEAD_LETTERS, SOURCES, Record, fold
from buurtsein_intake.statuses import RedisStatuses
from buurtsein_runtime import metrics
from buurtsein_runtime.patience import Patience

GROUP: Final = "buurtsein-intake"
_RECORDS_AT_ONCE: Final = 500
_POLL_MS: Final = 250
_PAUSE_SECONDS: Final = 0.1
_RESTART_SECONDS: Final = 1.0
_STOP_SECONDS: Final = 2.0
_COUNT_SECONDS: Final = 2.0

_LOG = structlog.get_logger()


class Projection:
    """Reads events that are committed, writes what they change, then commits its offsets.

    Offsets follow the write, and writing again changes nothing, so a crash in between costs nothing. While Redis is
    down it waits, in order; after any other failure it begins anew from its offsets.
    """

    def __init__(self, statuses: RedisStatuses, *, bootstrap: str) -> None:
        self._statuses = statuses
        self._bootstrap = bootstrap
        self._patience = Patience("intake")
        self._kafka: AIOKafkaConsumer | None = None
        self._failure: str | None = "not started"

    async def run(self) -> None:
        """Follow the topics until cancelled, whatever fails."""
        while True:
            following = asyncio.create_task(self._follow())
            try:
                await asyncio.wait({following})
            finally:
                following.cancel()
            self._failure = repr(following.exception())[:300]
            metrics.RETRIES.labels("intake", "projection").inc()
            _LOG.warning("projection_restarts", error=self._failure)
            await asyncio.sleep(_RESTART_SECONDS)

    async def problem(self) -> str | None:
        """Return why statuses are not up to date, if so."""
        return f"waits for {self._patience.waiting}" if self._patience.waiting else self._failure

    async def kafka_problem(self) -> str | None:
        """Return what is wrong with Kafka, if anything."""
        if self._kafka is None:
            return "kafka: not connected"
        try:
            await self._kafka.end_offsets([TopicPartition(REPORTS_RECEIVED, 0)])
        except KafkaError as error:
            return f"kafka: {error!r}"
        return None

    async def _follow(self) -> None:
        kafka = AIOKafkaConsumer(
            *SOURCES,
            *DEAD_LETTERS,
            bootstrap_servers=self._bootstrap,
            group_id=GROUP,
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            session_timeout_ms=6_000,
            heartbeat_interval_ms=2_000,
        )
        try:
            await kafka.start()
            self._kafka, self._failure = kafka, None
            while True:
                await self._step(kafka)
        finally:
            self._kafka = None
            await _stop(kafka)

    async def _step(self, kafka: AIOKafkaConsumer) -> None:
        found = await kafka.getmany(timeout_ms=_POLL_MS, max_records=_RECORDS_AT_ONCE)
        if not found:
            return
        records = [Record(r.topic, r.value, r.timestamp) for batch in found.values() for r in batch]
        changes, bad = fold(records)
        await self._patience.until_done("redis", lambda: self._statuses.apply(changes))
        try:
            await kafka.commit()
        except CommitFailedError as error:
            # The partitions moved meanwhile: their new owner writes the same once more.
            _LOG.info("projection_commit_late", error=repr(error))
        metrics.RECORDS.labels("intake", "projected").inc(len(records) - bad)
        if bad:
            metrics.RECORDS.labels("intake", "skipped").inc(bad)
        # A short rest lets records gather: a status is soon enough, and larger batches leave more time for requests.
        await asyncio.sleep(_PAUSE_SECONDS)


async def watch_accounts(statuses: RedisStatuses, overdue_seconds: float) -> None:
    """Keep the gauges of open and overdue reports up to date until cancelled; they stand still while Redis is down."""
    while True:
        try:
            accounts = await statuses.accounts(overdue_seconds)
        except Later:
            metrics.RETRIES.labels("intake", "redis").inc()
        else:
            metrics.OPEN.set(accounts.open)
            metrics.UNACCOUNTED.set(accounts.overdue)
        await asyncio.sleep(_COUNT_SECONDS)


async def _stop(kafka: AIOKafkaConsumer) -> None:
    try:
        await asyncio.wait_for(kafka.stop(), _STOP_SECONDS)
    except (TimeoutError, KafkaError) as error:
        _LOG.warning("projection_not_stopped", error=repr(error))

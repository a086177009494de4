"""One source partition on its way through a stage: what waits shares a transaction, in order."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog
from aiokafka import TopicPartition

from buurtsein_runtime import metrics
from buurtsein_runtime.crash import or_leave
from buurtsein_runtime.handler import Handled, Handler
from buurtsein_runtime.limits import DeadLetterCount, DeadLetterLimit
from buurtsein_runtime.records import Record
from buurtsein_runtime.settings import StageSettings
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.writer import PartitionWriter, Writers

DECIDE_RECORDS = 500
"""Records that are decided on at once."""

EFFECT_RECORDS = 10
"""Records that are decided on at once where each has an effect."""

MOST_RECORDS = 10_000
"""Records that are taken from what waits at once."""

WAITING_BATCHES = 32
"""Batches that may wait; then Faust's own buffer fills up, and it fetches no more."""

_LOG = structlog.get_logger()


class Lane:
    """Deals with the records of one partition, a shared transaction at a time.

    `oldest` is the timestamp, in POSIX seconds, of the first record under way. `held` tells that the lane stopped at
    the dead-letter limit; it commits nothing more until somebody has looked and starts the service again.
    """

    def __init__(
        self,
        source: TopicPartition,
        stage: Stage,
        *,
        handler: Handler,
        writers: Writers,
        settings: StageSettings,
        deal: "Callable[[Lane, Sequence[Record]], Awaitable[None]]",
    ) -> None:
        self.source = source
        self.busy = asyncio.Lock()
        self.oldest: float | None = None
        self.held = False
        self._stage = stage.name
        # An effect may take long, and what it did is only kept by a commit.
        self._at_once = EFFECT_RECORDS if stage.effect else DECIDE_RECORDS
        self._handler = handler
        self._deal = deal
        self._waiting: asyncio.Queue[Sequence[Record]] = asyncio.Queue(WAITING_BATCHES)
        self._working: asyncio.Task[None] | None = None
        self._writers = writers
        self._seconds = settings.transaction_seconds
        self._writer: PartitionWriter | None = None
        self._count = DeadLetterCount(DeadLetterLimit(settings.dead_letter_window, settings.dead_letter_ratio))

    @property
    def next_offset(self) -> int | None:
        """Return the first offset not yet dealt with, once known."""
        return self._writer.next_offset if self._writer else None

    @property
    def flushed(self) -> datetime | None:
        """Return the boundary of the last timed decision, once known."""
        return self._writer.flushed if self._writer else None

    async def offer(self, records: Sequence[Record]) -> None:
        """Add records to what waits; returns when there is room for them."""
        if self._working is None:
            self._working = asyncio.create_task(or_leave(self._work()))
        await self._waiting.put(records)

    async def process(self, records: Sequence[Record]) -> None:
        """Deal with the records; those that were dealt with before are skipped."""
        async with self.busy:
            writer = await self.writer()
            waiting = [record for record in records if record.offset >= writer.next_offset]
            while waiting and not self.held:
                self.oldest = waiting[0].timestamp / 1000
                waiting = waiting[await self._share(writer, waiting) :]
            self.oldest = None

    async def _work(self) -> None:
        while not self.held:
            records = list(await self._waiting.get())
            while not self._waiting.empty() and len(records) < MOST_RECORDS:
                records += self._waiting.get_nowait()
            await self._deal(self, records)

    async def within(self, act: Callable[[PartitionWriter], Awaitable[None]]) -> None:
        """Act with the partition's writer between two transactions of records."""
        async with self.busy:
            if not self.held:
                await act(await self.writer())

    async def release(self) -> None:
        """Give up the partition when the transaction under way has ended."""
        async with self.busy:
            if self._working:
                self._working.cancel()
            while not self._waiting.empty():
                self._waiting.get_nowait()
            if self._writer:
                await self._writer.stop()
                self._writer = None

    async def writer(self) -> PartitionWriter:
        """Return the partition's writer, opened at the first use; the caller holds `busy`."""
        if self._writer is None:
            self._writer = await self._writers.open(self.source)
        return self._writer

    async def _share(self, writer: PartitionWriter, records: Sequence[Record]) -> int:
        """Commit as many records in one transaction as can be decided on in its time; return their number."""
        handled: list[Handled] = []
        taken, deadline = 0, time.monotonic() + self._seconds
        while taken < len(records) and time.monotonic() < deadline:
            part = records[taken : taken + self._at_once]
            handled.append(await self._handler.handle(part))
            taken += len(part)
            if self._exceeds_limit(handled[-1]):
                return 0
        outputs = [output for each in handled for output in each.outputs]
        await writer.commit(outputs, next_offset=records[taken - 1].offset + 1)
        for each in handled:
            each.settle()
        return taken

    def _exceeds_limit(self, handled: Handled) -> bool:
        for dead in handled.dead:
            self._count.record(dead=dead)
        if self._count.exceeded:
            self.held = True
            metrics.STOPPED.labels(self._stage).set(1)
            _LOG.error("stopped_at_dead_letter_limit", stage=self._stage, source=str(self.source))
        return self.held

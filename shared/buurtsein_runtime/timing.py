"""Timed decisions, exactly once: the boundary reached is kept in the transaction that writes what became due.

Their changes of state wait in a redo record until that transaction has committed; after a crash the boundary tells
whether it has.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from aiokafka.partitioner import murmur2

from buurtsein_events.results import Change, Count
from buurtsein_runtime import metrics
from buurtsein_runtime.facts import TIMER_LIMIT, FactStore, Redo
from buurtsein_runtime.handler import EventHandler
from buurtsein_runtime.patience import Patience
from buurtsein_runtime.records import Output
from buurtsein_runtime.stage import Timer
from buurtsein_runtime.writer import PartitionWriter

EPOCH = datetime.fromtimestamp(0, UTC)

_LOG = structlog.get_logger()


def boundary(now: datetime, every: timedelta) -> datetime:
    """Return the last multiple of `every` since the epoch that is not after `now`."""
    return EPOCH + (now - EPOCH) // every * every


def partition_of(key: str, partitions: int) -> int:
    """Return the partition of a key, as every producer of the product and of Kafka's own clients chooses it."""
    return int((murmur2(key.encode()) & 0x7FFFFFFF) % partitions)


class Timekeeper:
    """Decides what became due for the owners of one partition."""

    def __init__(
        self, timer: Timer, *, stage: str, handler: EventHandler, store: FactStore, patience: Patience
    ) -> None:
        self._timer = timer
        self._stage = stage
        self._handler = handler
        self._store = store
        self._patience = patience

    def due(self, now: datetime, flushed: datetime | None) -> datetime | None:
        """Return the boundary to decide up to, if there is a new one."""
        reached = boundary(now, self._timer.every)
        return reached if reached > (flushed or EPOCH) else None

    async def act(self, scope: str, until: datetime, mine: Callable[[str], bool], writer: PartitionWriter) -> None:
        """Decide up to `until` for the owners that are `mine`, and commit with the partition's writer."""
        await self._recover(scope, writer.flushed)
        if self.due(until, writer.flushed):
            await self._decide(scope, writer, until, mine)

    async def _decide(self, scope: str, writer: PartitionWriter, until: datetime, mine: Callable[[str], bool]) -> None:
        owners = [owner for owner in self._timer.owners() if mine(owner)]
        keys = [key for owner in owners for key in self._timer.keys(owner)]
        loaded = await self._patience.until_done("redis", lambda: self._store.load((), keys, limit=TIMER_LIMIT))
        outputs: list[Output] = []
        changes: list[Change] = []
        counts: list[Count] = []
        for owner in owners:
            decision = self._timer.decide(owner, loaded.sets, writer.flushed or EPOCH, until)
            cause = f"{self._stage}/{owner}/{until.isoformat()}"
            outputs += [self._handler.envelope(emit, cause=cause, traceparent=None) for emit in decision.emits]
            changes += decision.changes
            counts += decision.counts
        redo = Redo(until, tuple(changes))
        await self._patience.until_done("redis", lambda: self._store.write_redo(scope, redo))
        await writer.commit(outputs, next_offset=writer.next_offset, flushed=until)
        await self._recover(scope, writer.flushed)
        metrics.count(counts)
        _LOG.info("timer", stage=self._stage, scope=scope, until=until.isoformat(), events=len(outputs))

    async def _recover(self, scope: str, flushed: datetime | None) -> None:
        redo = await self._patience.until_done("redis", lambda: self._store.read_redo(scope))
        if redo is None:
            return
        if flushed and redo.boundary <= flushed:
            await self._patience.until_done("redis", lambda: self._store.apply(redo.changes))
        await self._patience.until_done("redis", lambda: self._store.forget_redo(scope))

"""All partitions that a process has, their timers, health and lag."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from buurtsein_events.codec import decode
from buurtsein_events.errors import ContractError
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import clock
from buurtsein_runtime.facts import FactStore
from buurtsein_runtime.handler import EventHandler, Handler
from buurtsein_runtime.health import Health
from buurtsein_runtime.lane import Lane
from buurtsein_runtime.patience import Patience
from buurtsein_runtime.records import Record
from buurtsein_runtime.redis import UNAVAILABLE, connect
from buurtsein_runtime.settings import StageSettings
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.timing import Timekeeper, partition_of
from buurtsein_runtime.tracing import tracer
from buurtsein_runtime.watch import LagProbe, StallWatch
from buurtsein_runtime.writer import Writers

HAND_OVER_SECONDS = 0.002
"""What Faust takes to hand fetched records over to their partition."""

PACE_SECONDS = 0.05
"""How long fetching waits for a transaction to end, so that one that takes long keeps no other partition waiting."""


class Lanes:
    """The partitions of one process and what deals with them."""

    def __init__(
        self,
        stages: Sequence[Stage],
        settings: StageSettings,
        *,
        group: str,
        handlers: Mapping[str, Handler] | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock(settings.clock)
        self._redis = connect(settings)
        self._writers = Writers(settings, group)
        self._probe = LagProbe(settings.kafka_bootstrap)
        self._watch = StallWatch(settings.stall_seconds)
        self._patience = {stage.name: Patience(stage.name) for stage in stages}
        self._handlers = {stage.name: (handlers or {}).get(stage.name) or self._handler(stage) for stage in stages}
        self._stage_of = {source: stage for stage in stages for source in stage.sources}
        self._keepers = [(stage, self._timekeeper(stage)) for stage in stages if stage.timer]
        self._lanes: dict[TopicPartition, Lane] = {}
        self._working: set[TopicPartition] = set()
        self._still = asyncio.Event()
        self._still.set()
        self._took = 0.0
        self._mine: set[TopicPartition] | None = None
        self._kafka_problem: str | None = "not asked yet"

    async def offer(self, stage: Stage, records: Sequence[Record]) -> None:
        """Take records of one partition; those of a partition given up are left to its next owner."""
        source = TopicPartition(records[0].topic, records[0].partition)
        if source in (self._mine or ()):
            await self._lane(source, stage).offer(records)

    async def _deal(self, lane: Lane, records: Sequence[Record]) -> None:
        self._working.add(lane.source)
        self._still.clear()
        begun = time.monotonic()
        for batch in self._in_time(records):
            await self._catch_up(batch)
            if self._lanes.get(lane.source) is lane:
                await lane.process(batch)
        self._took = time.monotonic() - begun
        self._end_of_work(lane.source)

    def _end_of_work(self, source: TopicPartition) -> None:
        self._working.discard(source)
        if not self._working:
            self._still.set()

    async def pace(self) -> None:
        """Return when it is time to fetch again: a rest after the transactions under way, about as long as the last.

        What comes in meanwhile is fetched at once and shares a transaction; one by one, fetching records and
        committing them would cost more than all else that is done about them.
        """
        await asyncio.sleep(HAND_OVER_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(PACE_SECONDS):
                await self._still.wait()
        await asyncio.sleep(min(max(self._took, self._settings.rest_least), self._settings.rest_most))

    def assigned(self, partitions: set[TopicPartition]) -> None:
        """Take notice of the partitions that the group gave to this process."""
        self._mine = {TopicPartition(p.topic, p.partition) for p in partitions if p.topic in self._stage_of}

    async def release(self) -> None:
        """Give up every partition, each when its transaction under way has ended."""
        self._mine = None
        for source in list(self._lanes):
            await self._lanes.pop(source).release()
            self._end_of_work(source)

    async def tick(self) -> None:
        """Make the timed decisions that are due."""
        now = self._clock.now()
        for stage, keeper in self._keepers:
            for source in sorted(p for p in self._mine or () if stage.timer and p.topic == stage.timer.topic):
                lane = self._lane(source, stage)
                if source in (self._mine or ()) and (until := keeper.due(now, lane.flushed)):
                    scope = f"{source.topic}:{source.partition}"
                    mine = partial(_owned, source.partition, await self._writers.partitions(source.topic))
                    await lane.within(partial(keeper.act, scope, until, mine))

    def _in_time(self, records: Sequence[Record]) -> list[Sequence[Record]]:
        """Return what is dealt with at once: all of it, but in a replay, where events are the clock, one by one."""
        return [records] if self._settings.clock == "system" else [[record] for record in records]

    async def _catch_up(self, records: Sequence[Record]) -> None:
        """In a replay, make the timed decisions that are due before an event first, however fast the events come.

        The event is not committed yet, so a crash in between repeats this, and the decisions stay the same.
        """
        if self._settings.clock == "events":
            for at in filter(None, map(_time_of, records)):
                self._clock.observe(at)
            await self.tick()

    async def watch(self) -> str | None:
        """Measure the lag of every partition; return the one that stands still, if any."""
        lanes = {source: lane for source, lane in self._lanes.items() if lane.next_offset is not None}
        try:
            lags = await self._probe.lags({source: lane.next_offset or 0 for source, lane in lanes.items()})
        except (KafkaError, OSError) as error:
            self._kafka_problem = repr(error)
            return None
        self._kafka_problem = None
        found = [source for source, lag in lags.items() if self._note_lag(source, lanes[source], lag)]
        return str(found[0]) if found else None

    def add_checks(self, health: Health) -> None:
        """Add what the process needs in order to work to its health."""
        health.ready.update(
            partitions=self._check_partitions,
            kafka=self._check_kafka,
            redis=self._check_redis,
            dead_letters=self._check_dead_letters,
        )

    def _note_lag(self, source: TopicPartition, lane: Lane, lag: int) -> bool:
        stage = self._stage_of[source.topic].name
        age = time.time() - lane.oldest if lane.oldest else 0.0
        metrics.LAG_EVENTS.labels(stage, source.topic, source.partition).set(lag)
        metrics.LAG_SECONDS.labels(stage, source.topic, source.partition).set(max(age, 0.0))
        excused = lane.held or self._patience[stage].waiting is not None
        offset = lane.next_offset or 0
        return self._watch.stalled(source, offset=offset, lag=0 if excused else lag, now=time.monotonic())

    async def _check_partitions(self) -> str | None:
        return None if self._mine is not None else "no partitions are assigned yet"

    async def _check_kafka(self) -> str | None:
        return self._kafka_problem

    async def _check_redis(self) -> str | None:
        try:
            await self._redis.ping()
        except UNAVAILABLE as error:
            return repr(error)
        return None

    async def _check_dead_letters(self) -> str | None:
        held = [str(lane.source) for lane in self._lanes.values() if lane.held]
        return f"stopped at the dead-letter limit: {', '.join(held)}" if held else None

    def _lane(self, source: TopicPartition, stage: Stage) -> Lane:
        if source not in self._lanes:
            handler = self._handlers[stage.name]
            self._lanes[source] = Lane(
                source, stage, handler=handler, writers=self._writers, settings=self._settings, deal=self._deal
            )
        return self._lanes[source]

    def _store(self, stage: Stage) -> FactStore:
        return FactStore(self._redis, stage.group, self._settings.seen_seconds)

    def _handler(self, stage: Stage) -> EventHandler:
        return EventHandler(
            stage,
            store=self._store(stage),
            clock=self._clock,
            tracer=tracer(self._settings, stage.name),
            patience=self._patience[stage.name],
            source=f"{self._settings.source}-{stage.name}",
        )

    def _timekeeper(self, stage: Stage) -> Timekeeper:
        if stage.timer is None:
            raise ValueError(f"{stage.name} has no timer")
        return Timekeeper(
            stage.timer,
            stage=stage.name,
            handler=self._handler(stage),
            store=self._store(stage),
            patience=self._patience[stage.name],
        )


def _owned(partition: int, partitions: int, owner: str) -> bool:
    return partition_of(owner, partitions) == partition


def _time_of(record: Record) -> datetime | None:
    try:
        return decode(record.value).time
    except ContractError:
        return None

"""Follows the topics while the faults are done: what has come out, and how far each stage is."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord

from buurtsein_events.accounting import Sighting
from buurtsein_events.deadletters import Origin
from buurtsein_events.topics import SIGNALS_OUTCOMES, topics
from buurtsein_platform.fault.pause import PauseMeter, StandstillMeter
from buurtsein_platform.fault.tally import TOPICS, Tally
from buurtsein_platform.programs import SERVICES

READERS: Final = tuple(
    (f"buurtsein-{reader}", topic.name) for topic in topics() for reader in topic.readers if reader in SERVICES
)
"""Each consumer group with a topic that it reads."""

_POLL_MS: Final = 200
_LOOK_SECONDS: Final = 1.0
_LOOK_LIMIT: Final = 5.0
_FOLLOWED: Final = (*TOPICS, SIGNALS_OUTCOMES)


class Watch:
    """What has come out of the platform so far."""

    def __init__(self, bootstrap: str) -> None:
        self.tally = Tally()
        self.pause = PauseMeter()
        self.standstill = StandstillMeter()
        self.behind: frozenset[str] = frozenset()
        self._bootstrap = bootstrap
        self._newest: dict[TopicPartition, int] = {}

    def accepted(self) -> None:
        """Take notice that a client holds a 202."""
        self.pause.opened(time.monotonic())

    @property
    def quiet(self) -> bool:
        """Whether all that was accepted has ended and no stage is behind."""
        return self.pause.open <= 0 and not self.behind and self.tally.all_buried()

    async def follow(self) -> None:
        """Read committed records until cancelled; while the broker is away, there are none."""
        async with _consumer(self._bootstrap) as kafka:
            while True:
                for batch in (await kafka.getmany(timeout_ms=_POLL_MS)).values():
                    for record in batch:
                        self._add(record)

    async def measure(self) -> None:
        """Look once a second, until cancelled, how far each stage is."""
        async with _admin(self._bootstrap) as admin:
            while True:
                with contextlib.suppress(KafkaError, OSError, TimeoutError):
                    async with asyncio.timeout(_LOOK_LIMIT):
                        await self._look(admin)
                await asyncio.sleep(_LOOK_SECONDS)

    def _add(self, record: ConsumerRecord) -> None:
        self._newest[TopicPartition(record.topic, record.partition)] = record.offset
        before = len(self.tally.ended)
        origin = Origin(record.topic, record.partition, record.offset)
        self.tally.add(Sighting(origin=origin, key=record.key, value=record.value, headers=record.headers))
        if len(self.tally.ended) > before:
            self.pause.came_out(time.monotonic())

    async def _look(self, admin: AIOKafkaAdminClient) -> None:
        committed = {group: await admin.list_consumer_group_offsets(group) for group in {group for group, _ in READERS}}
        behind = set()
        for group, topic in READERS:
            for partition, newest in self._newest.items():
                if partition.topic == topic:
                    found = committed[group].get(partition)
                    offset = found.offset if found else 0
                    place = f"{group} at {topic}:{partition.partition}"
                    late = offset <= newest
                    self.standstill.look(place, offset=offset, behind=late, now=time.monotonic())
                    behind.update([place] if late else [])
        self.behind = frozenset(behind)


@asynccontextmanager
async def _consumer(bootstrap: str) -> AsyncIterator[AIOKafkaConsumer]:
    kafka = AIOKafkaConsumer(
        *_FOLLOWED, bootstrap_servers=bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await kafka.start()
    try:
        yield kafka
    finally:
        await kafka.stop()


@asynccontextmanager
async def _admin(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()

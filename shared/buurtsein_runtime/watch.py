"""Whether partitions make progress: their lag, and a watchdog that tells when one stands still.

Faust may stop fetching a partition after a rebalance while its consumer thread keeps sending heartbeats, so progress
is measured against the broker, by a consumer of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, TopicPartition

PROBE_MS = 250


@dataclass(slots=True)
class StallWatch:
    """Remembers since when each partition with lag has not moved; times are seconds of a monotonic clock."""

    patience: float
    _since: dict[TopicPartition, tuple[int, float]] = field(default_factory=dict)

    def stalled(self, partition: TopicPartition, *, offset: int, lag: int, now: float) -> bool:
        """Tell whether the partition has had lag without moving for longer than the patience."""
        last = self._since.get(partition)
        if lag <= 0 or last is None or last[0] != offset:
            self._since[partition] = (offset, now)
            return False
        return now - last[1] > self.patience


class LagProbe:
    """Asks the broker how many records of a partition are not yet dealt with."""

    def __init__(self, bootstrap: str) -> None:
        self._kafka = AIOKafkaConsumer(
            bootstrap_servers=bootstrap, isolation_level="read_committed", enable_auto_commit=False
        )
        self._started = False
        self._only_markers: dict[TopicPartition, tuple[int, int]] = {}

    async def lags(self, offsets: dict[TopicPartition, int]) -> dict[TopicPartition, int]:
        """Return the lag of each partition, given the first offset not yet dealt with.

        Raises KafkaError when the broker does not answer.
        """
        if not self._started:
            await self._kafka.start()
            self._started = True
        ends = await self._kafka.end_offsets(list(offsets))
        gaps = {partition: ends[partition] - offset for partition, offset in offsets.items()}
        suspects = [p for p, gap in gaps.items() if gap > 0 and self._only_markers.get(p) != (offsets[p], ends[p])]
        for partition in await self._without_records(suspects, offsets):
            self._only_markers[partition] = (offsets[partition], ends[partition])
        return {p: 0 if self._only_markers.get(p) == (offsets[p], ends[p]) else max(gap, 0) for p, gap in gaps.items()}

    async def _without_records(
        self, suspects: Iterable[TopicPartition], offsets: dict[TopicPartition, int]
    ) -> list[TopicPartition]:
        """Return those whose gap holds nothing but transaction markers, which no reader ever gets to see."""
        wanted = list(suspects)
        if not wanted:
            return []
        self._kafka.assign(wanted)
        for partition in wanted:
            self._kafka.seek(partition, offsets[partition])
        found = await self._kafka.getmany(timeout_ms=PROBE_MS, max_records=len(wanted))
        return [p for p in wanted if not found.get(p) and await self._kafka.position(p) > offsets[p]]

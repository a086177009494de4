"""Whether partitions make progress: their lag, and a watchdog that tells when one stands still.

Faust may stop fetching a partition after a rebalance while its consumer thread keeps sending heartbeats, so progress
is measured against the broker, by a consumer of its own.
"""

from collections.abc import Sequence
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
        self._bootstrap = bootstrap
        self._kafka: AIOKafkaConsumer | None = None
        self._only_markers: dict[TopicPartition, tuple[int, int]] = {}

    async def lags(self, offsets: dict[TopicPartition, int]) -> dict[TopicPartition, int]:
        """Return the lag of each partition, given the first offset not yet dealt with.

        Raises KafkaError when the broker does not answer.
        """
        kafka = await self._connected()
        ends = await kafka.end_offsets(list(offsets))
        gaps = {partition: ends[partition] - offset for partition, offset in offsets.items()}
        suspects = [p for p, gap in gaps.items() if gap > 0 and self._only_markers.get(p) != (offsets[p], ends[p])]
        for partition in await self._without_records(kafka, suspects, offsets):
            self._only_markers[partition] = (offsets[partition], ends[partition])
        return {p: 0 if self._only_markers.get(p) == (offsets[p], ends[p]) else max(gap, 0) for p, gap in gaps.items()}

    async def _connected(self) -> AIOKafkaConsumer:
        if self._kafka is None:
            kafka = AIOKafkaConsumer(
                bootstrap_servers=self._bootstrap, isolation_level="read_committed", enable_auto_commit=False
            )
            await kafka.start()
            self._kafka = kafka
        return self._kafka

    async def _without_records(
        self, kafka: AIOKafkaConsumer, suspects: Sequence[TopicPartition], offsets: dict[TopicPartition, int]
    ) -> list[TopicPartition]:
        """Return those whose gap holds nothing but transaction markers, which no reader ever gets to see."""
        if not suspects:
            return []
        kafka.assign(suspects)
        for partition in suspects:
            kafka.seek(partition, offsets[partition])
        found = await kafka.getmany(timeout_ms=PROBE_MS, max_records=len(suspects))
        return [p for p in suspects if not found.get(p) and await kafka.position(p) > offsets[p]]

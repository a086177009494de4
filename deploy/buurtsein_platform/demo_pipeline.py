"""Follows the pipeline through its topics, and tells when everything in them has been dealt with."""

from collections.abc import Iterator, Mapping
from typing import Final

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient, OffsetSpec

from buurtsein_events.accounting import Sighting
from buurtsein_events.deadletters import Origin
from buurtsein_events.topics import topics
from buurtsein_platform.demo_story import DEAD_LETTERS, FLOW

STAGES: Final = ("moderation", "routing", "feedback")
SOURCES: Final[Mapping[str, frozenset[str]]] = {
    f"buurtsein-{stage}": frozenset(topic.name for topic in topics() if stage in topic.readers) for stage in STAGES
}
"""What each stage's consumer group reads, by the contracts."""

POLL_MS: Final = 20
POLLS: Final = 25

Offsets = Mapping[TopicPartition, int]


class Pipeline:
    """The topics of the flow, read as they grow; both methods raise what kafka-python raises.

    Transaction markers occupy offsets, so a group has dealt with a partition once it has committed an offset above the
    last record's, not once it has committed the partition's end.
    """

    def __init__(self, bootstrap: str) -> None:
        servers = bootstrap.split(",")
        self._admin = KafkaAdminClient(bootstrap_servers=servers, client_id="buurtsein-demo")
        self._consumer = KafkaConsumer(
            bootstrap_servers=servers,
            client_id="buurtsein-demo",
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            allow_auto_create_topics=False,
            fetch_max_wait_ms=POLL_MS,
        )
        self._partitions = [
            TopicPartition(topic, number)
            for topic in (*FLOW, *DEAD_LETTERS)
            for number in sorted(self._consumer.partitions_for_topic(topic) or ())
        ]
        self._consumer.assign(self._partitions)
        self._consumer.seek_to_beginning()
        self._last: dict[TopicPartition, int] = {}
        self._read_to: dict[TopicPartition, int] = {}

    def look(self) -> tuple[list[Sighting], bool]:
        """Return the records that are new, and whether every stage has dealt with all that there is.

        The order of the questions matters. What a stage has committed is asked first, then where the topics end, open
        transactions included, and then everything up to there is read: so what followed from a commit is seen with it.
        """
        committed = self._committed()
        ends = self._ends()
        found = list(self._read(ends))
        return found, not self._behind(ends) and all_dealt_with(self._last, committed)

    def close(self) -> None:
        """Close the connections."""
        self._consumer.close()
        self._admin.close()

    def _committed(self) -> dict[str, dict[TopicPartition, int]]:
        found = self._admin.list_group_offsets(list(SOURCES))
        return {group: {place: at.offset for place, at in offsets.items()} for group, offsets in found.items()}

    def _ends(self) -> dict[TopicPartition, int]:
        found = self._admin.list_partition_offsets(dict.fromkeys(self._partitions, OffsetSpec.LATEST))
        return {partition: at.offset for partition, at in found.items()}

    def _read(self, ends: Offsets) -> Iterator[Sighting]:
        for _ in range(POLLS):
            if not self._behind(ends):
                return
            for partition, records in self._consumer.poll(timeout_ms=POLL_MS).items():
                self._last[partition] = records[-1].offset
                for record in records:
                    origin = Origin(record.topic, record.partition, record.offset)
                    yield Sighting(origin=origin, key=record.key, value=record.value, headers=tuple(record.headers))

    def _behind(self, ends: Offsets) -> bool:
        """Whether records or transactions before the ends are still to come; a position costs, so few are asked for."""
        for partition in [place for place, end in ends.items() if self._read_to.get(place, 0) < end]:
            self._read_to[partition] = self._consumer.position(partition)
        return any(self._read_to.get(partition, 0) < end for partition, end in ends.items())

    def __enter__(self) -> "Pipeline":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def all_dealt_with(last: Offsets, committed: Mapping[str, Offsets]) -> bool:
    """Tell whether every group has committed an offset above the last record of each partition that it reads."""
    return all(
        committed.get(group, {}).get(partition, -1) > offset
        for group, sources in SOURCES.items()
        for partition, offset in last.items()
        if partition.topic in sources
    )

"""Reads topics from their beginning to their current end, as a consumer of committed records sees them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaError

from buurtsein_events.accounting import Sighting
from buurtsein_events.deadletters import Origin
from buurtsein_platform.errors import PlatformError

POLL_MS = 500
STALLED_POLLS = 60
"""Empty polls in a row after which reading is given up: half a minute in which the broker gives nothing."""


class TopicReader:
    """Reads records without a consumer group; each call goes on where the one before ended.

    `checksums` are computed in Python, which takes most of the time: leave them out for millions of records of which
    only ids are kept (the broker has checked them), and have them for bytes that are written again.
    """

    def __init__(self, bootstrap: str, *, checksums: bool = True) -> None:
        self._consumer = KafkaConsumer(
            bootstrap_servers=bootstrap.split(","),
            client_id="buurtsein-reader",
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            allow_auto_create_topics=False,
            check_crcs=checksums,
            max_poll_records=2000,
            bootstrap_timeout_ms=5000,
        )
        self._next: dict[TopicPartition, int] = {}

    def existing(self) -> set[str]:
        """Return the names of all topics of the cluster."""
        return set(self._consumer.topics())

    def begins(self, topics: Iterable[str]) -> dict[str, int]:
        """Return the topics that have lost records to their retention, with how many."""
        partitions = [partition for topic in topics for partition in self._partitions(topic)]
        lost: dict[str, int] = {}
        for partition, offset in self._consumer.beginning_offsets(partitions).items():
            if offset:
                lost[partition.topic] = lost.get(partition.topic, 0) + offset
        return lost

    def read(self, topic: str) -> Iterator[Sighting]:
        """Yield the records of a topic that are committed now and were not read before."""
        partitions = self._partitions(topic)
        self._consumer.assign(partitions)
        for partition, first in self._consumer.beginning_offsets(partitions).items():
            self._next.setdefault(partition, first)
            self._consumer.seek(partition, self._next[partition])
        ends = self._consumer.end_offsets(partitions)
        empty = 0
        while any(self._next[partition] < end for partition, end in ends.items()):
            polled = self._consumer.poll(timeout_ms=POLL_MS)
            for record in (record for records in polled.values() for record in records):
                yield _sighting(record)
            self._next |= {partition: self._consumer.position(partition) for partition in partitions}
            empty = 0 if polled else empty + 1
            if empty > STALLED_POLLS:
                raise PlatformError(f"Kafka gives nothing more of {topic}, though its end is not reached.")

    def at(self, origin: Origin) -> Sighting | None:
        """Return the record at a position, None when there is none."""
        partition = TopicPartition(origin.topic, origin.partition)
        if partition not in self._partitions(origin.topic):
            return None
        self._consumer.assign([partition])
        first, end = self._consumer.beginning_offsets([partition]), self._consumer.end_offsets([partition])
        if not first[partition] <= origin.offset < end[partition]:
            return None
        self._consumer.seek(partition, origin.offset)
        for _ in range(STALLED_POLLS):
            for record in self._consumer.poll(timeout_ms=POLL_MS, max_records=1).get(partition, ()):
                return _sighting(record) if record.offset == origin.offset else None
            if self._consumer.position(partition) > origin.offset:
                return None
        return None

    def close(self) -> None:
        """Close the connections."""
        self._consumer.close()

    def _partitions(self, topic: str) -> list[TopicPartition]:
        numbers = self._consumer.partitions_for_topic(topic)
        if not numbers:
            raise PlatformError(f"The cluster has no topic {topic}; `buurtsein topics create` creates what is missing.")
        return [TopicPartition(topic, number) for number in sorted(numbers)]


@contextmanager
def reading(bootstrap: str, *, checksums: bool = True) -> Iterator[TopicReader]:
    """Open a reader; whatever Kafka says is said in one line."""
    with in_one_line(bootstrap):
        reader = TopicReader(bootstrap, checksums=checksums)
        try:
            yield reader
        finally:
            reader.close()


@contextmanager
def in_one_line(bootstrap: str) -> Iterator[None]:
    """Turn errors of Kafka's client into one line for a person."""
    try:
        yield
    except KafkaError as error:
        raise PlatformError(f"Kafka at {bootstrap} can't be used: {error or type(error).__name__}") from error


def _sighting(record: ConsumerRecord) -> Sighting:
    origin = Origin(record.topic, record.partition, record.offset)
    return Sighting(origin=origin, key=record.key, value=record.value, headers=tuple(record.headers))

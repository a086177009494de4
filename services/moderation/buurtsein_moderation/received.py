"""Reads what was on the topic of received reports between two times, as a consumer of committed records sees it."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from buurtsein_events.codec import decode
from buurtsein_events.errors import DecodeError
from buurtsein_events.reports import ReportReceived
from buurtsein_events.topics import REPORTS_RECEIVED

POLL_MS = 500
STALLED_POLLS = 60
"""Empty polls in a row after which reading is given up: half a minute in which the broker gives nothing."""


class UnreadableError(Exception):
    """The reports can't be read; says what to do about it."""


def reports_between(bootstrap: str, since: datetime, until: datetime | None) -> Iterator[ReportReceived]:
    """Yield the reports that Kafka received from `since` to before `until`, or to now, in the order of each partition.

    What is no report is left out. Raises `UnreadableError` when no broker answers or gives them.
    """
    try:
        with closing(_connected(bootstrap)) as consumer:
            for value in _values(consumer, since, until):
                try:
                    data = decode(value).data
                except DecodeError:
                    continue
                if isinstance(data, ReportReceived):
                    yield data
    except KafkaError as error:
        raise UnreadableError(
            f"Kafka at {bootstrap} can't be used: {error or type(error).__name__}. "
            "Start it (`buurtsein up`), or name another with BUURTSEIN_KAFKA_BOOTSTRAP."
        ) from error


def _connected(bootstrap: str) -> KafkaConsumer:
    return KafkaConsumer(
        bootstrap_servers=bootstrap.split(","),
        client_id="buurtsein-replay",
        isolation_level="read_committed",
        enable_auto_commit=False,
        allow_auto_create_topics=False,
        check_crcs=False,
        max_poll_records=2000,
        bootstrap_timeout_ms=5000,
    )


def _values(consumer: KafkaConsumer, since: datetime, until: datetime | None) -> Iterator[bytes | None]:
    numbers = consumer.partitions_for_topic(REPORTS_RECEIVED)
    if not numbers:
        raise UnreadableError(f"The cluster has no topic {REPORTS_RECEIVED}; `buurtsein topics create` creates it.")
    partitions = [TopicPartition(REPORTS_RECEIVED, number) for number in sorted(numbers)]
    consumer.assign(partitions)
    latest = consumer.end_offsets(partitions)
    for partition, offset in _offsets_at(consumer, since, latest).items():
        consumer.seek(partition, offset)
    yield from _up_to(consumer, _offsets_at(consumer, until, latest) if until else latest)


def _offsets_at(
    consumer: KafkaConsumer, at: datetime, latest: Mapping[TopicPartition, int]
) -> dict[TopicPartition, int]:
    found = consumer.offsets_for_times({partition: int(at.timestamp() * 1000) for partition in latest})
    return {partition: found[partition].offset if found[partition] else end for partition, end in latest.items()}


def _up_to(consumer: KafkaConsumer, ends: Mapping[TopicPartition, int]) -> Iterator[bytes | None]:
    empty = 0
    while any(consumer.position(partition) < end for partition, end in ends.items()):
        polled = consumer.poll(timeout_ms=POLL_MS)
        for partition, records in polled.items():
            yield from (record.value for record in records if record.offset < ends[partition])
        empty = 0 if polled else empty + 1
        if empty > STALLED_POLLS:
            raise UnreadableError(f"Kafka gives nothing more of {REPORTS_RECEIVED}, though its end is not reached.")

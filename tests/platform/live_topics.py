"""The topics of a real Kafka, written as services and clients would, and emptied for each test."""

from collections.abc import Iterator
from contextlib import contextmanager

from click import Command
from click.testing import CliRunner, Result
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient

from buurtsein_events.accounting import Ledger, Sighting
from buurtsein_events.deadletters import Origin
from tests.unit.events.records import Topics


class LiveTopics(Topics):
    """Topics whose records are really there; their positions are Kafka's."""

    def __init__(self, bootstrap: str) -> None:
        super().__init__()
        self.bootstrap = bootstrap
        self._producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all")

    def put(
        self,
        topic: str,
        value: bytes | None,
        headers: list[tuple[str, bytes | None]] | None = None,
        key: bytes | None = b"key",
    ) -> Sighting:
        """Send a record and return it with its position."""
        kept = [(name, each or b"") for name, each in headers or ()]
        sent = self._producer.send(topic, value=value, key=key, headers=kept).get(timeout=30)
        origin = Origin(sent.topic, sent.partition, sent.offset)
        return Sighting(origin=origin, key=key, value=value, headers=tuple(kept))

    def delete(self, record: Sighting) -> None:
        """Delete a record and all before it, as nobody should."""
        admin = KafkaAdminClient(bootstrap_servers=self.bootstrap)
        partition = TopicPartition(record.origin.topic, record.origin.partition)
        admin.delete_records({partition: record.origin.offset + 1})
        admin.close()

    def end(self, topic: str) -> int:
        """Return how many records were ever written to a topic."""
        with consumer(self.bootstrap) as reader:
            return sum(reader.end_offsets(partitions(reader, topic)).values())

    def run(self, command: Command, *arguments: str) -> Result:
        """Run a command of the command line on this Kafka."""
        environment = {"BUURTSEIN_KAFKA_BOOTSTRAP": self.bootstrap, "BUURTSEIN_NETWORKS": None}
        return CliRunner().invoke(command, arguments, env=environment)

    def close(self) -> None:
        """Close the connections."""
        self._producer.close()


@contextmanager
def emptied(bootstrap: str) -> Iterator[LiveTopics]:
    """Delete all records of the topics on the way of a report, and give the topics."""
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    with consumer(bootstrap) as reader:
        there = [partition for topic in Ledger().topics for partition in partitions(reader, topic)]
        admin.delete_records(reader.end_offsets(there))
    admin.close()
    topics = LiveTopics(bootstrap)
    yield topics
    topics.close()


@contextmanager
def consumer(bootstrap: str) -> Iterator[KafkaConsumer]:
    """Open a consumer and close it."""
    reader = KafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
    yield reader
    reader.close()


def partitions(reader: KafkaConsumer, topic: str) -> list[TopicPartition]:
    """Return the partitions of a topic."""
    return [TopicPartition(topic, number) for number in reader.partitions_for_topic(topic)]

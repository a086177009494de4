"""Creates the topics of the contracts, and says where existing ones differ."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from kafka.admin import ConfigResource, KafkaAdminClient, NewTopic
from kafka.errors import TopicAlreadyExistsError

from buurtsein_events.topics import TopicContract, dead_letter_topic

DEAD_LETTER_BYTES = 2 * 1024 * 1024
"""A dead letter keeps a record that was too large for its own topic, and headers on top."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One topic as it should be."""

    name: str
    partitions: int
    configs: dict[str, str]


@dataclass(frozen=True, slots=True)
class TopicReport:
    """What was done: the names created, and a line for each existing topic that differs from the contract."""

    created: tuple[str, ...]
    differences: tuple[str, ...]


def wanted_topics(contracts: Iterable[TopicContract], partitions: int | None = None) -> tuple[Wanted, ...]:
    """Return every topic and its dead-letter topic; `partitions` replaces what the contracts say."""
    return tuple(
        topic for contract in contracts for topic in _with_dead_letters(contract, partitions or contract.partitions)
    )


def create_topics(bootstrap: str, wanted: tuple[Wanted, ...], *, replication: int) -> TopicReport:
    """Create the topics that are missing and leave the others alone; a replication of -1 is the broker's default."""
    admin = KafkaAdminClient(bootstrap_servers=bootstrap.split(","), client_id="buurtsein-topics")
    try:
        existing = set(admin.list_topics())
        missing = tuple(topic for topic in wanted if topic.name not in existing)
        kept = tuple(topic for topic in wanted if topic.name in existing)
        if missing:
            new = [
                NewTopic(topic.name, topic.partitions, replication, topic_configs=topic.configs) for topic in missing
            ]
            # The client asks again when a busy broker answers late, and others may create topics at the same time.
            with suppress(TopicAlreadyExistsError):
                admin.create_topics(new)
            admin.wait_for_topics([topic.name for topic in missing])
        return TopicReport(tuple(topic.name for topic in missing), _differences(admin, kept))
    finally:
        admin.close()


def differences(topic: Wanted, partitions: int, configs: Mapping[str, str]) -> list[str]:
    """Return a line for each thing in which an existing topic differs."""
    found = {"partitions": str(partitions), **configs}
    asked = {"partitions": str(topic.partitions), **topic.configs}
    return [
        f"{topic.name}: {name} is {found.get(name, 'the default')}, the contract says {value}"
        for name, value in asked.items()
        if found.get(name) != value
    ]


def _with_dead_letters(contract: TopicContract, partitions: int) -> tuple[Wanted, Wanted]:
    letters = {"max.message.bytes": str(DEAD_LETTER_BYTES)} | _kept(contract.dead_letter_retention)
    return (
        Wanted(contract.name, partitions, _kept(contract.retention)),
        Wanted(dead_letter_topic(contract.name), partitions, letters),
    )


def _kept(retention: timedelta) -> dict[str, str]:
    return {"cleanup.policy": "delete", "retention.ms": str(retention // timedelta(milliseconds=1))}


def _differences(admin: KafkaAdminClient, kept: tuple[Wanted, ...]) -> tuple[str, ...]:
    if not kept:
        return ()
    names = [topic.name for topic in kept]
    partitions = {topic["name"]: len(topic["partitions"]) for topic in admin.describe_topics(names)}
    configs = admin.describe_configs([ConfigResource("TOPIC", name) for name in names], config_filter="all")["topic"]
    return tuple(
        line
        for topic in kept
        for line in differences(
            topic, partitions[topic.name], {name: entry["value"] for name, entry in configs[topic.name].items()}
        )
    )

"""Which topics are wanted, and how an existing one differs."""

from datetime import timedelta

from buurtsein_events.topics import TopicContract
from buurtsein_platform.topics import DEAD_LETTER_BYTES, Wanted, differences, wanted_topics

CONTRACT = TopicContract(
    name="reports.received",
    event="nl.buurtsein.report.received.v1",
    key="the member",
    owner="intake",
    readers=("moderation",),
    partitions=12,
    retention=timedelta(days=7),
    dead_letter_retention=timedelta(days=28),
)
WEEK = str(7 * 24 * 3600 * 1000)


def test_every_topic_comes_with_its_dead_letters() -> None:
    """The dead letters have as many partitions, are kept longer and may be larger."""
    topic, letters = wanted_topics([CONTRACT])
    assert (topic.name, topic.partitions, topic.configs["retention.ms"]) == ("reports.received", 12, WEEK)
    assert (letters.name, letters.partitions) == ("reports.received.dlq", 12)
    assert letters.configs["max.message.bytes"] == str(DEAD_LETTER_BYTES)
    assert int(letters.configs["retention.ms"]) == 4 * int(WEEK)


def test_a_small_machine_has_fewer_partitions() -> None:
    """The number given replaces the contract's everywhere."""
    assert {topic.partitions for topic in wanted_topics([CONTRACT], 2)} == {2}


def test_a_topic_as_contracted_differs_in_nothing() -> None:
    """Configuration beyond the contract is the operator's business."""
    assert differences(Wanted("t", 2, {"retention.ms": "5"}), 2, {"retention.ms": "5", "segment.ms": "1"}) == []


def test_every_difference_is_named() -> None:
    """Partitions and each setting have a line of their own, with what is and what should be."""
    assert differences(Wanted("t", 2, {"retention.ms": "5", "cleanup.policy": "delete"}), 3, {"retention.ms": "6"}) == [
        "t: partitions is 3, the contract says 2",
        "t: retention.ms is 6, the contract says 5",
        "t: cleanup.policy is the default, the contract says delete",
    ]

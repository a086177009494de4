"""When the pipeline has dealt with everything."""

from kafka import TopicPartition

from buurtsein_platform.demo_pipeline import SOURCES, all_dealt_with

RECEIVED = TopicPartition("reports.received", 0)
ROUTED = TopicPartition("signals.routed", 1)
POLICE = TopicPartition("signals.routed.police", 0)


def test_every_stage_reads_what_the_contracts_say() -> None:
    """Digests count too: who delivers them is a reader."""
    assert SOURCES["buurtsein-moderation"] == {"reports.received", "moderation.actions"}
    assert SOURCES["buurtsein-routing"] == {"reports.moderated"}
    assert SOURCES["buurtsein-feedback"] == {
        "signals.routed",
        "signals.outcomes",
        "member.notices",
        "feedback.digests",
    }


def test_nothing_is_dealt_with_from_the_start() -> None:
    """Without records there is nothing to wait for."""
    assert all_dealt_with({}, {})


def test_a_record_is_dealt_with_when_the_offset_above_it_is_committed() -> None:
    """The committed offset is the next one to read."""
    assert not all_dealt_with({RECEIVED: 4}, {})
    assert not all_dealt_with({RECEIVED: 4}, {"buurtsein-moderation": {RECEIVED: 4}})
    assert all_dealt_with({RECEIVED: 4}, {"buurtsein-moderation": {RECEIVED: 5}})


def test_transaction_markers_are_nobodys_work() -> None:
    """An offset that was committed before a marker was written is far enough."""
    assert all_dealt_with({ROUTED: 7}, {"buurtsein-feedback": {ROUTED: 8}})


def test_every_partition_counts() -> None:
    """One that waits is enough to wait."""
    other = TopicPartition("reports.received", 1)
    assert not all_dealt_with({RECEIVED: 4, other: 0}, {"buurtsein-moderation": {RECEIVED: 5}})


def test_what_networks_read_is_theirs() -> None:
    """No stage reads the topic of a network."""
    assert all_dealt_with({POLICE: 3}, {})

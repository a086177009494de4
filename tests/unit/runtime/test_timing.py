"""Boundaries of timed decisions and whose they are."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_runtime.timing import EPOCH, boundary, partition_of

QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 10, 12, 12, 0, tzinfo=UTC), datetime(2026, 10, 12, 12, 0, tzinfo=UTC)),
        (datetime(2026, 10, 12, 12, 14, 59, tzinfo=UTC), datetime(2026, 10, 12, 12, 0, tzinfo=UTC)),
        (datetime(2026, 10, 12, 12, 15, tzinfo=UTC), datetime(2026, 10, 12, 12, 15, tzinfo=UTC)),
    ],
)
def test_a_boundary_is_the_last_multiple_that_has_passed(now: datetime, expected: datetime) -> None:
    """A boundary belongs to the time that begins with it."""
    assert boundary(now, QUARTER) == expected


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_boundary_is_never_in_the_future_nor_older_than_one_step(now: datetime) -> None:
    """Whatever the time is, its boundary is less than one step back."""
    assert timedelta(0) <= now - boundary(now, QUARTER) < QUARTER
    assert (boundary(now, QUARTER) - EPOCH) % QUARTER == timedelta(0)


@given(st.text(min_size=1, max_size=50), st.integers(1, 48))
def test_every_owner_belongs_to_exactly_one_partition(owner: str, partitions: int) -> None:
    """The partition of a key exists and does not change."""
    found = partition_of(owner, partitions)
    assert 0 <= found < partitions
    assert found == partition_of(owner, partitions)


def test_partitions_are_chosen_as_kafka_clients_choose_them() -> None:
    """Murmur2 as in Kafka's own clients, so that an owner's events and its timer meet."""
    from aiokafka.partitioner import DefaultPartitioner

    everything = list(range(12))
    for owner in ("haarlemmerbuurt", "overvecht", "woensel", "unassigned"):
        assert partition_of(owner, 12) == DefaultPartitioner()(owner.encode(), everything, everything)

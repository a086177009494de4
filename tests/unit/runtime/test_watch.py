"""The watchdog's memory."""

from aiokafka import TopicPartition

from buurtsein_runtime.watch import StallWatch

PARTITION = TopicPartition("reports.received", 0)


def test_a_partition_without_lag_never_stalls() -> None:
    """Nothing to do is no standstill."""
    watch = StallWatch(patience=30)
    assert not any(watch.stalled(PARTITION, offset=5, lag=0, now=float(now)) for now in range(0, 300, 10))


def test_a_partition_that_moves_never_stalls() -> None:
    """Lag alone is no standstill."""
    watch = StallWatch(patience=30)
    assert not any(watch.stalled(PARTITION, offset=now, lag=100, now=float(now)) for now in range(0, 300, 10))


def test_lag_without_movement_for_too_long_is_a_standstill() -> None:
    """The patience counts from the last movement."""
    watch = StallWatch(patience=30)
    found = [watch.stalled(PARTITION, offset=5, lag=100, now=float(now)) for now in (0, 10, 30, 31)]
    assert found == [False, False, False, True]


def test_catching_up_starts_the_count_again() -> None:
    """An empty partition that gets new records has all the time again."""
    watch = StallWatch(patience=30)
    watch.stalled(PARTITION, offset=5, lag=100, now=0)
    watch.stalled(PARTITION, offset=5, lag=0, now=20)
    assert not watch.stalled(PARTITION, offset=5, lag=100, now=40)

"""The plan of faults: complete, repeatable, in time."""

import pytest

from buurtsein_platform.fault.plan import every_kind, plan
from buurtsein_platform.programs import SECOND_WORKERS

SEEDS = range(30)


@pytest.mark.parametrize("seconds", [20, 40, 200])
def test_every_kind_of_fault_is_in_every_plan(seconds: float) -> None:
    """Whatever the seed, each service, the broker and the store are killed and told to end, and workers come and go."""
    for seed in SEEDS:
        assert {fault.kind for fault in plan(seconds, seed)} >= every_kind()


def test_the_kinds_are_those_of_the_promise() -> None:
    """Six programs end in two ways, three second workers come and go."""
    assert len(every_kind()) == 18
    assert {"kill -9 kafka", "SIGTERM store", "kill -9 intake", "add routing-2", "remove feedback-2"} <= every_kind()


def test_a_plan_is_repeatable_and_differs_by_seed() -> None:
    """The seed decides everything."""
    assert plan(60, 7) == plan(60, 7)
    assert len({plan(60, seed) for seed in SEEDS}) == len(SEEDS)


def test_faults_are_in_order_and_leave_the_end_of_the_load_alone() -> None:
    """The last reports meet a platform that nobody hurts any more."""
    for seed in SEEDS:
        times = [fault.at for fault in plan(50, seed)]
        assert times == sorted(times)
        assert times[0] >= 0
        assert times[-1] <= 46.5


def test_a_second_worker_is_removed_after_it_was_added() -> None:
    """It stays for some seconds, so that it gets partitions."""
    for seed in SEEDS:
        for worker in SECOND_WORKERS:
            acts = {fault.act: fault.at for fault in plan(60, seed) if fault.program == worker}
            assert acts["remove"] - acts["add"] >= 5


def test_a_longer_run_has_more_faults() -> None:
    """There is a fault about every six seconds."""
    assert len(plan(40, 1)) == 18
    assert len(plan(200, 1)) == 30

"""What a run is asked for, and on what."""

from pathlib import Path

import pytest

from buurtsein_platform.fault.run import PARTITIONS, Order, prepared
from buurtsein_platform.fault_command import REPORTS, SHORT_REPORTS, SHORT_SECONDS, order


def test_a_run_is_long_enough_for_its_reports() -> None:
    """Twenty thousand reports take minutes, so that faults meet them everywhere."""
    assert order(None, 3, short=False) == Order(REPORTS, 200.0, 3)
    assert order(500, 3, short=False) == Order(500, SHORT_SECONDS, 3)


def test_the_short_form_takes_a_fixed_time() -> None:
    """It runs with the other tests."""
    assert order(None, 3, short=True) == Order(SHORT_REPORTS, SHORT_SECONDS, 3)
    assert order(700, 3, short=True) == Order(700, SHORT_SECONDS, 3)


@pytest.mark.parametrize(("reports", "poison"), [(20_000, 200), (1_500, 15), (100, 12)])
def test_a_hundredth_of_the_records_is_bad(reports: int, poison: int) -> None:
    """Of each kind of bad record there are two even in a small run."""
    assert Order(reports, 40.0, 1).poison == poison


def test_faults_are_never_done_to_a_users_own_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment says, the run has a broker and a store of its own."""
    monkeypatch.setenv("BUURTSEIN_KAFKA_BOOTSTRAP", "kafka.example.nl:9092")
    monkeypatch.setenv("BUURTSEIN_REDIS_URL", "redis://store.example.nl:6379/0")
    environment = prepared(tmp_path / "home").environment
    assert (environment["BUURTSEIN_KAFKA_BOOTSTRAP"], environment["BUURTSEIN_REDIS_URL"]) == ("", "")


def test_the_services_are_told_of_the_imaginary_communities(tmp_path: Path) -> None:
    """And of a cadence that makes digests within the run, on several partitions."""
    environment = prepared(tmp_path / "home").environment
    assert "buurt-24" in Path(environment["BUURTSEIN_COMMUNITIES"]).read_text("utf-8")
    assert '"tick": "1m"' in Path(environment["BUURTSEIN_CADENCE"]).read_text("utf-8")
    assert PARTITIONS > 2

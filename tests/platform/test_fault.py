"""The short form of the fault suite: every kind of fault at least once, and nothing lost or twice."""

from pathlib import Path

import pytest

from buurtsein_platform.fault.plan import every_kind
from buurtsein_platform.fault.result import told
from buurtsein_platform.fault.run import perform, prepared
from buurtsein_platform.fault.show import Plain
from buurtsein_platform.fault_command import SHORT_REPORTS, order


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_twice_whatever_ends_when(tmp_path: Path) -> None:
    """Services, broker and store are ended under load, workers come and go, and a hundredth of the records is bad."""
    result = perform(prepared(tmp_path / "home"), order(None, 1, short=True), Plain())
    assert told(result) == []
    assert len(result.books.accepted) == result.findings.terminal == SHORT_REPORTS
    assert (result.lost, result.duplicated) == (0, 0)
    assert result.findings.buried == result.findings.poison >= 12
    assert result.faults.keys() >= every_kind()

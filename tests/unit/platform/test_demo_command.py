"""What the demo is told on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from buurtsein_platform.demo_command import demo, disturbances, what_next
from buurtsein_platform.platform import Platform


@pytest.mark.parametrize(
    ("programs", "entries", "expected"),
    [
        ((), 172, []),
        (("feedback",), 172, [86]),
        (("intake", "kafka", "store"), 172, [43, 86, 129]),
        (("intake", "kafka"), 3, [1, 2]),
    ],
)
def test_disturbances_are_spread_over_the_week(programs: tuple[str, ...], entries: int, expected: list[int]) -> None:
    """One program is killed in the middle, more of them at equal distances."""
    killed: list[str] = []
    planned = disturbances(killed.append, entries, programs)
    assert sorted(planned) == expected
    for number in sorted(planned):
        planned[number]()
    assert tuple(killed) == programs


def test_an_unknown_program_cannot_be_killed() -> None:
    """The names that there are are said, and nothing is started."""
    done = CliRunner().invoke(demo, ["--disturb", "everything"])
    assert done.exit_code == 2
    assert "'kafka'" in done.output


def test_a_platform_that_has_ended_leaves_its_digests(tmp_path: Path) -> None:
    """The outbox stays until the next demo."""
    assert str(tmp_path / "outbox") in what_next(Platform(tmp_path), keep=False)

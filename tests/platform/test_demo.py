"""The demo on a real platform: a day of the week gives the same table, whatever is killed in it."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from buurtsein_platform.demo_command import disturbances, fresh, play, told
from buurtsein_platform.demo_result import Result
from buurtsein_platform.demo_screen import playing
from buurtsein_platform.demo_week import load_week
from buurtsein_platform.ports import scattered_ports

WEDNESDAY = tuple(entry for entry in load_week() if entry.at.day == 14)
"""A burglary and a fire, each seen by three, an arrest, vigilantism, a strike and an anonymous tip."""

pytestmark = pytest.mark.timeout(600)


def played(home: Path, *killed: str) -> tuple[Result, list[str]]:
    """Play the day on an empty platform and return its table and the lines that were shown."""
    output = Console(file=io.StringIO(), width=200)
    with fresh(home, wanted=scattered_ports()) as platform:
        with playing(output, len(WEDNESDAY)) as screen:
            play(platform, WEDNESDAY, screen, disturbances(platform.kill, len(WEDNESDAY), killed))
        assert isinstance(output.file, io.StringIO)
        return told(platform, WEDNESDAY), output.file.getvalue().splitlines()


def digests(home: Path) -> dict[str, str]:
    """Return what readers got, by the file that it is in."""
    outbox = home / "outbox"
    return {str(file.relative_to(outbox)): file.read_text("utf-8") for file in outbox.rglob("*.txt")}


def test_a_day_gives_the_same_table_whatever_is_killed(tmp_path: Path) -> None:
    """Every report ends once, and kill -9 of intake and of feedback changes neither a number nor a digest."""
    home = tmp_path / "demo"
    table, lines = played(home)
    told_to_readers = digests(home)
    assert (table.reports, table.outcomes, table.unaccounted, table.dead_letters) == (28, 2, 0, {})
    assert sum(table.verdicts.values()) == sum(table.ended.values()) == 28
    assert table.digests["urgent"]["involved"] > 0
    assert len(lines) == len(WEDNESDAY)
    assert len(told_to_readers) == sum(number for row in table.digests.values() for number in row.values())
    again, _ = played(home, "intake", "feedback")
    assert again == table
    assert digests(home) == told_to_readers

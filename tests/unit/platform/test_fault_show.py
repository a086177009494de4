"""What a run shows: lines where there is no terminal, a table where there is one."""

import asyncio
import io

import pytest
from rich.console import Console
from rich.live import Live

from buurtsein_platform.fault.plan import Fault
from buurtsein_platform.fault.show import Alive, Glance, Plain, display, fault_line, table

GLANCE = Glance(
    accepted=1200,
    reports=1500,
    ended=1180,
    retries=7,
    poison=4,
    faults=3,
    longest_pause=2.5,
    behind=("buurtsein-routing at reports.moderated:1",),
)


def printed(lines: list[tuple[str, str]]) -> str:
    """Return what a table looks like."""
    console = Console(file=io.StringIO(), width=100)
    with console.capture() as captured:
        console.print(table(iter(lines)))
    return captured.get()


async def watched(shown: Plain | Alive, seconds: float) -> None:
    """Let it show a run for a moment."""
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(shown.watch(lambda: GLANCE), seconds)


async def test_elsewhere_a_line_comes_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    """It has the seconds since the beginning in front."""
    plain = Plain(every=0.01)
    plain.say("kill -9 routing")
    await watched(plain, 0.05)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "   0.0 s  kill -9 routing"
    assert lines[1].endswith("1,200 accepted, 1,180 ended, longest pause 2.5 s, 1 partitions behind")


async def test_on_a_terminal_there_is_a_table_below_the_lines() -> None:
    """The table is kept up to date."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100)
    with Live(console=console) as live:
        alive = Alive(live)
        alive.say("SIGTERM [kafka]")
        await watched(alive, 0.05)
    assert "SIGTERM [kafka]" in out.getvalue()
    assert "1,200 of 1,500, after 7 retries" in out.getvalue()


def test_where_there_is_no_terminal_the_plain_display_is_taken() -> None:
    """The tests have none."""
    with display() as shown:
        assert isinstance(shown, Plain)


def test_a_glance_says_what_is_on_its_way_and_who_is_behind() -> None:
    """What was accepted and has not ended is on its way."""
    shown = printed(list(GLANCE.lines()))
    assert "1,180, 20 on their way" in shown
    assert "buurtsein-routing at reports.moderated:1" in shown


def test_a_glance_at_a_quiet_platform_names_nobody() -> None:
    """And more ends than acceptances is nothing on its way."""
    quiet = Glance(5, 5, 6, 0, 0, 0, 0.0, ())
    assert dict(quiet.lines())["behind"] == "nobody"
    assert dict(quiet.lines())["ended"] == "6, 0 on their way"


def test_faults_are_said_in_words() -> None:
    """Adding and removing are about second workers."""
    assert fault_line(Fault(1.0, "kill -9", "kafka")) == "kill -9 kafka"
    assert fault_line(Fault(1.0, "add", "routing-2")) == "second worker added: routing-2"

"""What a run of the fault suite shows while it goes on: a table on a terminal, lines elsewhere."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import click
from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Table

from buurtsein_platform.fault.plan import Fault

_REFRESH_SECONDS = 0.25
_LINE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Glance:
    """How a run stands."""

    accepted: int
    reports: int
    ended: int
    retries: int
    poison: int
    faults: int
    longest_pause: float
    behind: tuple[str, ...]

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to say."""
        yield "accepted", f"{self.accepted:,} of {self.reports:,}, after {self.retries:,} retries"
        yield "ended", f"{self.ended:,}, {max(self.accepted - self.ended, 0):,} on their way"
        yield "bad records", f"{self.poison:,}"
        yield "faults", f"{self.faults}"
        yield "longest pause", f"{self.longest_pause:.1f} s"
        yield "behind", ", ".join(self.behind[:3]) or "nobody"


Look = Callable[[], Glance]


class Display(Protocol):
    """Is told what happens."""

    def say(self, line: str) -> None:
        """Pass a line on."""
        ...

    async def watch(self, look: Look) -> None:
        """Show how the run stands, until cancelled."""
        ...


class Plain:
    """Prints lines, each with the seconds since the beginning."""

    def __init__(self, every: float = _LINE_SECONDS) -> None:
        self._begun = time.monotonic()
        self._every = every

    def say(self, line: str) -> None:
        """Print the line."""
        click.echo(f"{time.monotonic() - self._begun:6.1f} s  {line}")

    async def watch(self, look: Look) -> None:
        """Print a line now and then."""
        while True:
            await asyncio.sleep(self._every)
            now = look()
            behind = f", {len(now.behind)} partitions behind" if now.behind else ""
            self.say(f"{now.accepted:,} accepted, {now.ended:,} ended, longest pause {now.longest_pause:.1f} s{behind}")


class Alive:
    """Keeps a table at the bottom of the terminal, the latest lines above it."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._begun = time.monotonic()

    def say(self, line: str) -> None:
        """Print the line above the table."""
        stamp = f"{time.monotonic() - self._begun:6.1f} s  "
        self._live.console.print(stamp + line, markup=False, highlight=False)

    async def watch(self, look: Look) -> None:
        """Keep the table up to date."""
        while True:
            self._live.update(table(look().lines()))
            await asyncio.sleep(_REFRESH_SECONDS)


def fault_line(fault: Fault) -> str:
    """Return what is said of a fault."""
    words = {"add": "second worker added:", "remove": "second worker removed:"}
    return f"{words.get(fault.act, fault.act)} {fault.program}"


def table(lines: Iterator[tuple[str, str]]) -> RenderableType:
    """Return lines of two columns."""
    made = Table(box=None, show_header=False)
    made.add_column(style="bold")
    made.add_column()
    for name, value in lines:
        made.add_row(name, value)
    return made


@contextmanager
def display() -> Iterator[Display]:
    """Show a run on standard output for the time of the block."""
    console = Console()
    if not console.is_terminal:
        yield Plain()
        return
    with Live(console=console, auto_refresh=True) as live:
        yield Alive(live)

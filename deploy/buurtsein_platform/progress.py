"""What `up` shows while it works: a line for each step, alive on a terminal, plain elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class Progress(Protocol):
    """Is told when a step begins and ends, and what a person should know."""

    def begin(self, step: str) -> None:
        """Take notice that a step has begun."""
        ...

    def done(self, step: str) -> None:
        """Take notice that a step has ended well."""
        ...

    def note(self, line: str) -> None:
        """Pass a line on."""
        ...


class Silent:
    """Shows nothing."""

    def begin(self, step: str) -> None:
        """Show nothing."""

    def done(self, step: str) -> None:
        """Show nothing."""

    def note(self, line: str) -> None:
        """Show nothing."""


class Plain:
    """Prints a line when a step has ended."""

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}

    def begin(self, step: str) -> None:
        """Remember when the step began."""
        self._begun[step] = time.monotonic()

    def done(self, step: str) -> None:
        """Print the step and its seconds."""
        click.echo(f"{step}: {time.monotonic() - self._begun[step]:.1f} s")

    def note(self, line: str) -> None:
        """Print the line."""
        click.echo(line)


class Alive:
    """Shows every step with its seconds while they run."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def begin(self, step: str) -> None:
        """Show a spinner for the step."""
        self._tasks[step] = self._bars.add_task(step, total=1)

    def done(self, step: str) -> None:
        """Stop the step's spinner and its seconds."""
        self._bars.update(self._tasks[step], completed=1)

    def note(self, line: str) -> None:
        """Print the line above the steps."""
        self._bars.console.print(line, markup=False, highlight=False)


@contextmanager
def shown() -> Iterator[Progress]:
    """Show progress on standard output for the time of the block."""
    console = Console()
    if not console.is_terminal:
        yield Plain()
        return
    columns = (SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bars(*columns, console=console) as bars:
        yield Alive(bars)

"""What `up` shows: a line for each step, on a terminal and elsewhere."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress as Bars

from buurtsein_platform.progress import Alive, Plain, Silent


def test_elsewhere_a_step_is_a_line_with_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    """A step is printed when it has ended, a note as it is."""
    plain = Plain()
    plain.begin("kafka")
    assert capsys.readouterr().out == ""
    plain.done("kafka")
    plain.note("as it is")
    assert capsys.readouterr().out == "kafka: 0.0 s\nas it is\n"


def test_on_a_terminal_a_step_ends_by_its_tick() -> None:
    """Every step has its own task, finished when the step is."""
    bars = Bars(console=Console(file=io.StringIO()))
    alive = Alive(bars)
    alive.begin("kafka")
    alive.begin("store")
    alive.done("store")
    assert [(task.description, task.finished) for task in bars.tasks] == [("kafka", False), ("store", True)]


def test_silence_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Tests and other programs are not told anything."""
    silent = Silent()
    silent.begin("kafka")
    silent.done("kafka")
    silent.note("anything")
    assert capsys.readouterr().out == ""

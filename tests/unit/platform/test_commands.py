"""The command line: sub-commands of other distributions, and errors in one line."""

from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from buurtsein_platform.cli import main
from buurtsein_platform.commands import GROUP, load


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    """Return a runner of commands in a data directory where nothing runs."""
    environment = {"BUURTSEIN_HOME": str(tmp_path / "home"), "BUURTSEIN_CACHE": str(tmp_path / "cache")}
    return CliRunner(env=environment | {"BUURTSEIN_KAFKA_BOOTSTRAP": None, "BUURTSEIN_REDIS_URL": None})


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("no_such_module:command", "No module named 'no_such_module'"),
        ("json:no_such_command", "has no attribute 'no_such_command'"),
        ("json:dumps", "json:dumps is not a command"),
    ],
)
def test_a_command_that_cannot_be_imported_says_so_in_one_line(runner: CliRunner, value: str, why: str) -> None:
    """It is listed with the reason, and using it, with whatever arguments, ends with 1 and the reason."""
    command = load(EntryPoint("odd", value, GROUP))
    assert why in (command.short_help or "")
    result = runner.invoke(command, ["check", "--strict"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: odd cannot be loaded: ")
    assert result.output.count("\n") == 1


def test_a_command_that_can_be_imported_is_itself() -> None:
    """Loading gives the command that the entry point names."""
    assert isinstance(load(EntryPoint("up", "buurtsein_platform.cli:up", GROUP)), click.Command)


def test_help_lists_own_commands_and_those_of_other_distributions(runner: CliRunner) -> None:
    """Commands from entry points stand beside the platform's own."""
    listed = runner.invoke(main, ["--help"]).output
    assert all(f"\n  {name} " in listed for name in ("up", "down", "status", "logs", "topics", "moderation", "dlq"))


@pytest.mark.parametrize("words", [["status"], ["topics", "create"]])
def test_where_nothing_runs_a_command_says_how_to_start(runner: CliRunner, words: list[str]) -> None:
    """One line and the exit code 1."""
    result = runner.invoke(main, words)
    assert result.exit_code == 1
    assert "start it with `buurtsein up`" in result.output


def test_down_where_nothing_runs_is_no_error(runner: CliRunner) -> None:
    """There is nothing to stop, and that is fine."""
    result = runner.invoke(main, ["down"])
    assert result.exit_code == 0
    assert "Nothing runs in" in result.output


def test_up_without_java_is_one_line_with_the_cure_and_leaves_nothing(runner: CliRunner, tmp_path: Path) -> None:
    """Who has no Java learns it before anything is started."""
    result = runner.invoke(main, ["up"], env={"PATH": str(tmp_path), "JAVA_HOME": None})
    assert result.exit_code == 1
    assert result.output.startswith("Error: Kafka needs Java 17 or newer, and there is none: install one")
    assert not (tmp_path / "home" / "platform.json").exists()

"""`buurtsein moderation`: see what the rules do with messages, and whether packs are sound."""

from pathlib import Path
from typing import BinaryIO

import click
from pydantic import ValidationError

from buurtsein_moderation.benchmark import measure
from buurtsein_moderation.checking import Question, answer
from buurtsein_moderation.compiling import PackError
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.loading import load_packs, read_packs
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError, load_yaml, problem

_CURE = 'write one object a line, such as {"id": "1", "text": "..."}'


@click.group()
def moderation() -> None:
    """What moderation decides, and why."""


@moderation.command()
@click.option("--packs", type=click.Path(path_type=Path), help="Other packs than the ones in force.")
def check(packs: Path | None) -> None:
    """Read messages as JSON lines {"id", "text", "lang"?} and write what would be decided about each.

    Lines that are no message are named on standard error and make the command fail at the end; the others are answered.
    """
    engine = _loaded(packs)
    lines: BinaryIO = click.get_binary_stream("stdin")
    wrong = sum(not _answered(engine, number, line) for number, line in enumerate(lines, start=1) if line.strip())
    if wrong:
        raise click.exceptions.Exit(1)


@moderation.command()
@click.argument("packs", type=click.Path(path_type=Path), required=False)
def test(packs: Path | None) -> None:
    """Load PACKS (a directory or a file; the ones in force when absent), run their examples and say what is wrong."""
    rules = _loaded(packs).rules
    examples = sum(len(rule.examples.match) + len(rule.examples.no_match) for rule in rules)
    click.echo(f"{packs or ModerationSettings().packs}: {len(rules)} rules and {examples} examples are sound")


@moderation.command()
@click.argument("packs", type=click.Path(path_type=Path), required=False)
def bench(packs: Path | None) -> None:
    """Measure what a decision costs with PACKS (the ones in force when absent), and with ten times as many rules."""
    settings = ModerationSettings()
    try:
        read, ladder = read_packs(packs or settings.packs), load_yaml(settings.ladder, Ladder)
        for step, value in measure(read, ladder):
            click.echo(f"{step:32} {value:8.2f}")
    except (ConfigError, PackError) as error:
        raise click.ClickException(str(error)) from error


def _answered(engine: Engine, number: int, line: bytes) -> bool:
    try:
        question = Question.model_validate_json(line)
    except ValidationError as error:
        mistakes = "; ".join(
            dict.fromkeys(problem(entry["loc"] or ("line",), entry["msg"]) for entry in error.errors())
        )
        click.echo(f"line {number}: {mistakes} ({_CURE})", err=True)
        return False
    click.echo(answer(question, engine).model_dump_json())
    return True


def _loaded(packs: Path | None) -> Engine:
    try:
        return load_packs(packs or ModerationSettings().packs)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error

"""`buurtsein moderation check`: what would be decided about messages, as JSON lines."""

from pathlib import Path
from typing import BinaryIO

import click

from buurtsein_moderation.checking import Question, answer
from buurtsein_moderation.commands.loading import PACKS, completeness, loaded
from buurtsein_moderation.completeness import Completeness
from buurtsein_moderation.engine import Engine
from buurtsein_runtime.config import MistakesError, read_json

_CURE = 'write one object a line, such as {"id": "1", "text": "..."}'


@click.command()
@PACKS
def check(packs: Path | None) -> None:
    """Read messages as JSON lines {"id", "text", "lang"?} and write what would be decided about each.

    Lines that are no message are named on standard error and make the command fail at the end; the others are answered.
    """
    engine, complete = loaded(packs), completeness()
    lines: BinaryIO = click.get_binary_stream("stdin")
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    wrong = sum(not _answered(engine, complete, number, line) for number, line in numbered)
    if wrong:
        raise click.exceptions.Exit(1)


def _answered(engine: Engine, complete: Completeness, number: int, line: bytes) -> bool:
    try:
        question = read_json(line, Question)
    except MistakesError as error:
        click.echo(f"line {number}: {error} ({_CURE})", err=True)
        return False
    click.echo(answer(question, engine, complete).model_dump_json())
    return True

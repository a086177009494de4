"""`buurtsein moderation test`: whether packs are sound, and whether their rules get along."""

from pathlib import Path

import click
from pydantic import BaseModel

from buurtsein_moderation.commands.loading import loaded
from buurtsein_moderation.conflicts import conflicts, unmatched
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.jsonlines import lines_of, read_as
from buurtsein_moderation.language import Language
from buurtsein_moderation.loading import read_packs
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError

_FILE = click.Path(path_type=Path)


class _Message(BaseModel):
    text: str
    lang: Language | None = None


@click.command()
@click.argument("packs", type=_FILE, required=False)
@click.option("--corpus", type=_FILE, help='Messages, JSON lines {"text", "lang"?}: name the rules that match none.')
def test(packs: Path | None, corpus: Path | None) -> None:
    """Load PACKS (a directory or a file; the ones in force when absent), run their examples and say what is wrong.

    Rules of sound packs that contradict or repeat each other are named, too; these may be meant.
    """
    path = packs or ModerationSettings().packs
    engine = loaded(path)
    for conflict in conflicts(read_packs(path)[0], engine):
        click.echo(f"look at {conflict}")
    if corpus:
        _name_unmatched(corpus, engine)
    examples = sum(len(rule.examples.match) + len(rule.examples.no_match) for rule in engine.rules)
    click.echo(f"{path}: {len(engine.rules)} rules and {examples} examples are sound")


def _name_unmatched(corpus: Path, engine: Engine) -> None:
    try:
        messages = read_as(_Message, lines_of(corpus), corpus)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    for rule in unmatched(((message.text, message.lang) for message in messages), engine):
        click.echo(f"look at {rule}: it matches none of {len(messages)} messages")

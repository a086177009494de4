"""`buurtsein moderation evaluate`: how well the rules do on labelled messages."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console, RenderableType

from buurtsein_moderation.commands.loading import PACKS, completeness, loaded
from buurtsein_moderation.completeness import Completeness
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.evaluation.groups import group_figures, held_back
from buurtsein_moderation.evaluation.labelled import GroupSentence, Half, LabelledMessage, half_of, read_labels
from buurtsein_moderation.evaluation.messages import message_figures
from buurtsein_moderation.evaluation.outcomes import outcome
from buurtsein_moderation.evaluation.tables import group_tables, message_tables
from buurtsein_runtime.config import ConfigError


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--half", type=click.Choice(["a", "b"]), help="One half of the messages: write on one, report on the other."
)
@PACKS
def evaluate(files: tuple[Path, ...], half: Half | None, packs: Path | None) -> None:
    """Print how well the rules do on the labelled messages of each of FILES (JSON lines).

    A line is {"id", "lang", "text", "type", "moderation", "privacy", "note"}, or, in a file of sentences about groups
    of people, {"text", "lang", "hateful", "kind"}.
    """
    engine, complete = loaded(packs), completeness()
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    for file in files:
        for part in _report(file, half, engine, complete):
            console.print(part)
            console.print()


def _report(file: Path, half: Half | None, engine: Engine, complete: Completeness) -> Iterator[RenderableType]:
    try:
        labels = read_labels(file)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    chosen = [label for label in labels if half in (None, half_of(label.name))]
    pairs = [(label, outcome(label.text, label.lang, engine, complete)) for label in chosen]
    yield f"{file}: {len(chosen)} of {len(labels)}, {f'half {half}' if half else 'both halves'}"
    if messages := [(label, found) for label, found in pairs if isinstance(label, LabelledMessage)]:
        yield from message_tables(message_figures(messages))
    if sentences := [(label, found) for label, found in pairs if isinstance(label, GroupSentence)]:
        yield from group_tables(group_figures(sentences), group_figures(sentences, held_back))

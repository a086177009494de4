"""`buurtsein moderation bench`: what a decision costs."""

from pathlib import Path

import click

from buurtsein_moderation.benchmark import measure
from buurtsein_moderation.commands.loading import completeness, ladder, loaded
from buurtsein_moderation.loading import read_packs, read_weights
from buurtsein_moderation.settings import ModerationSettings


@click.command()
@click.argument("packs", type=click.Path(path_type=Path), required=False)
def bench(packs: Path | None) -> None:
    """Measure what a decision costs with PACKS (the ones in force when absent), and with ten times as many rules."""
    path = packs or ModerationSettings().packs
    loaded(path)
    for step, value in measure(read_packs(path)[0], read_weights(path), ladder(), completeness()):
        click.echo(f"{step:32} {value:8.2f}")

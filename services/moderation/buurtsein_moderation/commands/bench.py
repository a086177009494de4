"""`buurtsein moderation bench`: what a decision costs."""

from pathlib import Path

import click

from buurtsein_moderation.benchmark import measure
from buurtsein_moderation.commands.loading import loaded
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.loading import read_packs
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError, load_yaml


@click.command()
@click.argument("packs", type=click.Path(path_type=Path), required=False)
def bench(packs: Path | None) -> None:
    """Measure what a decision costs with PACKS (the ones in force when absent), and with ten times as many rules."""
    settings = ModerationSettings()
    path = packs or settings.packs
    loaded(path)
    try:
        ladder = load_yaml(settings.ladder, Ladder)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    for step, value in measure(read_packs(path)[0], ladder):
        click.echo(f"{step:32} {value:8.2f}")

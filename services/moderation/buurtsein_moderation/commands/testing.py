"""`buurtsein moderation test`: whether packs are sound."""

from pathlib import Path

import click

from buurtsein_moderation.commands.loading import loaded
from buurtsein_moderation.settings import ModerationSettings


@click.command()
@click.argument("packs", type=click.Path(path_type=Path), required=False)
def test(packs: Path | None) -> None:
    """Load PACKS (a directory or a file; the ones in force when absent), run their examples and say what is wrong."""
    rules = loaded(packs).rules
    examples = sum(len(rule.examples.match) + len(rule.examples.no_match) for rule in rules)
    click.echo(f"{packs or ModerationSettings().packs}: {len(rules)} rules and {examples} examples are sound")

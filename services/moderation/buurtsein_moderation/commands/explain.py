"""`buurtsein moderation explain`: why moderation decides about a text as it does."""

import sys
from pathlib import Path
from typing import get_args

import click
from rich.console import Console
from rich.table import Table

from buurtsein_events.communities import UNASSIGNED
from buurtsein_moderation.assess import assess
from buurtsein_moderation.checking import TEXT_LIMIT
from buurtsein_moderation.commands.loading import PACKS, communities, completeness, loaded
from buurtsein_moderation.completeness import Told
from buurtsein_moderation.explaining import explained
from buurtsein_moderation.language import Language


@click.command()
@click.argument("text")
@click.option("--lang", type=click.Choice(get_args(Language)), help="The language of the text, when it is known.")
@click.option("--community", help="The community that it was sent to; its own rules may hold there.")
@PACKS
def explain(text: str, lang: Language | None, community: str | None, packs: Path | None) -> None:
    """Say what moderation decides about TEXT (- is standard input), and why: every rule with what it matched."""
    written = click.get_text_stream("stdin").read(TEXT_LIMIT) if text == "-" else text[:TEXT_LIMIT]
    assessment = assess(written, loaded(packs), language=lang, community=_known(community))
    checked = completeness().check(assessment, Told(written))
    table = Table.grid(padding=(0, 2))
    for about, said in explained(written, assessment, checked, lang or "nl"):
        table.add_row(about, said)
    Console(width=None if sys.stdout.isatty() else 120, highlight=False, markup=False).print(table)


def _known(community: str | None) -> str:
    if community is None or communities().get(community):
        return community or UNASSIGNED
    names = ", ".join(one.id for one in communities().communities)
    raise click.BadParameter(f"{community!r} is not one of {names}", param_hint="--community")

"""`buurtsein moderation`: see what the rules do with messages, and whether packs are sound."""

import click

from buurtsein_moderation.commands.check import check
from buurtsein_moderation.commands.evaluate import evaluate
from buurtsein_moderation.commands.explain import explain
from buurtsein_moderation.commands.replay import replay
from buurtsein_moderation.commands.testing import test


@click.group()
def moderation() -> None:
    """What moderation decides, and why."""


for command in (check, evaluate, explain, replay, test):
    moderation.add_command(command)

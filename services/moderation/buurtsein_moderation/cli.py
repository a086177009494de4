"""`buurtsein moderation`: see what the rules do with messages, and whether packs are sound."""

from importlib import import_module
from typing import Final

import click

_FILES: Final = {
    "bench": "bench",
    "check": "check",
    "evaluate": "evaluate",
    "explain": "explain",
    "replay": "replay",
    "test": "testing",
    "train": "train",
}
"""The file of each command in `commands`."""


class _Commands(click.Group):
    """Imports a command when it is asked for: Kafka's client alone takes longer to import than most commands run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(_FILES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _FILES:
            return None
        command: click.Command = getattr(import_module(f"{__package__}.commands.{_FILES[cmd_name]}"), cmd_name)
        return command


@click.group(cls=_Commands)
def moderation() -> None:
    """What moderation decides, and why."""

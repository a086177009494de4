"""Sub-commands from the entry point group `buurtsein.commands`, imported only when they are asked for."""

from importlib.metadata import EntryPoint, entry_points

import click

GROUP = "buurtsein.commands"


class Commands(click.Group):
    """A group that also has the commands of every installed distribution; one that can't be imported says so."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *_entry_points()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of this group, else the one that a distribution brings."""
        own = super().get_command(ctx, cmd_name)
        found = _entry_points().get(cmd_name)
        return own if own is not None or found is None else load(found)


def load(found: EntryPoint) -> click.Command:
    """Return the command of an entry point, or one that says in a line why it can't be imported."""
    try:
        command = found.load()
    except (ImportError, AttributeError) as error:
        return _unavailable(found.name, f"cannot be loaded: {error}")
    if not isinstance(command, click.Command):
        return _unavailable(found.name, f"cannot be loaded: {found.value} is not a command")
    return command


def _unavailable(name: str, why: str) -> click.Command:
    def say() -> None:
        raise click.ClickException(f"{name} {why}")

    context = {"ignore_unknown_options": True}
    rest = click.Argument(["rest"], nargs=-1, expose_value=False)
    return click.Command(name, callback=say, short_help=f"({why})", params=[rest], context_settings=context)


def _entry_points() -> dict[str, EntryPoint]:
    return {found.name: found for found in entry_points(group=GROUP)}

"""`buurtsein routing`: check a file of routes, and see what it does with reports."""

from pathlib import Path
from typing import TextIO

import click
from pydantic import ValidationError

from buurtsein_routing.explaining import described, explanation, read_case
from buurtsein_routing.loading import load_map, load_policy
from buurtsein_routing.policy import Policy
from buurtsein_routing.settings import RoutingSettings
from buurtsein_runtime.clock import SystemClock
from buurtsein_runtime.config import ConfigError, mistakes

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def routing() -> None:
    """Where reports go, and why."""


@routing.command()
@click.argument("file", type=_FILE, required=False)
def check(file: Path | None) -> None:
    """Say what is wrong with FILE, or with the routes in force."""
    settings = RoutingSettings()
    path = file or settings.routes
    _loaded(settings, path)
    click.echo(f"{path} is sound")


@routing.command()
@click.argument("reports", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--routes", type=_FILE, help="Another file of routes than the one in force.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each report.")
def explain(reports: TextIO, routes: Path | None, as_json: bool) -> None:
    """Print the way of each report in REPORTS (JSON lines; - is standard input) through the tree.

    A line is a report.moderated event or its data, a report.received event, or a few fields of a report: text, type,
    verdict, category, community, area, location, anonymous, saar, at. Other lines are named and make the command fail.
    """
    settings = RoutingSettings()
    policy = _loaded(settings, routes or settings.routes)
    lines = [(number, line) for number, line in enumerate(reports, start=1) if line.strip()]
    wrong = sum(not _explained(policy, number, line, as_json) for number, line in lines)
    if wrong:
        raise click.ClickException(f"{wrong} of {len(lines)} lines are no reports")


def _explained(policy: Policy, number: int, line: str, as_json: bool) -> bool:
    try:
        case = read_case(line, policy, SystemClock().now())
    except ValidationError as error:
        click.echo(f"line {number}: {'; '.join(mistakes(error))}", err=True)
        return False
    except ValueError as error:
        click.echo(f"line {number}: {error}", err=True)
        return False
    click.echo(explanation(case, policy).model_dump_json() if as_json else "\n".join(described(case, policy)))
    return True


def _loaded(settings: RoutingSettings, routes: Path) -> Policy:
    try:
        return load_policy(routes, load_map(settings.communities, settings.areas), settings.networks)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error

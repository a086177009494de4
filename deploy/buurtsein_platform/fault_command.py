"""`buurtsein fault`: ends everything under load, again and again, and counts what was lost and what came twice."""

import logging
import shutil
import signal
import tempfile
from pathlib import Path

import click
from rich.console import Console

from buurtsein_platform.fault.result import Result, rows, told
from buurtsein_platform.fault.run import Order, perform, prepared
from buurtsein_platform.fault.show import display, table

REPORTS, SHORT_REPORTS = 20_000, 1_500
A_SECOND = 100
"""Reports in a second: so many that something is always under way, so few that faults find them everywhere."""

SHORT_SECONDS = 40.0


@click.command()
@click.option("--reports", type=click.IntRange(100), help=f"How many reports; without it {REPORTS:,}.")
@click.option("--seed", type=int, default=1, show_default=True, help="Makes other reports and other faults.")
@click.option("--short", is_flag=True, help=f"{SHORT_REPORTS:,} reports in {SHORT_SECONDS:.0f} s, each fault once.")
@click.option("--home", type=click.Path(path_type=Path), help="Where the data is kept; without it, nowhere.")
def fault(reports: int | None, seed: int, short: bool, home: Path | None) -> None:
    """Kill, stop and add services, the broker and the store under load, and count; ends with 1 unless all is well."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for client in ("aiokafka", "kafka"):
        # That the broker is away is no news here.
        logging.getLogger(client).setLevel(logging.CRITICAL)
    root = home or Path(tempfile.mkdtemp(prefix="buurtsein-fault-"))
    with display() as shown:
        result = perform(prepared(root), order(reports, seed, short=short), shown)
    _print(result)
    if not result.well:
        click.echo(f"The data and the logs are in {root}.")
        raise click.exceptions.Exit(1)
    if home is None:
        shutil.rmtree(root)


def order(reports: int | None, seed: int, *, short: bool) -> Order:
    """Return what is asked of the run."""
    count = reports or (SHORT_REPORTS if short else REPORTS)
    return Order(count, SHORT_SECONDS if short else max(SHORT_SECONDS, count / A_SECOND), seed)


def _print(result: Result) -> None:
    console = Console(width=None if Console().is_terminal else 120)
    console.print(table(rows(result)))
    for line in told(result):
        click.echo(line)

"""The `buurtsein` command: the local platform, and what other distributions add to it."""

import signal

import click

from buurtsein_events.topics import topics as contracts
from buurtsein_platform import logfiles, reports
from buurtsein_platform.commands import Commands
from buurtsein_platform.platform import here
from buurtsein_platform.programs import SECOND_WORKERS, SERVICES
from buurtsein_platform.progress import shown
from buurtsein_platform.topics import create_topics, wanted_topics


@click.group(cls=Commands)
def main() -> None:
    """Carry neighbourhood reports to who can act on them, and feedback back."""


@main.command()
@click.option("--only-infrastructure", is_flag=True, help="Kafka, the store and the topics, without the services.")
def up(only_infrastructure: bool) -> None:
    """Start Kafka, the store and the services, and wait until all are ready; Ctrl-C leaves nothing running."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with shown() as progress:
        platform = here(services=not only_infrastructure, progress=progress)
        platform.up()
    click.echo(reports.welcome(platform, () if only_infrastructure else SERVICES))


@main.command()
def down() -> None:
    """Stop all that `up` started; the data stays."""
    platform = here()
    stopped = platform.down()
    click.echo("Stopped." if stopped else f"Nothing runs in {platform.home.root}.")
    if platform.home.root.exists():
        click.echo(f"The data is in {platform.home.root}; to delete it: rm -r {platform.home.root}")


@main.command()
def status() -> None:
    """Show each program, and whether it is ready; ends with 1 unless all that should be are."""
    platform = here()
    click.echo(reports.address_lines(platform))
    states = reports.states(platform)
    click.echo("\n".join(state.line for state in states))
    if not all(state.well for state in states if state.name not in SECOND_WORKERS):
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("service", required=False)
@click.option("-n", "--lines", default=50, show_default=True, help="How many lines of each log.")
@click.option("-f", "--follow", is_flag=True, help="Go on with what is written, until Ctrl-C.")
def logs(service: str | None, lines: int, follow: bool) -> None:
    """Show the logs of all programs or of one."""
    found = logfiles.log_files(here().home, service)
    for line in logfiles.tail(found, lines=lines, follow=follow):
        click.echo(line)


@main.group()
def topics() -> None:
    """The topics of the contracts."""


@topics.command()
@click.option("--bootstrap", help="The cluster; without it, that of BUURTSEIN_KAFKA_BOOTSTRAP or of the platform here.")
@click.option("--partitions", type=click.IntRange(1), help="For every topic, instead of what the contracts say.")
@click.option(
    "--replication", type=int, default=-1, help="Replicas of each partition; without it, the broker's default."
)
def create(bootstrap: str | None, partitions: int | None, replication: int) -> None:
    """Create the topics that are missing; say where others differ from the contracts, and leave them alone."""
    wanted = wanted_topics(contracts(), partitions)
    report = create_topics(bootstrap or here().kafka_bootstrap, wanted, replication=replication)
    click.echo(f"{len(report.created)} topics created, {len(wanted) - len(report.created)} were there.")
    for line in report.differences:
        click.echo(line)

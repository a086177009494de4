"""`buurtsein demo`: a week of three communities, played through the whole system."""

import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import click

from buurtsein_events.accounting import Ledger
from buurtsein_platform.account_command import balanced
from buurtsein_platform.demo_client import IntakeClient
from buurtsein_platform.demo_pipeline import Pipeline
from buurtsein_platform.demo_player import Disturbances, Player, Screen
from buurtsein_platform.demo_result import Result, result
from buurtsein_platform.demo_screen import playing
from buurtsein_platform.demo_story import read_story
from buurtsein_platform.demo_table import table
from buurtsein_platform.demo_week import Entry, first_days, load_week
from buurtsein_platform.dlq_output import console
from buurtsein_platform.dlq_reader import in_one_line, reading
from buurtsein_platform.home import default_root
from buurtsein_platform.platform import Platform
from buurtsein_platform.ports import DEFAULT_PORTS
from buurtsein_platform.programs import KAFKA, SERVICES, STORE
from buurtsein_platform.progress import shown

OWN = {"BUURTSEIN_CLOCK": "events", "BUURTSEIN_KAFKA_BOOTSTRAP": "", "BUURTSEIN_REDIS_URL": ""}
"""The demo's clock follows the reports, and its events never get among those of a real installation."""

BALANCE_SECONDS = 10.0


@click.command()
@click.option("--days", type=click.IntRange(1, 7), default=7, show_default=True, help="How much of the week.")
@click.option(
    "--disturb",
    type=click.Choice([*SERVICES, KAFKA, STORE]),
    multiple=True,
    help="Kill this program (-9) on the way; the table stays the same. May be given several times.",
)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the table there, as JSON.")
@click.option("--keep", is_flag=True, help="Leave the platform running at the end.")
def demo(days: int, disturb: tuple[str, ...], file: Path | None, keep: bool) -> None:
    """Play the sample week through the running system and show what became of every report."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    entries = first_days(load_week(), days)
    home = default_root() / "demo"
    output = console()
    with fresh(home, keep=keep) as platform:
        begun = time.monotonic()
        with playing(output, len(entries)) as screen:
            play(platform, entries, screen, disturbances(platform.kill, len(entries), disturb))
        seconds = time.monotonic() - begun
        found = told(platform, entries)
        output.print(table(found))
        output.print(f"\n{len(entries)} entries of {days} days in {seconds:.0f} s.")
        output.print(what_next(platform, keep=keep))
    if file:
        file.write_text(found.model_dump_json(indent=2) + "\n", "utf-8")
    if found.unaccounted:
        raise click.exceptions.Exit(1)


@contextmanager
def fresh(home: Path, *, keep: bool = False, wanted: Mapping[str, int] = DEFAULT_PORTS) -> Iterator[Platform]:
    """Bring a platform up on an empty data directory, whatever an earlier demo left there; it ends with the block."""
    with ExitStack() as undo:
        with shown() as progress:
            platform = Platform(home, environment=OWN, wanted=wanted, bound=not keep, progress=progress)
            undo.callback(platform.down)
            platform.down()
            shutil.rmtree(platform.home.root, ignore_errors=True)
            platform.up()
        yield platform
        if keep:
            undo.pop_all()


def disturbances(kill: Callable[[str], None], entries: int, programs: tuple[str, ...]) -> Disturbances:
    """Return which programs are killed when, spread over the entries."""
    step = entries // (len(programs) + 1)
    return {number * step: partial(kill, program) for number, program in enumerate(programs, start=1)}


def play(platform: Platform, entries: tuple[Entry, ...], screen: Screen, disturbances: Disturbances) -> None:
    """Send the entries and wait until the last of them has been dealt with."""
    bootstrap = platform.kafka_bootstrap
    url = platform.service_url("intake")
    with in_one_line(bootstrap), IntakeClient(url) as client, Pipeline(bootstrap) as pipeline:
        Player(client, pipeline, screen).play(entries, disturbances)


def told(platform: Platform, entries: tuple[Entry, ...]) -> Result:
    """Return what the topics tell of the week, read from their beginning."""
    with reading(platform.kafka_bootstrap) as reader:
        story = read_story(reader)
    with reading(platform.kafka_bootstrap) as reader:
        return result(entries, story, balanced(reader, Ledger(), wait=BALANCE_SECONDS))


def what_next(platform: Platform, *, keep: bool) -> str:
    """Return where to look further."""
    root = platform.home.root
    if not keep:
        return f"What readers got is in {platform.home.outbox}. To look around while it runs: buurtsein demo --keep"
    command = f"BUURTSEIN_HOME={root} buurtsein"
    return "\n".join(
        [
            f"digests    {platform.home.outbox}",
            *(f"{name:<10} {platform.service_url(name)}/metrics" for name in SERVICES),
            f"API        {platform.service_url('intake')}/docs",
            f"balance    {command} account",
            f"stop       {command} down",
        ]
    )

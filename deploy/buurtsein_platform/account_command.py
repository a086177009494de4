"""`buurtsein account`: proves from the topics that every accepted report ended in exactly one terminal state."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import get_args

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from buurtsein_events.accounting import Account, Ledger
from buurtsein_events.topics import REPORTS_RECEIVED
from buurtsein_events.trails import FaultKind
from buurtsein_events.values import TerminalState
from buurtsein_platform.dlq_output import console
from buurtsein_platform.dlq_reader import TopicReader, reading
from buurtsein_platform.platform import here
from buurtsein_platform.waiting import wait_until
from buurtsein_runtime.settings import Settings
from buurtsein_runtime.terminal import MOMENT, printable

KINDS: dict[FaultKind, str] = {"lost": "lost", "twice": "ended twice", "unexplained": "unexplained"}


@click.command()
@click.option(
    "--wait", default=10.0, show_default=True, help="Seconds to wait for reports that are still on their way."
)
@click.option("--since", type=MOMENT, help="Only reports received since: 6d, 12h, 30m or an ISO 8601 time.")
@click.option("--names", default=20, show_default=True, help="How many faults to name; all with --json.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def account(wait: float, since: datetime | None, names: int, as_json: bool) -> None:
    """Prove that every accepted report ended exactly once; end with 1 and name those that did not."""
    bootstrap = here().kafka_bootstrap
    networks = Settings().networks
    with reading(bootstrap, checksums=False) as reader:
        balance = balanced(reader, Ledger(networks), wait=wait, since=since)
        gone = reader.begins([REPORTS_RECEIVED])
    if as_json:
        click.echo(json_of(balance))
    else:
        show(console(), balance, names)
        if gone and not since:
            click.echo(f"Retention has deleted {gone[REPORTS_RECEIVED]} records of {REPORTS_RECEIVED}: use --since.")
    if balance.faults:
        raise click.exceptions.Exit(1)


def balanced(reader: TopicReader, ledger: Ledger, *, wait: float, since: datetime | None = None) -> Account:
    """Return the balance once nothing is on its way any more, or when the time is over.

    The first reading follows the way of a report and settles which reports count. Later ones go against it, so that
    a result which has come meanwhile is never read without what it came from.
    """
    for topic in ledger.topics:
        for seen in reader.read(topic):
            ledger.add(seen)
    found: list[Account] = []

    def settled() -> bool:
        for topic in reversed(ledger.topics):
            for seen in reader.read(topic):
                ledger.add(replace(seen, late=True))
        found[:] = [ledger.account(since)]
        return not found[0].faults

    wait_until(settled, seconds=wait)
    return found[0]


def json_of(balance: Account) -> str:
    """Return the balance as JSON."""
    reasons = [
        {"topic": topic, "reason": reason, "records": number}
        for (topic, reason), number in sorted(balance.dead_letters.items())
    ]
    counts = {kind: balance.count(kind) for kind in KINDS}
    return json.dumps({**asdict(balance), **counts, "dead_letters": reasons}, indent=2)


def show(output: Console, balance: Account, names: int) -> None:
    """Print the balance as tables, and the first `names` faults."""
    output.print(_counts(balance))
    if balance.dead_letters:
        output.print(_table(("dead letters", "reason", "records"), _reasons(balance)))
    if balance.faults:
        rows = [(KINDS[each.kind], each.what, each.where, each.detail) for each in balance.faults[:names]]
        output.print(_table(("fault", "report, signal or record", "where", "what"), rows))
        if len(balance.faults) > names:
            output.print(f"… and {len(balance.faults) - names} more; --json names all.")
    output.print(sentence(balance), style="bold red" if balance.faults else "bold green")


def sentence(balance: Account) -> str:
    """Return the balance in one sentence."""
    counts = ", ".join(f"{balance.count(kind)} {text}" for kind, text in KINDS.items())
    return f"{balance.accepted} accepted, {sum(balance.states.values())} ended: {counts}."


def _counts(balance: Account) -> Table:
    rows = [
        ("accepted reports", balance.accepted),
        *((f"  {state.replace('_', ' ')}", balance.states.get(state, 0)) for state in get_args(TerminalState)),
        ("  unaccounted", balance.accepted - sum(balance.states.values())),
        ("sent again by clients", balance.retries),
        ("put back from the dead letters", balance.replays),
        ("broken records", balance.broken),
        ("events on a wrong topic", balance.misplaced),
        *((f"on the topic of {network}", number) for network, number in sorted(balance.assigned.items())),
    ]
    return _table(("", "number"), [(name, str(number)) for name, number in rows])


def _reasons(balance: Account) -> list[tuple[str, str, str]]:
    return [(topic, reason, str(number)) for (topic, reason), number in sorted(balance.dead_letters.items())]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table

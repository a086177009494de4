"""The table at the end of the demo."""

from collections.abc import Iterable

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table

from buurtsein_platform.demo_result import Result


def table(result: Result) -> RenderableType:
    """Return the result for a person to read."""
    first = (
        _numbers("reports by verdict", (*result.verdicts.items(), ("all", result.reports))),
        _numbers("signals by network", (*result.signals.items(), ("linked duplicates", result.linked))),
        _digests(result),
    )
    second = (
        _numbers("strikes", result.strikes.items()),
        _numbers("nothing lost, nothing twice", _balance(result)),
        _numbers("as the labels expect", result.expectations.items()),
    )
    return Group(Columns(first, padding=(0, 4)), "", Columns(second, padding=(0, 4)))


def _balance(result: Result) -> Iterable[tuple[str, int]]:
    yield from ((state, number) for state, number in result.ended.items())
    yield "unaccounted", result.unaccounted
    yield from result.dead_letters.items()
    yield "outcomes", result.outcomes


def _numbers(title: str, rows: Iterable[tuple[str, object]]) -> Table:
    found = _plain(title, "")
    for name, value in rows:
        found.add_row(name.replace("_", " "), str(value))
    return found


def _digests(result: Result) -> Table:
    involvements = next(iter(result.digests.values()))
    found = _plain("digests by kind", *involvements)
    for kind, numbers in result.digests.items():
        found.add_row(kind, *map(str, numbers.values()))
    return found


def _plain(title: str, *columns: str) -> Table:
    found = Table(box=None, pad_edge=False, header_style="bold")
    found.add_column(title)
    for column in columns:
        found.add_column(column, justify="right")
    return found

"""The table at the end of the demo."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table

from buurtsein_platform.demo_result import Result


def table(result: Result) -> RenderableType:
    """Return the result for a person to read."""
    return Group(
        _beside(
            _numbers("reports by verdict", (*result.verdicts.items(), ("all", result.reports))),
            _numbers("signals by network", (*result.signals.items(), ("linked duplicates", result.linked))),
            _numbers("strikes", result.strikes.items()),
        ),
        "",
        _beside(_digests(result), _numbers("how reports ended", _balance(result))),
        "",
        _beside(_numbers("as the labels expect", result.expectations.items())),
    )


def _beside(*tables: Table) -> Table:
    """Return tables side by side, three of them within eighty columns."""
    found = Table.grid(padding=(0, 4))
    found.add_row(*tables)
    return found


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

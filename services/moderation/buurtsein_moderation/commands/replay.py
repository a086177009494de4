"""`buurtsein moderation replay`: what other packs would have decided about the reports of the last days."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import click

from buurtsein_moderation.commands.loading import communities, completeness, loaded
from buurtsein_moderation.received import UnreadableError, reports_between
from buurtsein_moderation.replaying import Changed, Comparison, Judged, compare
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.terminal import MOMENT, printable

_WORDS = 120


@click.command()
@click.option("--since", type=MOMENT, required=True, help="Reports received since: 6d, 12h, 30m or an ISO 8601 time.")
@click.option("--until", type=MOMENT, help="And before; now when absent.")
@click.option("--packs", type=click.Path(path_type=Path), required=True, help="The packs to try.")
@click.option("--show", type=click.IntRange(0), default=20, show_default=True, help="How many changes to show.")
def replay(since: datetime, until: datetime | None, packs: Path, show: int) -> None:
    """Read the reports since a time from Kafka, and print what would change if PACKS were in force.

    Members count as without strikes, and texts are shown as neighbours would read them.
    """
    if until and until <= since:
        raise click.BadParameter("it is not after --since, so there is nothing between them", param_hint="--until")
    reports = reports_between(ModerationSettings().kafka_bootstrap, since, until)
    try:
        comparison = compare(reports, loaded(None), loaded(packs), communities(), completeness(), keep=show)
    except UnreadableError as error:
        raise click.ClickException(str(error)) from error
    for line in _lines(comparison):
        click.echo(line)


def _lines(comparison: Comparison) -> Iterator[str]:
    changed = sum(comparison.verdicts.values())
    yield f"{comparison.reports} reports, {changed} verdicts and {sum(comparison.types.values())} types would change"
    yield from _counts("verdict", comparison.verdicts)
    yield from _counts("type", comparison.types)
    for rule, number in comparison.shadow.most_common():
        yield f"  in shadow  {rule}  {number}"
    for change in comparison.first:
        yield from _change(change)


def _counts(what: str, changes: Mapping[tuple[str, str], int]) -> Iterator[str]:
    for (before, after), number in sorted(changes.items(), key=lambda change: -change[1]):
        yield f"  {what}  {before} → {after}  {number}"


def _change(change: Changed) -> Iterator[str]:
    yield ""
    yield f"{change.report_id}: {_said(change.before)} → {_said(change.after)}"
    text = printable(" ".join(change.after.public_text.split()))
    yield f"  {text if len(text) <= _WORDS else text[: _WORDS - 1] + '…'}"


def _said(judged: Judged) -> str:
    return f"{judged.verdict}, {judged.type} ({', '.join(judged.rules) or 'no rule'})"

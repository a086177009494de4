"""The figures as tables for a person to read."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table

from buurtsein_moderation.evaluation.groups import GroupFigures, Rates
from buurtsein_moderation.evaluation.messages import MessageFigures
from buurtsein_moderation.packs import TYPES


def message_tables(figures: MessageFigures) -> Iterator[RenderableType]:
    """Yield the figures on messages: categories, what was held back, types and privacy."""
    yield _categories(figures)
    yield _summary(figures)
    yield _types(figures)


def group_tables(named: GroupFigures, held: GroupFigures) -> Iterator[RenderableType]:
    """Yield the figures on sentences: found to stigmatise, and held back for whatever reason."""
    summary = _plain("balanced accuracy", "stigmatising", "held back", "hateful found", "harmless not")
    for name, rates, other in _languages(named, held):
        both = f"{rates.balanced_accuracy:.3f}", f"{other.balanced_accuracy:.3f}"
        summary.add_row(name, *both, str(rates.hateful), str(rates.harmless))
    yield summary
    kinds = _plain("passed", "stigmatising", "held back")
    for name, rates in sorted(named.by_kind.items(), key=lambda kind: (not kind[1].hateful.of, kind[0])):
        kinds.add_row(_described(name, rates), str(rates.passed), str(held.by_kind[name].passed))
    yield kinds


def _languages(named: GroupFigures, held: GroupFigures) -> Iterator[tuple[str, Rates, Rates]]:
    yield "all", named.all, held.all
    for language, rates in sorted(named.by_language.items()):
        yield language, rates, held.by_language[language]


def _described(kind: str, rates: Rates) -> str:
    return f"{kind} ({'hateful' if rates.hateful.of else 'harmless'})"


def _categories(figures: MessageFigures) -> Table:
    found = _plain("category", "precision", "recall", "F1", "labelled")
    for category, score in figures.scores.items():
        rates = (f"{rate:.3f}" for rate in (score.precision, score.recall, score.f1))
        found.add_row(category, *rates, str(score.right + score.missed))
    found.add_row("macro F1", "", "", f"{figures.macro_f1:.3f}", "", style="bold")
    return found


def _summary(figures: MessageFigures) -> Table:
    privacy, alarms = figures.privacy, figures.false_alarms
    found = _plain("messages", "")
    for name, share in (
        ("needing action, held back", figures.flagged),
        ("good, held back", alarms["all"]),
        ("good and hard, held back", alarms["hard"]),
        ("good and urgent, held back", alarms["urgent"]),
        ("urgent, sent back to the author", figures.urgent_declined),
        ("type as labelled", figures.type_accuracy),
        ("private parts fully hidden", privacy.hidden),
        ("without anything private, altered", privacy.altered),
        ("hidden characters that are not private", privacy.needless),
    ):
        found.add_row(name, str(share))
    return found


def _types(figures: MessageFigures) -> Table:
    found = _plain("type: label ↓, answer →", *TYPES)
    for label in TYPES:
        found.add_row(label, *(str(figures.types.get((label, answer), 0)) for answer in TYPES))
    return found


def _plain(title: str, *columns: str) -> Table:
    found = Table(box=None, pad_edge=False, header_style="bold")
    found.add_column(title)
    for column in columns:
        found.add_column(column, justify="right")
    return found

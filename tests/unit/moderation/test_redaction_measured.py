"""How much of what residents may write is hidden, and how little else, on messages that name what is private in them.

No rule was written on half `b` of the first file, so that it tells what unseen messages get; leave it so.
"""

from functools import cache
from pathlib import Path

import pytest

from buurtsein_moderation.evaluation.labelled import Half, LabelledMessage, half_of, read_labels
from buurtsein_moderation.evaluation.privacy import PrivacyFigures, privacy_figures
from buurtsein_text.folding import fold
from buurtsein_text.redaction import find

TESTDATA = Path(__file__).parents[2] / "testdata"

CASES: list[tuple[str, Half, float]] = [
    ("private.jsonl", "a", 0.98),
    ("private.jsonl", "b", 0.92),
    ("private-fresh.jsonl", "a", 0.97),
    ("private-fresh.jsonl", "b", 0.97),
]
"""A file, the half of it, and the share of private parts that is hidden in full at least."""


@cache
def _figures(name: str, half: Half) -> PrivacyFigures:
    messages = [one for one in read_labels(TESTDATA / name) if isinstance(one, LabelledMessage)]
    return privacy_figures((one, find(fold(one.text))) for one in messages if half_of(one.name) == half)


@pytest.mark.parametrize(("name", "half", "floor"), CASES)
def test_most_private_parts_are_hidden_in_full(name: str, half: Half, floor: float) -> None:
    """Names, addresses, numbers, plates and profiles in the forms that people type them."""
    assert _figures(name, half).hidden.value >= floor


@pytest.mark.parametrize(("name", "half"), [case[:2] for case in CASES])
def test_few_messages_without_anything_private_are_changed(name: str, half: Half) -> None:
    """They are full of shops, streets, makes, animals and words that look like names and numbers of houses."""
    assert _figures(name, half).altered.value <= 0.025


@pytest.mark.parametrize(("name", "half"), [case[:2] for case in CASES])
def test_little_else_is_hidden(name: str, half: Half) -> None:
    """Counted in characters, in all messages."""
    assert _figures(name, half).needless.value <= 0.05

"""What a coordinator hides besides what the rules hid."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.values import Redaction
from buurtsein_moderation.hiding import merged, public_text

TEXT = "Bel Jan op 06-12345678 of mail hem."


def hide(start: int, end: int) -> Redaction:
    """Return a part to hide."""
    return Redaction(kind="phone", start=start, end=end)


def test_parts_are_hidden_in_order_and_once() -> None:
    """Those that overlap become one, those that touch stay apart, and what is beyond the text is left out."""
    parts = merged(TEXT, hide(20, 25), hide(4, 7), hide(11, 22), hide(7, 8), hide(30, 999), hide(-1, 2), hide(9, 9))
    assert [(part.start, part.end) for part in parts] == [(4, 7), (7, 8), (11, 25)]
    assert public_text(TEXT, parts[:1]) == "Bel [telefoonnummer] op 06-12345678 of mail hem."


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 60)), max_size=250))
def test_whatever_is_hidden_stays_hidden_and_fits_in_an_event(parts: list[tuple[int, int]]) -> None:
    """The last part of too many covers the rest of the text."""
    text = "x" * 4000
    asked = [hide(start, min(start + length, len(text))) for start, length in parts if start < len(text)]
    found = merged(text, *asked)
    assert len(found) <= 100
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(any(f.start <= a.start and a.end <= f.end for f in found) for a in asked)

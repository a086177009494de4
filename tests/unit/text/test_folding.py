"""Folding: the letters that readers see, one byte each."""

from hypothesis import given
from hypothesis import strategies as st

from buurtsein_text.folding import fold


@given(st.text(max_size=300))
def test_folding_keeps_one_byte_for_every_character(text: str) -> None:
    """Offsets in the folded text are offsets in the original."""
    if not any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        assert len(fold(text)) == len(text)

"""Normalisation: the same words whatever they are written with, and the way back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_moderation.text import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Café", "cafe"),
        ("ONGEDIERTE", "ongedierte"),
        ("сукkel", "cykkel"),
        ("ｆｕｌｌ", "full"),
        ("𝐛𝐨𝐥𝐝", "bold"),
        ("braaaand!!!", "brand!!!"),
        ("heellllp", "help".replace("e", "ee")),
        ("s\u200bp\u00ada\u0301m", "spam"),
        ("it’s “so”", 'it\'s "so"'),
        ("€ 50", "$ 50"),
        ("www.example.org", "www.example.org"),
        ("٣ bikes", "3 bikes"),
    ],
)
def test_what_looks_alike_reads_alike(written: str, read: str) -> None:
    """Accents, other alphabets, wide and bold letters, stretched and invisible ones."""
    assert normalise(written).text.decode() == read


def test_plain_text_needs_no_offsets() -> None:
    """The common case costs nothing: one byte for one character."""
    assert normalise("De lamp is stuk, café dicht").offsets is None


def test_a_span_leads_back_to_the_original() -> None:
    """Squeezed letters and dropped marks count as part of what they belong to."""
    text = "wat een sуккееееl zeg"
    message = normalise(text)
    start = message.text.index(b"cy") if b"cy" in message.text else message.text.index(b"s")
    end = message.text.index(b" zeg")
    begin, finish = message.original(start, end)
    assert text[begin:finish] == "sуккееееl"


@given(st.text(alphabet=st.sampled_from("abcdéæ\u0301\u200b😀W w."), min_size=1, max_size=200))
def test_every_byte_knows_its_character(text: str) -> None:
    """Offsets rise, stay inside the text and are as many as the bytes."""
    message = normalise(text)
    offsets = message.offsets if message.offsets is not None else tuple(range(len(text)))
    assert len(offsets) == len(message.text)
    assert list(offsets) == sorted(set(offsets))
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    """What rules match is a fixed point."""
    once = normalise(text).text
    assert normalise(once.decode()).text == once or b"\x7f" in normalise(once.decode()).folded

"""Which language a message is in."""

import pytest

from buurtsein_moderation.language import BOTH, languages
from buurtsein_moderation.text import normalise
from buurtsein_moderation.words import marked, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er staat een auto voor de deur van de buren", {"nl"}),
        ("There is a car in front of the door of my neighbours", {"en"}),
        ("Brand!", BOTH),
        ("", BOTH),
        ("Hallo, is this the right group voor de straat", BOTH),
    ],
)
def test_common_words_tell_the_language(text: str, expected: set[str]) -> None:
    """Short and mixed messages may be in either."""
    assert languages(set(read(marked(normalise(text).text)))) == expected

"""What a phrase of a pack matches."""

import pytest

from buurtsein_moderation.patterns import Alternatives, PatternError, pattern, phrase
from buurtsein_moderation.text import normalise
from buurtsein_text.linear import Expression

LISTS = Alternatives({"animal": ("cat", "dog*"), "pet": ("{animal}", "goldfish")})


def _matches(expression: str, text: str) -> bool:
    return next(Expression(expression.encode()).spans(normalise(text).text), None) is not None


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("get lost", "Oh, GET  LOST please", True),
        ("get lost", "get-lost", True),
        ("get lost", "forget lost", False),
        ("get lost", "get. I have lost", False),
        ("scooter*", "scooters", True),
        ("scooter*", "motorscooter", False),
        ("*scooter", "motorscooter", True),
        ("café", "Cafe", True),
        ("50%", "now 50% off", True),
        (".apk", "install thing.apk", True),
        ("my {animal}", "my doggy", True),
        ("my {pet}", "my goldfish", True),
        ("bad{animal}", "badcat", True),
        ("{animal}", "concat", False),
        ("c++ (x)", "c++ (x)", True),
    ],
)
def test_a_phrase_is_whole_words(wanted: str, text: str, expected: bool) -> None:
    """Stars widen it, lists fill it in, punctuation between words does not matter."""
    assert _matches(phrase(wanted, LISTS), text) is expected


def test_a_pattern_is_re2_with_lists() -> None:
    """Edges of words are up to its author."""
    assert _matches(pattern(r"^{animal}\W+bites?\b", LISTS), "Dogs: bite!") is True
    assert _matches(pattern(r"^{animal}\W+bites?\b", LISTS), "A cat bites") is False


@pytest.mark.parametrize("empty", ["", "  ", "*", "* *"])
def test_a_phrase_without_text_is_refused(empty: str) -> None:
    """It would match everywhere."""
    with pytest.raises(PatternError, match="is empty"):
        phrase(empty, {})


def test_an_unknown_list_is_refused_with_the_known_ones() -> None:
    """A typo is seen at once."""
    with pytest.raises(PatternError, match=r"\{plant\} is not one of animal, pet"):
        phrase("my {plant}", LISTS)
    with pytest.raises(PatternError, match="it has none"):
        pattern("{plant}", {})

"""Words that packs mark with `^` are found with a slip of the keyboard, too."""

import pytest

from buurtsein_moderation.slips import slips
from buurtsein_moderation.text import normalise

from .given import engine, rule


@pytest.mark.parametrize("typed", ["neighbours", "niehgbours", "nieghbours", "neighbous", "nighbours"])
def test_a_marked_word_is_found_as_it_is_typed(typed: str) -> None:
    """Right, with letters swapped, or with one left out; two slips are one too many."""
    rules = engine(rule(matches={"phrases": ["my neighbours^"]}, examples={"match": ["my neighbours"], "not": ["my"]}))
    found = rules.match(normalise(f"my {typed}"), "en").findings
    assert bool(found) == (typed != "niehgbours")


def test_short_words_have_no_letter_left_out() -> None:
    """They would become other words."""
    assert all(len(typed) == len("four") for typed in slips("four"))

"""Where words are not what the author says of somebody."""

import pytest

from buurtsein_moderation.compiling import PackError, compile_packs
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.text import normalise

from .given import engine, pack, rule

LISTS = {
    "negations": ("not", "no", "never"),
    "pseudonegations": ("not only", "no wonder"),
    "reporting": ("is wrong", "he shouted", "they shouted"),
    "introducing": ("called me", "saying that"),
    "questions": ("is", "who"),
    "rhetorical": ("why",),
    "things": ("bin", "lift"),
    "people": ("you", "he"),
}


def _rules(*guards: str) -> Engine:
    one = rule(
        matches={"phrases": ["fool*", "stupid*"], "near": [{"words": [["cats"], ["thieves"]], "within": 8}]},
        examples={"match": ["x"], "not": ["y"]},
        exempt=list(guards),
    )
    return compile_packs([pack(one, lists=LISTS)], examples=False)


@pytest.mark.parametrize(
    ("guard", "text", "holds"),
    [
        ("negated", "cats are thieves", True),
        ("negated", "cats are not thieves", False),
        ("negated", "not all cats are thieves", False),
        ("negated", "he is no fool", False),
        ("negated", "I don't know, he is a fool", True),
        ("negated", "it is not mine but he is a fool", True),
        ("negated", "cats are not only thieves", True),
        ("negated", "no wonder, cats are thieves", True),
        ("reported", "they shouted you fool", False),
        ("reported", "you fool, he shouted", False),
        ("reported", "saying that cats are thieves is wrong", False),
        ("reported", "he called me a fool", False),
        ("reported", "that fool called me", True),
        ("reported", "that is wrong. You are a fool", True),
        ("quoted", "somebody wrote 'you fool' on my door", False),
        ("quoted", "'you fool'", True),
        ("questioned", "who is the fool here?", False),
        ("questioned", "why is this fool here?", True),
        ("questioned", "he is a fool. Who knows?", True),
        ("thing", "that stupid bin again", False),
        ("thing", "the stupidlift again", False),
        ("thing", "the lift is stupid", False),
        ("thing", "you stupid bin man", False),
        ("thing", "you are stupid, the lift works", True),
        ("thing", "he is stupid", True),
    ],
)
def test_a_guard_exempts_a_place(guard: str, text: str, holds: bool) -> None:
    """Within its clause or sentence, and nowhere else."""
    assert bool(_rules(guard).match(normalise(text)).findings) is holds


def test_one_place_that_is_not_exempt_is_enough() -> None:
    """The finding is that place, and not the first one."""
    text = "he called me a fool. But you are the fool"
    (found,) = _rules("reported").match(normalise(text)).findings
    assert (found.start, found.end) == (text.rindex("fool"), len(text))


def test_rules_on_categories_exempt_what_is_quoted_and_reported() -> None:
    """Unless they say otherwise."""
    assert engine(rule()).rules[0].exempt == ("quoted", "reported")


def test_a_guard_without_its_list_is_refused() -> None:
    """It would exempt nothing, and nobody would know."""
    with pytest.raises(PackError, match="exempt when negated, and its pack has no list 'negations'"):
        engine(rule(exempt=["negated"]))

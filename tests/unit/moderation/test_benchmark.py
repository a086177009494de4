"""What the benchmark measures."""

from buurtsein_moderation.benchmark import GROWTH, LENGTH, grow, measure, messages
from buurtsein_moderation.compiling import compile_packs
from buurtsein_moderation.loading import read_packs

from .given import completeness, kind, ladder, pack, rule


def test_messages_are_as_long_as_it_says() -> None:
    """Within a sentence."""
    assert all(0.9 * LENGTH < len(text) <= LENGTH for text in messages())


def test_packs_grow_in_rules_and_words() -> None:
    """Each copy has rules and words of its own, and there is room for the patterns of all."""
    packs = read_packs()[0]
    once, grown = (compile_packs(grow(packs, times), examples=False) for times in (1, GROWTH))
    assert len(grown.rules) == GROWTH * len(once.rules)
    assert grown.size > 2 * once.size


def test_every_step_is_measured_and_the_ratio_too() -> None:
    """In the order in which a decision takes them."""
    measured = measure([pack(rule(), types=(kind(),))], None, ladder(), completeness())
    steps = [step for step, value in measured if value > 0]
    assert steps[0].startswith("a million steps")
    assert steps[-3:] == ["decide, all in all", "decide, with 10 times the packs", "ratio"]

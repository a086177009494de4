"""Where a member stands follows from earlier facts that still count."""

import pytest

from buurtsein_moderation.members import Standing, keys, standing

from .given import NOON, days, ladder

DAY = dict[str, float]


def _standing(**sets: DAY) -> Standing:
    """Return where `wo-07` stands at noon, with facts by how many days before (or after) that they are."""
    state = {
        f"{name}:wo-07": {fact: (NOON + days(at)).timestamp() for fact, at in facts.items()}
        for name, facts in sets.items()
    }
    return standing(state, "wo-07", ladder().keep, "own", NOON)


@pytest.mark.parametrize(
    ("strikes", "expected"),
    [
        ({}, 0),
        ({"earlier": -1.0}, 1),
        ({"earlier": -89.9}, 1),
        ({"on its last day": -90.0}, 1),
        ({"faded": -90.1}, 0),
        ({"same moment": 0.0}, 0),
        ({"later": 1.0}, 0),
        ({"own": -1.0}, 0),
        ({"a": -1.0, "b": -2.0, "own": 0.0, "c": 3.0}, 2),
    ],
)
def test_only_earlier_strikes_that_did_not_fade_count(strikes: DAY, expected: int) -> None:
    """So that deciding again on an older event, with newer facts there, decides the same."""
    assert _standing(strikes=strikes) == Standing(expected)


def test_a_removal_counts_for_a_year() -> None:
    """Longer than strikes do."""
    assert _standing(removed={"x": -364.0}).removed
    assert not _standing(removed={"x": -366.0}).removed


def test_what_was_taken_back_does_not_count() -> None:
    """Neither a strike nor a removal, from the moment that it was decided."""
    assert _standing(strikes={"a": -2.0, "b": -1.0}, pardoned={"a": -0.5}) == Standing(1)
    assert _standing(removed={"a": -2.0}, pardoned={"a": -0.5}) == Standing(0)
    assert _standing(strikes={"a": -2.0}, pardoned={"a": 0.5}) == Standing(1)


def test_thanks_are_remembered_for_a_month() -> None:
    """So that praise stays something."""
    assert _standing(thanked={"x": -29.0}).thanked
    assert not _standing(thanked={"x": -31.0}).thanked


def test_every_set_is_asked_for() -> None:
    """And named after the member."""
    assert keys("wo-07") == ("strikes:wo-07", "removed:wo-07", "pardoned:wo-07", "thanked:wo-07")

"""What is worked out about rules without reports is true of reports."""

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from buurtsein_events.values import SignalType, Verdict
from buurtsein_routing.boxes import box
from buurtsein_routing.cases import Case
from buurtsein_routing.config import WEEKDAYS, Match
from buurtsein_routing.matching import conditions, held
from buurtsein_routing.words import WordGroups
from tests.unit.routing.given import MAP, minutes, moderated

WORDS = WordGroups({"fire": ["brand"], "lift": ["lift"], "noise": ["herrie"]})


def some(values: tuple[str, ...]) -> st.SearchStrategy[list[str] | None]:
    """Return some of the values, or no matcher at all."""
    return st.none() | st.lists(st.sampled_from(values), min_size=1, unique=True)


matches = st.builds(
    lambda **given: Match.model_validate({name: value for name, value in given.items() if value is not None}),
    type=some(get_args(SignalType)),
    verdict=some(get_args(Verdict)),
    weekday=some(WEEKDAYS),
    hours=st.none() | st.sampled_from(["22:00-07:00", "09:00-17:00", "12:00-13:00", "23:00-01:00"]),
    anonymous=st.none() | st.booleans(),
    text=some(("fire", "lift", "noise")),
)
cases = st.builds(
    moderated,
    text=st.sampled_from(["brand", "lift", "herrie", "brand lift", "niets"]),
    kind=st.sampled_from(get_args(SignalType)),
    verdict=st.sampled_from(get_args(Verdict)),
    at=st.integers(0, 7 * 24 * 4).map(lambda quarters: minutes(quarters * 15)),
    anonymous=st.booleans(),
).map(lambda data: Case(data, MAP.place(data.report), WORDS))


def matched(match: Match, unless: Match | None, case: Case) -> bool:
    """Return whether a rule has the case."""
    excepted = unless is not None and held(conditions(unless), case) is not None
    return held(conditions(match), case) is not None and not excepted


@given(matches, st.none() | matches, matches, st.none() | matches, cases)
@settings(max_examples=200)
def test_boxes_tell_the_truth_about_every_case(
    one: Match, but_one: Match | None, other: Match, but_other: Match | None, case: Case
) -> None:
    """Inside, apart and impossible hold for each case that the rules match."""
    a, b = box(one, but_one), box(other, but_other)
    in_a, in_b = matched(one, but_one, case), matched(other, but_other, case)
    assert not (a.impossible and in_a)
    assert not (a.inside(b) and in_a and not in_b)
    assert not (a.apart(b) and in_a and in_b)
    assert not (a.narrowed(other, but_other).impossible and in_a and in_b)


def test_narrower_matchers_are_inside_wider_ones() -> None:
    """What an operator sees at once is seen."""
    wide = box(Match.model_validate({"type": ["idea", "none"], "text": ["fire", "lift"]}))
    narrow = box(Match.model_validate({"type": "idea", "text": "lift", "hours": "22:00-06:00"}))
    assert narrow.inside(wide)
    assert not wide.inside(narrow)
    assert box(Match.model_validate({"type": "urgent"})).apart(wide)

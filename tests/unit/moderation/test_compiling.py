"""A pack with mistakes is refused, with all of them."""

import pytest
from pydantic import ValidationError

from buurtsein_moderation.compiling import PackError, compile_packs

from .given import kind, pack, rule


def test_every_mistake_of_every_pack_is_reported_at_once() -> None:
    """An author of packs corrects them in one go."""
    first = pack(
        rule(matches={"phrases": ["{ghost}"]}),
        rule(id="a.bad", matches={"patterns": ["("], "phrases": ["*"]}),
        rule(id="a.accent", matches={"patterns": ["é"]}),
        rule(id="a.everywhere", matches={"patterns": ["x?"]}),
    )
    second = pack(
        rule(id="b.deaf", examples={"match": ["no such word"], "not": ["a fool"]}),
        rule(id="b.near", matches={"near": [{"words": [["a"], ["{ghost}"]]}]}),
        types=(kind(), kind()),
    )
    with pytest.raises(PackError) as refused:
        compile_packs([first, second])
    expected = [
        "xx.quarrel.fool: the list {ghost} is not one of",
        "a.bad: not an RE2 expression",
        "a.bad: the phrase '*' is empty",
        "a.accent: the pattern 'é' is not ASCII",
        "a.everywhere: it matches the empty text",
        "b.deaf: it must match 'no such word' and does not",
        "b.deaf: it must not match 'a fool' and does",
        "b.near: the list {ghost} is not one of",
        "xx: 2 packs have this id",
        "xx.type.fire: the id is used 2 times",
    ]
    missing = [one for one in expected if not any(problem.startswith(one) for problem in refused.value.problems)]
    assert missing == []
    assert len(refused.value.problems) == len(expected)


def test_every_phrase_of_a_rule_with_a_mistake_is_named() -> None:
    """Not only the first of them."""
    with pytest.raises(PackError) as refused:
        compile_packs([pack(rule(matches={"phrases": ["**", "fool", "{ghost}"], "lemmas": ["{spook}"]}))])
    assert [problem.partition(": ")[2].partition(" is ")[0] for problem in refused.value.problems] == [
        "the phrase '**'",
        "the list {ghost}",
        "the list {spook}",
    ]


def test_words_near_no_words_are_refused() -> None:
    """They would match nothing, and nobody would notice."""
    with pytest.raises(ValueError, match="at least 1 item"):
        pack(rule(matches={"phrases": ["fool"], "near": [{"words": [["you"], []]}]}))


def test_a_mistake_in_a_list_is_reported_once_for_the_pack() -> None:
    """And not for each of the rules that would use it."""
    with pytest.raises(PackError) as refused:
        compile_packs([pack(rule(), rule(id="another"), lists={"animals": ("{later}",), "later": ("x",)})])
    assert refused.value.problems == ["xx: in its lists: the list {later} is not one of this pack (it has none)"]


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"matches": {}}, "matches nothing"),
        ({"verdict": "publish"}, "verdict"),
        ({"category": "rude"}, "category"),
        ({"examples": {"match": [], "not": ["x"]}}, r"examples\.match"),
        ({"examples": {"match": ["x"]}}, r"examples\.not"),
        ({"colour": "red"}, "colour"),
        ({"id": "Not An Id"}, "id"),
        ({"matches": {"near": [{"words": [["alone"]]}]}}, "words"),
    ],
)
def test_a_rule_that_is_not_one_is_refused(changes: dict[str, object], mistake: str) -> None:
    """The mistake names its place."""
    with pytest.raises(ValidationError, match=mistake):
        pack(rule(**changes))

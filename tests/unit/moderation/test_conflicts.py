"""What sound packs may still have wrong with them."""

from buurtsein_moderation.assess import assess
from buurtsein_moderation.compiling import compile_packs
from buurtsein_moderation.conflicts import conflicts, unmatched
from buurtsein_moderation.packs import Pack

from .given import engine, kind, pack, rule
from .test_weighing import WEIGHTS


def _conflicts(*packs: Pack) -> list[str]:
    return list(conflicts(packs, compile_packs(packs, ["woensel"])))


def _other(**changes: object) -> dict[str, object]:
    content: dict[str, object] = {"id": "xx.quarrel.other", "matches": {"phrases": ["idiot"]}}
    examples = {"match": ["you idiot"], "not": ["good day"]}
    return rule(**(content | {"examples": examples} | changes))


def test_rules_that_get_along_have_no_conflicts() -> None:
    """They look for different things."""
    assert _conflicts(pack(rule(), _other())) == []


def test_a_harmless_example_that_another_rule_of_the_category_finds_is_a_contradiction() -> None:
    """One of the two rules is wrong about it."""
    examples = {"match": ["you idiot"], "not": ["what a fool"]}
    (conflict,) = _conflicts(pack(rule(), _other(examples=examples)))
    assert conflict == (
        "xx.quarrel.other: xx.quarrel.fool of the same category finds 'what a fool', which xx.quarrel.other must not"
    )


def test_what_a_rule_of_another_category_or_in_shadow_finds_is_no_contradiction() -> None:
    """It has another reason, or is not applied."""
    examples = {"match": ["you idiot"], "not": ["what a fool"]}
    assert _conflicts(pack(rule(category="spam"), _other(examples=examples))) == []
    assert _conflicts(pack(rule(shadow=True), _other(examples=examples))) == []


def test_what_only_weighs_in_a_harmless_example_contradicts_no_rule() -> None:
    """Weights are learned: there is no rule to mend."""
    packs = [pack(rule(examples={"match": ["what a fool"], "not": ["what a sneer"]}))]
    weighed = compile_packs(packs, weights=WEIGHTS)
    assert [found.rule.id for found in assess("what a sneer", weighed).findings] == ["weighed.quarrel"]
    assert list(conflicts(packs, weighed)) == []


def test_equal_rules_are_named_once() -> None:
    """Whatever their order and category."""
    twin = rule(id="xx.spam.twin", category="spam")
    assert _conflicts(pack(twin, rule())) == ["xx.quarrel.fool: it matches the same as xx.spam.twin"]


def test_a_rule_adds_nothing_when_another_matches_all_that_it_does() -> None:
    """Also through a list of words."""
    wide = _other(matches={"phrases": ["{insult}"]})
    found = _conflicts(pack(rule(), wide, lists={"light": ["fool"], "insult": ["{light}", "idiot"]}))
    assert found == [
        "xx.quarrel.fool: it adds nothing, xx.quarrel.other matches all that it does, with the same verdict"
    ]


def test_a_rule_with_more_exceptions_does_not_match_all() -> None:
    """What it exempts is left to the other."""
    wide = {"matches": {"phrases": ["fool", "idiot"]}}
    assert _conflicts(pack(rule(), _other(**wide, unless={"phrases": ["april"]}))) == []
    assert _conflicts(pack(rule(exempt=[]), _other(**wide, exempt=["quoted"]))) == []


def test_a_rule_with_another_verdict_adds_something() -> None:
    """Or when the other is in shadow."""
    wide = {"matches": {"phrases": ["fool", "idiot"]}}
    assert _conflicts(pack(rule(), _other(**wide, verdict="hold"))) == []
    assert _conflicts(pack(rule(), _other(**wide, shadow=True))) == []


def test_a_rule_on_types_adds_its_weight() -> None:
    """Though another matches all that it does."""
    wide = kind(id="xx.type.flames", matches={"phrases": ["on fire", "flames"]})
    assert _conflicts(pack(types=(kind(), wide))) == []


def test_a_rule_of_one_language_does_not_cover_another() -> None:
    """Only one of any language does."""
    dutch, english = pack(rule(), id="nl", language="nl"), pack(rule(id="en.fool"), id="en", language="en")
    assert _conflicts(dutch, english) == []
    assert len(_conflicts(dutch, pack(rule(id="xx.fool")))) == 1


def test_a_rule_of_one_community_does_not_cover_one_that_holds_everywhere() -> None:
    """The other way round it does."""
    own = pack(rule(id="own.fool"), id="own", communities=["woensel"])
    wide = _other(matches={"phrases": ["fool", "idiot"]})
    assert _conflicts(pack(wide), own)[0].startswith("own.fool: it adds nothing")
    limited = pack(wide, id="limited", communities=["woensel"])
    assert _conflicts(limited, pack(rule())) == []


def test_rules_that_match_no_text_are_named() -> None:
    """Those on types, too."""
    rules = engine(rule(), _other(), types=(kind(),))
    assert unmatched([("what a fool", None), ("good day", "nl")], rules) == ["xx.quarrel.other", "xx.type.fire"]

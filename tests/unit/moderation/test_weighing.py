"""What words and rules together speak for."""

import pytest
from pydantic import ValidationError

from buurtsein_events.reports import MemberNotice
from buurtsein_events.topics import MEMBER_NOTICES
from buurtsein_moderation.assess import Assessment, assess
from buurtsein_moderation.compiling import PackError, compile_packs
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.text import normalise
from buurtsein_moderation.weighing import Weighed, signs
from buurtsein_moderation.weights import Weights

from .given import WORDING, emitted, event, kind, moderation, override, pack, report, rule

SIGNS = {
    "w:sneer": "0 300 0 0 0",
    "w:kindly": "900 0 0 0 0",
    "w:litter": "0 0 0 300 0",
    "f:xx.quarrel.fool": "0 200 0 0 0",
}
CONTENT: dict[str, object] = {
    "version": 7,
    "hold_below": {"quarrel": 0.3},
    "pass_from": 0.6,
    "clear_from": 0.9,
    "urgent_from": 0.3,
    "message": WORDING,
    "categories": ["ok", "quarrel"],
    "types": ["urgent", "nuisance", "none"],
    "bias": [100, 0, 0, 0, 50],
    "signs": SIGNS,
}
WEIGHTS = Weights.model_validate(CONTENT)


def rules(**changes: object) -> Engine:
    """Return an engine with one rule, a type and the weights."""
    return compile_packs([pack(rule(**changes), types=(kind(),))], weights=WEIGHTS)


def assessed(text: str, **changes: object) -> Assessment:
    """Return what is made of a text."""
    return assess(text, rules(**changes))


def test_what_no_rule_finds_and_weighs_clearly_is_held() -> None:
    """For a coordinator, with the word that weighs most, and without a strike."""
    found = assessed("what a sneer").deciding
    assert found is not None
    assert (found.rule.id, found.rule.version, found.rule.verdict, found.rule.strike) == (
        "weighed.quarrel",
        7,
        "hold",
        False,
    )
    assert "what a sneer"[found.start : found.end] == "sneer"


def test_what_weighs_clearly_is_named_besides_what_a_rule_found() -> None:
    """Of another category; the rule settles the verdict, since it says what is wrong."""
    assessment = assessed("fool, what a sneer", category="irrelevant", verdict="decline")
    assert [found.rule.id for found in assessment.findings] == ["xx.quarrel.fool", "weighed.quarrel"]
    assert assessment.verdict == "decline"


def test_what_a_rule_found_is_not_named_again_by_weighing() -> None:
    """One finding says what is wrong."""
    assert [found.rule.id for found in assessed("fool, what a sneer").findings] == ["xx.quarrel.fool"]


def test_what_does_not_weigh_enough_passes() -> None:
    """Doubt alone holds nobody back."""
    assert assessed("what a day").verdict == "publish"


def test_a_rule_that_everything_around_it_speaks_against_is_kept_in_shadow() -> None:
    """It is seen, and does not apply."""
    assessment = assessed("kindly meant, you fool", strike=False)
    assert assessment.verdict == "publish"
    assert [found.rule.shadow for found in assessment.findings] == [True]


@pytest.mark.parametrize("grave", [{"strike": True}, {"strike": False, "severity": "high"}])
def test_friendly_sentences_do_not_outweigh_a_grave_one(grave: dict[str, object]) -> None:
    """Nor do they carry a phishing link to the neighbours."""
    assert assessed("kindly meant. kindly. You fool", **grave).verdict == "ask"


def test_a_grave_rule_is_outweighed_in_a_sentence_that_is_clearly_well() -> None:
    """Then its words mean something else there."""
    assert assessed("kindly meant, fool").verdict == "publish"


@pytest.mark.parametrize(("strike", "verdict"), [(True, "ask"), (False, "publish")])
def test_a_grave_rule_takes_more_to_be_outweighed(strike: bool, verdict: str) -> None:
    """A share between `pass_from` and `clear_from`, here 0.78, leaves it in force, and others not."""
    weights = Weights.model_validate({**CONTENT, "signs": {**SIGNS, "w:kindly": "130 0 0 0 0"}})
    engine = compile_packs([pack(rule(strike=strike), types=(kind(),))], weights=weights)
    assert assess("kindly you fool", engine).verdict == verdict


def test_what_may_be_urgent_is_never_sent_back() -> None:
    """A coordinator looks at it instead."""
    changes = {**CONTENT, "urgent_from": 0.2, "signs": {}}
    engine = compile_packs([pack(rule(), types=(kind(),))], weights=Weights.model_validate(changes))
    assert (assess("you fool", engine).kind.type, assess("you fool", engine).verdict) == ("none", "hold")


def test_what_is_urgent_is_not_held_for_words_alone() -> None:
    """The emergency services come first."""
    assert assessed("sneer, it is on fire").verdict == "publish"


def in_woensel(text: str = "what a sneer", **changes: object) -> Assessment:
    """Return what is made of a text where a community overrides what stands for a rule, and by these weights."""
    own = override(rule="weighed.quarrel", **changes)
    return assess(text, compile_packs([pack(rule()), own], ["woensel"], weights=WEIGHTS), community="woensel")


def test_what_only_weighing_finds_may_be_in_shadow_in_a_community() -> None:
    """There it is found and not applied."""
    assessment = in_woensel(shadow=True)
    assert assessment.verdict == "publish"
    assert [(found.rule.id, found.rule.shadow) for found in assessment.findings] == [("weighed.quarrel", True)]


def test_what_only_weighing_finds_is_counted_when_it_is_in_shadow() -> None:
    """As any rule."""
    own = override(rule="weighed.quarrel", shadow=True)
    policy = moderation(compile_packs([pack(rule()), own], ["woensel", "strict"], weights=WEIGHTS))
    decision = policy.decide(event(report("what a sneer")), {}, report("x").received_at)
    assert ("weighed.quarrel", "hold", "true") in [count.labels for count in decision.counts]


def test_what_only_weighing_finds_is_named_where_a_community_asks_for_it() -> None:
    """It is not taken for a report that says too little, which is asked for more."""
    own = override(rule="weighed.quarrel", verdict="ask")
    policy = moderation(compile_packs([pack(rule()), own], ["woensel", "strict"], weights=WEIGHTS))
    notice = emitted(policy.decide(event(report("what a sneer")), {}, report("x").received_at), MEMBER_NOTICES)
    assert notice is not None
    assert isinstance(notice.data, MemberNotice)
    assert notice.data.rule == "weighed.quarrel"


def test_weighing_may_find_nothing_in_a_community() -> None:
    """Where it is off for a category."""
    assert in_woensel(off=True).findings == ()


def test_what_only_weighing_finds_may_have_another_verdict_and_message_in_a_community() -> None:
    """The rest of it stays."""
    deciding = in_woensel(verdict="ask", message=WORDING | {"nl": "Bij ons niet"}).deciding
    assert deciding is not None
    assert deciding.rule.message is not None
    assert (deciding.rule.verdict, deciding.rule.strike, deciding.rule.message.nl) == ("ask", False, "Bij ons niet")


def test_an_override_of_what_weighs_holds_only_in_its_community() -> None:
    """Elsewhere a coordinator looks."""
    packs = [pack(rule()), override(rule="weighed.quarrel", off=True)]
    engine = compile_packs(packs, ["woensel", "strict"], weights=WEIGHTS)
    assert assess("what a sneer", engine, community="strict").verdict == "hold"


def test_what_is_in_shadow_for_all_of_a_message_hides_nothing_in_a_part_of_it() -> None:
    """Another category is held all the same."""
    changes = {
        "hold_below": {"quarrel": 0.3},
        "hold_part_below": {"spam": 0.3},
        "categories": ["ok", "quarrel", "spam"],
        "bias": [100, 0, 0, 0, 0, 50],
        "signs": {"w:sneer": "0 900 0 0 0 0", "w:bargain": "0 0 600 0 0 0"},
    }
    weights = Weights.model_validate(CONTENT | changes)
    own = override(rule="weighed.quarrel", shadow=True)
    engine = compile_packs([pack(rule()), own], ["woensel"], weights=weights)
    assessment = assess(f"what a sneer. {'day ' * 48}. bargain", engine, community="woensel")
    assert [found.rule.id for found in assessment.findings] == ["weighed.quarrel", "weighed.spam"]
    assert assessment.verdict == "hold"


def test_an_override_of_what_never_weighs_is_refused() -> None:
    """Its name is no category."""
    with pytest.raises(PackError, match=r"weighed\.quarell"):
        compile_packs([pack(rule()), override(rule="weighed.quarell", off=True)], ["woensel"], weights=WEIGHTS)


def test_the_type_is_what_weighs_most() -> None:
    """And the reason says so."""
    assert (assessed("litter").kind.type, assessed("litter").kind.reason) == ("nuisance", "weighed")


def weighed(text: str, **content: object) -> Weighed | None:
    """Return what a text weighs, without rules, by weights with changes."""
    weights = Weights.model_validate({**CONTENT, **content})
    engine = compile_packs([pack(rule(), lists={"tools": ("hammer", "old saw")})], weights=weights)
    assert engine.scales is not None
    return engine.scales.weigh(engine.scan(normalise(text)), [], [])


def test_shares_add_up() -> None:
    """As in logistic regression: 1 / (1 + e^-1) for a lead of one."""
    found = weighed("day")
    assert found is not None
    assert found.ok == pytest.approx(0.7311, abs=1e-4)


@pytest.mark.parametrize("text", ["hammer", "old saw"])
def test_a_word_or_a_phrase_of_a_list_weighs_as_one_of_the_list(text: str) -> None:
    """So a word that no message taught about weighs, too."""
    found = weighed(text, signs={"l:tools": "-500 0 0 0 0"})
    assert found is not None
    assert found.ok < 0.1


def test_a_pair_of_words_weighs_in_its_order() -> None:
    """As one sign."""
    pair = {"signs": {"b:get lost": "-500 0 0 0 0"}}
    found = [weighed(text, **pair) for text in ("get lost", "lost get")]
    assert [one.ok < 0.01 for one in found if one] == [True, False]


def test_weights_below_nothing_add_up_with_those_above() -> None:
    """A sum is exact for every category, whatever the signs of the others."""
    found = weighed("one two", signs={"w:one": "-300 1 -1 200 0", "w:two": "300 -1 1 -200 0"})
    plain = weighed("day day", signs={})
    assert found == plain


def test_a_text_without_words_weighs_nothing() -> None:
    """There is nothing to point at."""
    assert weighed(":-)") is None


def test_a_sign_counts_once_however_often_it_is_there() -> None:
    """Repetition is no evidence."""
    engine = rules()
    assert signs(engine.scan(normalise("litter litter")), engine.lexicon, [], [])["w:litter"] == pytest.approx(
        3 / 2**0.5
    )


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"bias": [0]}, "bias has not 5 weights"),
        ({"signs": {"w:x": "1"}}, "w:x has not 5 weights"),
        ({"signs": {"w:x": [1, 0, 0, 0, 0]}}, "w:x must have a text of whole numbers"),
        ({"signs": {"w:x": "1 0 0 0 0.5"}}, "w:x must have a text of whole numbers"),
        ({"signs": {"w:x": "20000 0 0 0 0"}}, "w:x weighs more than 10000"),
        ({"categories": ["spam", "quarrel"]}, "lack ok"),
        ({"hold_below": {"quarrel": 2}}, "hold_below"),
        ({"hold_below": {"quarrel": 0.61}}, "hold_below must be pass_from or less"),
        ({"clear_from": 0.5}, "clear_from must be pass_from or more"),
        ({"hold_below": {"spam": 0.3}}, "spam, which is not one of the categories"),
        ({"categories": ["ok"], "bias": [0] * 4, "signs": {}}, "categories"),
        ({"types": [], "bias": [0] * 2, "signs": {}}, "types"),
        ({"categories": ["ok", "spam", "spam"], "bias": [0] * 6, "signs": {}}, "named twice"),
    ],
)
def test_weights_that_are_none_are_refused(changes: dict[str, object], mistake: str) -> None:
    """The mistake is named."""
    with pytest.raises(ValidationError, match=mistake):
        Weights.model_validate({**CONTENT, **changes})

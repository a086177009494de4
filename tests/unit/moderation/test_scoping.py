"""Rules that are something else in some communities."""

import pytest

from buurtsein_events.communities import UNASSIGNED
from buurtsein_moderation.assess import Assessment, assess
from buurtsein_moderation.compiling import PackError, compile_packs
from buurtsein_moderation.packs import Pack

from .given import WORDING, event, kind, moderation, override, pack, report, rule

NOON_STATE: dict[str, dict[str, float]] = {}
COMMUNITIES = ("woensel", "strict")


def _assessed(*packs: Pack, community: str = "woensel", text: str = "what a fool") -> Assessment:
    return assess(text, compile_packs(packs, COMMUNITIES), community=community)


def _mistakes(*packs: Pack) -> list[str]:
    with pytest.raises(PackError) as refused:
        compile_packs(packs, COMMUNITIES)
    return refused.value.problems


def test_a_pack_for_a_community_holds_only_there() -> None:
    """Not elsewhere, and not for reports without a community."""
    own = pack(rule(), communities=["woensel"])
    assert _assessed(own).verdict == "ask"
    assert _assessed(own, community="strict").verdict == "publish"
    assert _assessed(own, community=UNASSIGNED).verdict == "publish"


def test_rules_on_types_of_such_a_pack_hold_only_there() -> None:
    """What is fire in one community is none in another."""
    own = pack(types=(kind(),), communities=["woensel"])
    assert _assessed(own, text="on fire").kind.type == "urgent"
    assert _assessed(own, text="on fire", community="strict").kind.type == "none"


def test_a_rule_may_be_off_in_a_community() -> None:
    """Elsewhere it applies."""
    packs = pack(rule()), override(off=True)
    assert _assessed(*packs).findings == ()
    assert _assessed(*packs, community="strict").verdict == "ask"


def test_a_rule_may_be_in_shadow_in_a_community() -> None:
    """There it is found and not applied."""
    assessment = _assessed(pack(rule()), override(shadow=True))
    assert assessment.verdict == "publish"
    assert [found.rule.shadow for found in assessment.findings] == [True]


def test_a_rule_in_shadow_may_apply_in_a_community() -> None:
    """To try it there first."""
    assert _assessed(pack(rule(shadow=True)), override(shadow=False)).verdict == "ask"


def test_a_rule_may_have_another_verdict_and_message_in_a_community() -> None:
    """The rest of it stays."""
    message = WORDING | {"nl": "Bij ons niet"}
    deciding = _assessed(pack(rule()), override(verdict="hold", message=message)).deciding
    assert deciding is not None
    assert (deciding.rule.verdict, deciding.rule.next_step) == ("hold", "rephrase")
    assert deciding.rule.message is not None
    assert deciding.rule.message.nl == "Bij ons niet"


def test_an_override_for_every_community_gives_way_to_that_of_one() -> None:
    """Whatever the order of the packs."""
    everywhere = pack(id="all", overrides=[{"rule": "xx.quarrel.fool", "verdict": "decline"}])
    packs = override(verdict="hold"), everywhere, pack(rule())
    assert _assessed(*packs).verdict == "hold"
    assert _assessed(*packs, community="strict").verdict == "decline"


def test_the_policy_decides_by_the_rules_of_the_reports_community() -> None:
    """A report names it, or its area lies in it."""
    policy = moderation(compile_packs([pack(rule()), override(verdict="hold")], COMMUNITIES))
    outcomes = [
        policy.decide(event(report("what a fool", **where)), NOON_STATE, report("x").received_at).outcome
        for where in (
            {"community": "woensel"},
            {"community": None, "area": "eindhoven/woensel-west"},
            {"community": "strict"},
            {"community": None},
        )
    ]
    assert outcomes == ["hold", "hold", "ask", "ask"]


def test_unknown_rules_and_communities_are_refused_all_at_once() -> None:
    """Each with the name of its pack."""
    first, second = _mistakes(
        pack(rule(), communities=["nowhere"]), pack(id="other", overrides=[{"rule": "xx.ghost", "off": True}])
    )
    assert first == "xx: it is for the community 'nowhere', which is not one of strict, unassigned, woensel"
    assert second == "other: it overrides 'xx.ghost', and no pack that can be read has such a rule"


def test_a_rule_on_types_can_only_be_off() -> None:
    """It has neither a verdict nor a message."""
    (mistake,) = _mistakes(pack(types=(kind(),)), override(rule="xx.type.fire", verdict="hold"))
    assert mistake == "woensel: xx.type.fire is a rule on types, which can only be overridden with `off: true`"
    off = _assessed(pack(types=(kind(),)), override(rule="xx.type.fire", off=True), text="on fire")
    assert off.kind.type == "none"


def test_a_rule_that_is_overridden_twice_for_a_community_is_refused() -> None:
    """Nobody could tell which holds."""
    twin = override(verdict="hold").model_copy(update={"id": "twin"})
    (mistake,) = _mistakes(pack(rule()), override(off=True), twin)
    assert mistake == "xx.quarrel.fool: it is overridden 2 times for woensel"


def test_an_override_where_the_rule_does_not_hold_is_refused() -> None:
    """It would do nothing."""
    (mistake,) = _mistakes(pack(rule(), communities=["strict"]), override(off=True))
    assert mistake == "woensel: xx.quarrel.fool is only for strict, so its override does nothing"


@pytest.mark.parametrize("changes", [{}, {"off": True, "verdict": "hold"}], ids=["nothing", "off and more"])
def test_an_override_says_one_thing(changes: dict[str, object]) -> None:
    """That the rule is off, or what is different about it."""
    with pytest.raises(ValueError, match="an override is either `off: true` or gives shadow, verdict or message"):
        override(**changes)

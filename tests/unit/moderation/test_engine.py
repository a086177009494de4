"""What holds when: phrases, words near each other, exemptions, languages."""

import pytest

from buurtsein_moderation.compiling import compile_packs
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.text import normalise

from .given import engine, kind, pack, rule


def _near(**options: object) -> Engine:
    near = {"words": [["cat"], ["bites", "bit"]], **options}
    return engine(rule(matches={"near": [near]}, examples={"match": ["cat bites"], "not": ["cat"]}))


def _holds(rules: Engine, text: str) -> bool:
    return bool(rules.match(normalise(text)).findings)


@pytest.mark.parametrize(
    ("options", "text", "expected"),
    [
        ({}, "the cat often bites", True),
        ({}, "bites from a cat", True),
        ({}, "the cat sleeps. The dog bites", False),
        ({"scope": "message"}, "the cat sleeps. The dog bites", True),
        ({"scope": "clause"}, "the cat sleeps, the dog bites", False),
        ({"scope": "clause"}, "the cat sleeps while it bites", False),
        ({"scope": "clause"}, "the cat sometimes bites, so beware", True),
        ({"without": ["never"]}, "a cat never bites", False),
        ({"without": ["never"]}, "never mind, a cat bites", True),
        ({"ordered": True}, "bites from a cat", False),
        ({"ordered": True}, "a cat that bit me", True),
        ({"within": 2}, "a cat with claws that bites", False),
        ({"within": 3}, "a cat with claws that bites", True),
    ],
)
def test_words_near_each_other(options: dict[str, object], text: str, expected: bool) -> None:
    """Within some words, in one sentence, in order: as the rule says."""
    assert _holds(_near(**options), text) is expected


def test_near_looks_at_every_place_of_the_first_word() -> None:
    """The first cat is too far away, the second is not."""
    assert _holds(_near(within=1), "a cat. Another cat bites")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a tom sleeps. A grey cat bites", True),
        ("a grey cat bites. A tom sleeps", True),
        ("a tom sleeps. A grey dog bites. A cat is grey", False),
    ],
)
def test_a_word_of_a_list_hides_no_chain_of_it_in_another_sentence(text: str, holds: bool) -> None:
    """A list of words and of lists after each other has places of both kinds."""
    lists = {"grey": ("grey",), "cats": ("tom", "{grey} cat")}
    near = {"near": [{"words": [["{cats}"], ["bites"]]}]}
    rules = engine(rule(matches=near, examples={"match": ["tom bites"], "not": ["tom"]}), lists=lists)
    assert _holds(rules, text) is holds


def test_three_lists_must_all_be_near_the_first() -> None:
    """Two out of three are not enough."""
    rules = engine(
        rule(
            matches={"near": [{"words": [["cat"], ["always"], ["bites"]], "within": 3}]},
            examples={"match": ["always a cat bites"], "not": ["a cat bites"]},
        )
    )
    assert _holds(rules, "cat always bites")
    assert not _holds(rules, "always one two three four cat bites")


@pytest.mark.parametrize(("text", "holds"), [("a cat always bites dogs", True), ("a cat bites dogs always", False)])
def test_in_a_sequence_every_list_comes_after_the_one_before(text: str, holds: bool) -> None:
    """And not only after the first."""
    words = [["cat"], ["always"], ["bites"], ["dogs"]]
    example = {"match": ["cat always bites dogs"], "not": ["x"]}
    assert _holds(engine(rule(matches={"near": [{"words": words, "ordered": True}]}, examples=example)), text) is holds


def test_the_span_is_what_matched_in_the_original() -> None:
    """Accents, capitals and stretched letters included."""
    text = "Hé, the CÁÁÁT really bites!"
    (found,) = _near().match(normalise(text)).findings
    assert text[found.start : found.end] == "CÁÁÁT really bites"


def test_an_exemption_anywhere_in_the_message_counts() -> None:
    """Also in another sentence."""
    rules = engine(rule(unless={"phrases": ["sorry"]}))
    assert _holds(rules, "you fool")
    assert not _holds(rules, "you fool! Sorry, I mean myself")


def test_an_exemption_can_be_words_near_each_other() -> None:
    """Negation is one."""
    rules = engine(rule(unless={"near": [{"words": [["not"], ["fool"]], "within": 2}]}))
    assert not _holds(rules, "you are not a fool")
    assert _holds(rules, "not today, and you know it very well, fool")


def test_a_rule_only_holds_in_its_language() -> None:
    """In both when the message does not tell."""
    dutch = pack(rule(id="nl.one", examples={"match": ["fool"], "not": ["x"]}), id="nl", language="nl")
    english = pack(rule(id="en.one", examples={"match": ["fool"], "not": ["x"]}), id="en", language="en")
    rules = compile_packs([dutch, english])

    def ids(text: str, language: str | None = None) -> list[str]:
        return [found.rule.id for found in rules.match(normalise(text), language).findings]

    assert ids("you are a fool and that is it") == ["en.one"]
    assert ids("je bent een fool en dat is het") == ["nl.one"]
    assert ids("fool") == ["nl.one", "en.one"]
    assert ids("fool", "en") == ["en.one"]


def test_rules_on_types_are_told_apart_from_findings() -> None:
    """Both come from one pass."""
    matched = engine(rule(), types=(kind(),)).match(normalise("the fool is on fire"))
    assert [found.rule.id for found in matched.findings] == ["xx.quarrel.fool"]
    assert [one.id for one in matched.types] == ["xx.type.fire"]


def test_an_engine_without_rules_finds_nothing() -> None:
    """It is the smallest pack."""
    assert engine().match(normalise("anything")).findings == ()

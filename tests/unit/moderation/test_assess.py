"""From findings to a verdict."""

import pytest

from buurtsein_moderation.assess import assess

from .given import engine, kind, rule

CHATTY = rule(
    id="xx.irrelevant", category="irrelevant", verdict="decline", strike=False, matches={"phrases": ["hello"]},
    examples={"match": ["hello"], "not": ["bye"]},
)  # fmt: skip
OFFER = CHATTY | {
    "id": "xx.spam",
    "category": "spam",
    "matches": {"phrases": ["offer"]},
    "examples": {"match": ["offer"], "not": ["x"]},
}
HUNT = rule(
    id="xx.vigilantism", category="vigilantism", verdict="hold", severity="high", matches={"phrases": ["hunt"]},
    examples={"match": ["hunt"], "not": ["x"]},
)  # fmt: skip
RULES = engine(rule(), CHATTY, OFFER, HUNT, types=(kind(),))


@pytest.mark.parametrize(
    ("text", "verdict", "deciding"),
    [
        ("a lamp is out", "publish", None),
        ("you fool", "ask", "xx.quarrel.fool"),
        ("hello", "decline", "xx.irrelevant"),
        ("hello fool", "ask", "xx.quarrel.fool"),
        ("hunt the fool", "hold", "xx.vigilantism"),
        ("offer", "decline", "xx.spam"),
        ("hello, the shed is on fire", "publish", None),
        ("offer: the shed is on fire", "hold", "xx.spam"),
        ("you fool, the shed is on fire", "hold", "xx.quarrel.fool"),
    ],
)
def test_the_strictest_finding_settles_the_verdict(text: str, verdict: str, deciding: str | None) -> None:
    """Urgent reports are never sent back or declined, and chatter in them is no finding."""
    assessment = assess(text, RULES)
    assert assessment.verdict == verdict
    assert (assessment.deciding.rule.id if assessment.deciding else None) == deciding


def test_chatter_in_a_report_with_a_stated_urgent_type_is_no_finding() -> None:
    """The reporter knows."""
    assert assess("hello", RULES, stated="urgent").verdict == "publish"
    assert assess("hello", RULES, stated="nuisance").verdict == "decline"


def test_a_shadow_rule_is_found_and_not_applied() -> None:
    """It stays among the findings, for the metrics."""
    assessment = assess("you fool", engine(rule(shadow=True)))
    assert assessment.verdict == "publish"
    assert [found.rule.id for found in assessment.findings] == ["xx.quarrel.fool"]


def test_the_severest_of_equally_strict_rules_decides() -> None:
    """Among equals the first."""
    severe = rule(id="severe", severity="high")
    assert (found := assess("fool", engine(rule(), severe)).deciding) is not None
    assert found.rule.id == "severe"
    assert (first := assess("fool", engine(rule(), rule(id="second"))).deciding) is not None
    assert first.rule.id == "xx.quarrel.fool"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("somebody wrote 'you fool' on my door", "publish"),
        ('they shouted "you fool" at my son', "publish"),
        ("'you fool'", "ask"),
        ("'what a day' you fool, and it's so", "ask"),
        ("don't be a fool, it's late", "ask"),
    ],
)
def test_what_is_quoted_is_not_the_authors(text: str, verdict: str) -> None:
    """A quotation with little around it is only a disguise."""
    assert assess(text, RULES).verdict == verdict


def test_offsets_of_findings_are_those_of_the_original() -> None:
    """Also after letters were squeezed and marks dropped."""
    text = "Yöu fóoool\u0301!"
    (found,) = assess(
        text.replace("fóoool", "fooool"),
        engine(rule(matches={"phrases": ["fol"]}, examples={"match": ["fol"], "not": ["x"]})),
    ).findings
    assert text[found.start : found.end].startswith("f")
    assert found.end <= len(text)


def test_a_declined_text_is_redacted_too() -> None:
    """The coordinator may see it."""
    assert assess("offer, call 06-12345678", RULES).public_text == "offer, call [telefoonnummer]"

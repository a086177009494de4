"""Which type wins, and why."""

import pytest

from buurtsein_moderation.kinds import CLEARLY, NONE, Kind, by_evidence, by_weight, kind_of
from buurtsein_moderation.packs import CategoryRule, TypeRule

from .given import kind, rule


def _rule(name: str, of: str, weight: int) -> TypeRule:
    return TypeRule.model_validate(kind(id=name, type=of, weight=weight))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], NONE),
        ([("a", "idea", 2)], Kind("idea", "a", 2)),
        ([("a", "idea", 2), ("b", "nuisance", 3)], Kind("nuisance", "b", 3)),
        ([("a", "idea", 2), ("b", "idea", 3), ("c", "nuisance", 4)], Kind("nuisance", "c", 4)),
        ([("a", "idea", 2), ("b", "nuisance", 2)], Kind("nuisance", "b", 2)),
        ([("a", "urgent", 6), ("b", "suspicious", 6)], Kind("urgent", "a", 6)),
        ([("a", "urgent", 1), ("b", "suspicious", 2)], Kind("suspicious", "b", 2)),
        ([("a", "nuisance", 5), ("b", "none", 6)], Kind("none", "b", 6)),
        ([("a", "nuisance", 6), ("b", "none", 6)], Kind("nuisance", "a", 6)),
        ([("a", "urgent", 1)], NONE),
    ],
)
def test_the_heaviest_rule_decides_the_most_pressing_first(rules: list[tuple[str, str, int]], expected: Kind) -> None:
    """Rules do not add up: one that says enough is the reason, and what only supports is nothing by itself."""
    assert by_weight([_rule(*one) for one in rules]) == expected


@pytest.mark.parametrize(
    ("category", "type_", "weight", "expected"),
    [
        ("spam", "nuisance", 2, "none"),
        ("quarrel", "nuisance", 2, "none"),
        ("irrelevant", "nuisance", 2, "none"),
        ("spam", "urgent", 5, "urgent"),
        ("quarrel", "nuisance", 4, "nuisance"),
        ("stigmatising", "nuisance", 2, "nuisance"),
        ("vigilantism", "nuisance", 2, "nuisance"),
    ],
)
def test_who_advertises_or_quarrels_needs_more_to_report_something(
    category: str, type_: str, weight: int, expected: str
) -> None:
    """A finding weighs against weak signs; what is clear stays, and abuse of a group may come with a report."""
    finding = CategoryRule.model_validate(rule(category=category))
    assert by_weight([_rule("a", type_, weight)], [finding]).type == expected


@pytest.mark.parametrize(
    ("rule_says", "share", "expected"),
    [
        (Kind("idea", "a", CLEARLY), 0.2, "idea"),
        (Kind("idea", "a", CLEARLY), 0.19, "nuisance"),
        (Kind("idea", "a", CLEARLY - 1), 0.4, "nuisance"),
        (Kind("urgent", "a", CLEARLY - 1), 0.05, "urgent"),
        (Kind("urgent", "a", CLEARLY), 0.04, "nuisance"),
        (NONE, 0.4, "nuisance"),
    ],
)
def test_a_clear_rule_holds_where_all_evidence_allows_it(rule_says: Kind, share: float, expected: str) -> None:
    """An urgent one where it is conceivable; else what weighs most wins."""
    assert by_evidence(rule_says, {rule_says.type: share, "nuisance": 1 - share}).type == expected


def test_what_the_reporter_stated_wins() -> None:
    """Rules on free text do not contradict a person."""
    assert kind_of(Kind("nuisance", "a", 6), "idea", None) == Kind("idea", "stated")


def test_clearly_urgent_text_raises_what_was_stated() -> None:
    """A fire that was filed as nuisance goes to the fire brigade; a weak sign changes nothing."""
    assert kind_of(Kind("urgent", "fire", 6), "nuisance", None) == Kind("urgent", "fire", 6)
    assert kind_of(Kind("urgent", "weak", 1), "nuisance", None) == Kind("nuisance", "stated")


def test_something_suspicious_that_is_happening_now_is_urgent() -> None:
    """Only when the reporter did not say what it is."""
    assert kind_of(Kind("suspicious", "a", 4), None, True) == Kind("urgent", "happening_now")
    assert kind_of(Kind("suspicious", "a", 4), "suspicious", True) == Kind("suspicious", "stated")
    assert kind_of(Kind("suspicious", "a", 4), None, False).type == "suspicious"
    assert kind_of(Kind("nuisance", "a", 4), None, True).type == "nuisance"

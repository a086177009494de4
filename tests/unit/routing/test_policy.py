"""What a decision of routing says besides the signal: log, counts and how it ended."""

from pathlib import Path

import pytest

from buurtsein_events.reports import MemberNotice
from buurtsein_events.results import Count, Never
from buurtsein_events.values import Message, SignalType, Verdict
from tests.unit.routing.given import NOON, SHIPPED, Stage, event, minutes, moderated, networks, policy_of

FIRE = "Brand in de fietsenstalling, veel rook"


def test_the_log_tells_where_a_report_went_and_by_which_rules() -> None:
    """With the incident that it belongs to."""
    stage = Stage()
    first, second = (stage.decide(moderated(FIRE, "urgent", number=each, at=minutes(each))) for each in (1, 2))
    assert second.fields == {
        "report": "report-2",
        "community": "overvecht",
        "networks": "fire_brigade,community",
        "rules": first.fields["rules"],
        "incident": first.fields["incident"],
    }


def test_metrics_count_each_network_and_what_was_linked() -> None:
    """A duplicate reaches all of them all the same."""
    stage = Stage()
    counts = [stage.decide(moderated(FIRE, "urgent", number=each, at=minutes(each))).counts for each in (1, 2)]
    routed = (Count("routed", ("fire_brigade",)), Count("routed", ("community",)))
    assert counts == [routed, (Count("linked"), *routed)]


def test_what_goes_nowhere_says_so() -> None:
    """By name, as accepted when it was."""
    decision = SHIPPED.decide(event(moderated(verdict="decline")), {}, NOON)
    assert decision.fields == {"report": "report-1", "community": "overvecht", "networks": "", "rules": ""}
    assert (decision.outcome, decision.accepted_at, decision.emits, decision.changes) == ("declined", NOON, (), ())


@pytest.mark.parametrize(
    ("kind", "verdict", "outcome"),
    [
        ("nuisance", "publish", "routed"),
        ("nuisance", "ask", "asked"),
        ("nuisance", "hold", "held"),
        ("urgent", "decline", "declined"),
    ],
)
def test_the_outcome_follows_the_verdict(kind: SignalType, verdict: Verdict, outcome: str) -> None:
    """Also of what networks receive."""
    assert SHIPPED.decide(event(moderated(FIRE, kind, verdict)), {}, NOON).outcome == outcome


@pytest.mark.parametrize(("verdict", "seen"), [("publish", True), ("hold", False), ("decline", False)])
def test_neighbours_receive_only_what_was_published(verdict: Verdict, seen: bool) -> None:
    """Though the fire brigade has it at once."""
    decision = SHIPPED.decide(event(moderated(FIRE, "urgent", verdict)), {}, NOON)
    assert "fire_brigade" in decision.fields["networks"]
    assert ("community" in decision.fields["networks"]) is seen


def test_another_event_can_never_be_decided() -> None:
    """It becomes a dead letter, and no facts are asked for."""
    words = Message(nl="x", en="x")
    notice = event(MemberNotice(report_id="r", member="m", channel="app", step="note", message=words))
    with pytest.raises(Never, match="unexpected_type"):
        SHIPPED.decide(notice, {}, NOON)
    assert SHIPPED.keys(notice) == ()


TO_ALL = """
tree:
  networks: [coordinator]
  promise: 7d
  routes:
    - {name: urgent, match: {type: urgent}, networks: [police, coordinator, community]}
    - {name: stopped, match: {verdict: [ask, hold, decline]}, networks: [coordinator, community]}
"""


@pytest.mark.parametrize(("kind", "others"), [("urgent", {"police", "coordinator"}), ("nuisance", {"coordinator"})])
def test_no_rule_sends_neighbours_what_was_not_published(tmp_path: Path, kind: SignalType, others: set[str]) -> None:
    """Whatever an operator wrote."""
    assert networks(policy_of(tmp_path, TO_ALL), moderated(kind=kind, verdict="hold")) == others

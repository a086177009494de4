"""A decision that a person revised: who did not receive the report before does now, and nobody receives it twice."""

import pytest

from buurtsein_events.values import SignalType, Verdict
from tests.unit.routing.given import NOON, SHIPPED, Stage, assignments, event, moderated, signal

THEFT = "Mijn scooter is vannacht gestolen"


def test_what_was_held_and_is_approved_goes_to_those_who_did_not_have_it() -> None:
    """The signal names all of them; the topics of the networks carry it once."""
    held = moderated(THEFT, "suspicious", verdict="hold", category="vigilantism")
    approved = held.model_copy(update={"verdict": "publish", "before": "hold", "revision": 1})
    stage = Stage()
    before, after = stage.decide(held), stage.decide(approved)
    assert set(assignments(before)) == {"coordinator", "police"}
    assert set(assignments(after)) == {"community"}
    assert (signal(after).verdict, signal(after).revision) == ("publish", 1)
    assert {each.network for each in signal(after).assignments} >= {"police", "community"}
    assert signal(after).signal_id == signal(before).signal_id


@pytest.mark.parametrize(("kind", "before"), [("urgent", "hold"), ("none", "hold"), ("none", "ask")])
def test_a_later_decision_that_brings_it_to_nobody_new_is_no_signal(kind: SignalType, before: Verdict) -> None:
    """Say, an urgent report that the police had at once and that is declined for the neighbours."""
    decision = SHIPPED.decide(event(moderated(kind=kind, verdict="decline", before=before)), {}, NOON)
    assert (decision.outcome, decision.emits) == ("declined", ())


def test_a_published_report_is_a_signal_even_when_all_have_it() -> None:
    """So that it ends as routed."""
    decision = SHIPPED.decide(event(moderated(THEFT, "suspicious", before="publish")), {}, NOON)
    assert (assignments(decision), signal(decision).revision) == ({}, 1)


def test_how_long_a_person_took_is_no_latency() -> None:
    """The time since acceptance is measured for what the rules decided."""
    assert SHIPPED.decide(event(moderated(THEFT, before="hold")), {}, NOON).accepted_at is None
    assert SHIPPED.decide(event(moderated(THEFT)), {}, NOON).accepted_at == NOON

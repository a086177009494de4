"""What the balance counts and what it does not: events where they don't belong, retries, replays and late records."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buurtsein_events.accounting import Account, Ledger
from buurtsein_events.examples import example
from tests.unit.events.records import AT, Topics, assigned, balance, dead, moderated, raw, received, routed, said

STAGES = {
    "reports.received": raw(received("r"), "e"),
    "moderation.actions": example("moderation.action"),
    "reports.moderated": raw(moderated("r"), "e"),
    "signals.routed": raw(routed("r"), "e"),
    "signals.routed.police": raw(assigned("r", "police"), "e"),
}
STRAY = [(topic, of) for topic in STAGES for of in STAGES if topic != of]


@pytest.mark.parametrize(("topic", "of"), STRAY, ids=[f"{of} on {topic}" for topic, of in STRAY])
def test_an_event_counts_only_on_its_own_topic(topic: str, of: str) -> None:
    """Elsewhere it is misplaced, and nobody's report or signal."""
    day = Topics()
    day.put(topic, STAGES[of])
    account = balance(day.records)
    assert (account.misplaced, account.accepted, account.assigned) == (1, 0, {})


@pytest.mark.parametrize("topic", STAGES)
def test_no_event_is_misplaced_on_its_own_topic(topic: str) -> None:
    """Also when nothing else is known of it."""
    day = Topics()
    day.put(topic, STAGES[topic])
    assert balance(day.records).misplaced == 0


READ = [(topic, of) for topic, of in STRAY if topic in ("reports.received", "moderation.actions", "reports.moderated")]


@pytest.mark.parametrize(("topic", "of"), READ, ids=[f"{of} on {topic}" for topic, of in READ])
def test_a_dead_letter_is_all_that_a_misplaced_event_owes(topic: str, of: str) -> None:
    """Of the stage that could not use it."""
    day = Topics()
    day.bury(day.put(topic, STAGES[of]))
    assert balance(day.records).faults == ()


def test_a_misplaced_event_that_only_its_dead_letter_tells_of_is_not_counted() -> None:
    """Its record is gone, as may be."""
    day = Topics()
    day.bury(day.put("reports.received", STAGES["signals.routed"]))
    assert balance(day.records[1:]).misplaced == 0


def test_a_replay_is_no_retry() -> None:
    """Operators put back what clients sent once."""
    day = Topics()
    day.replay(day.bury(day.receive("r")))
    account = balance(day.records)
    assert (account.retries, account.replays) == (0, 1)


def test_a_retry_is_no_replay() -> None:
    """However often a client sends."""
    day = Topics()
    for _ in range(3):
        day.receive("r")
    account = balance(day.records)
    assert (account.retries, account.replays) == (2, 0)


def test_what_is_put_back_on_a_network_is_counted_and_owes_nothing() -> None:
    """It is the network's to read again."""
    day = Topics()
    day.replay(dead(day.assign("r", "police")))
    account = balance(day.records)
    assert (account.replays, account.assigned) == (1, {"police": 1})


def test_a_lost_report_is_lost_where_it_was_first() -> None:
    """Whatever its client sent again."""
    day = Topics()
    day.receive("r")
    day.receive("r")
    (fault,) = balance(day.records).faults
    assert fault.where == "reports.received:0:0"


def test_a_report_is_lost_where_it_was_last_answered() -> None:
    """After its second replay, behind its second dead letter."""
    day = Topics()
    again = day.replay(day.bury(day.receive("r")))
    day.replay(day.bury(again))
    (fault,) = balance(day.records).faults
    assert (fault.kind, fault.where) == ("lost", str(again.origin))


def test_a_report_that_is_sent_again_late_is_still_due() -> None:
    """Its first record has waited long enough."""
    day = Topics()
    records = [day.receive("r"), replace(day.receive("r"), late=True)]
    assert said(balance(records)) == [("lost", "r")]


def late_day() -> Account:
    """Return the balance of a report that came late and was published and routed, but reached no network yet."""
    day = Topics()
    day.receive("r")
    day.moderate("r")
    day.receive("s")
    day.moderate("s")
    day.route("s", "police", told=())
    return balance([replace(record, late=True) for record in day.records])


def test_what_comes_late_owes_nothing_at_any_stage() -> None:
    """It is on its way."""
    assert late_day().faults == ()


def test_what_comes_late_is_not_accepted_yet() -> None:
    """So that states and reports are as many."""
    assert (late_day().accepted, late_day().states) == (0, {})


def test_what_is_from_before_a_moment_is_in_no_count() -> None:
    """The moment itself is within."""
    day = Topics()
    day.receive("r")
    day.moderate("r")
    day.route("r", "police")
    ledger = Ledger()
    for record in day.records:
        ledger.add(record)
    counted = [(each.accepted, each.assigned) for each in map(ledger.account, (AT, AT + timedelta(seconds=1)))]
    assert counted == [(1, {"police": 1}), (0, {})]


def test_what_followed_from_nothing_is_named_once() -> None:
    """At the first of its records, and nothing else is asked of it."""
    day = Topics()
    day.moderate("gone")
    day.moderate("gone")
    day.route("gone")
    assert said(balance(day.records)) == [("unexplained", "gone")]


def test_a_signal_does_not_decide() -> None:
    """A report is what moderation said last, whatever routing wrote."""
    day = Topics()
    day.receive("r")
    day.moderate("r", "ask")
    day.route("r", revision=1)
    assert balance(day.records).states == {"asked": 1}

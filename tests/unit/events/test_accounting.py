"""The balance names what is lost, what is there twice and what nothing explains, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.accounting import Ledger, Sighting
from buurtsein_events.ids import derive
from buurtsein_events.topics import topics
from tests.unit.events.records import AT, Topics, balance, moderated, raw, said


def a_good_day() -> Topics:
    """Return topics with a report for every way to end, retries, poison and a replay."""
    day = Topics()
    for report in ("p", "a", "h", "d"):
        day.receive(report)
    day.receive("p")
    day.moderate("p")
    day.route("p", "police", "community")
    day.moderate("a", "ask")
    day.route("a", "coordinator")
    day.moderate("h", "hold")
    day.moderate("d", "decline")
    day.bury(day.receive("stuck"))
    day.bury(day.put("reports.received", b"{"), "not_json")
    day.bury(day.put("reports.received", None), "null")
    day.receive("late")
    day.bury(day.moderate("late"), stage="routing")
    day.replay(day.bury(day.receive("healed")))
    day.moderate("healed", "decline")
    return day


def test_good_day() -> None:
    """Every way to end is counted once, retries and replays beside it, and nothing is wrong."""
    account = balance(a_good_day().records)
    assert account.faults == ()
    assert account.accepted == 7
    assert account.states == {"routed": 1, "asked": 1, "held": 1, "declined": 2, "dead_letter": 2}
    assert (account.retries, account.replays, account.broken) == (1, 1, 2)
    assert account.assigned == {"police": 1, "community": 1, "coordinator": 1}
    assert account.dead_letters == {
        ("reports.received.dlq", "undecidable"): 2,
        ("reports.received.dlq", "not_json"): 1,
        ("reports.received.dlq", "null"): 1,
        ("reports.moderated.dlq", "undecidable"): 1,
    }


@given(st.permutations(a_good_day().records))
def test_order_of_reading(records: list[Sighting]) -> None:
    """In whatever order the topics are read, a good day stays a good day."""
    account = balance(records)
    assert (account.faults, sum(account.states.values())) == ((), account.accepted)


NEEDED = [
    record
    for record in a_good_day().records
    if record.origin.topic.startswith(("signals.", "reports.moderated", "reports.received.dlq"))
]


REPLAYED = next(record for record in NEEDED if b"healed" in (record.value or b""))
"""A dead letter that was replayed well: without it the report still ended once."""


@pytest.mark.parametrize(
    "missing", [record for record in NEEDED if record != REPLAYED], ids=lambda record: str(record.origin)
)
def test_any_missing_record(missing: Sighting) -> None:
    """Whichever record after the first is left out, somebody is named."""
    account = balance([record for record in a_good_day().records if record != missing])
    assert account.faults


@pytest.mark.parametrize("twice", NEEDED, ids=lambda record: str(record.origin))
def test_any_record_twice(twice: Sighting) -> None:
    """Whichever record after the first is there twice, somebody is named."""
    again = replace(twice, origin=replace(twice.origin, offset=999))
    account = balance([*a_good_day().records, again])
    assert account.count("twice") == 1


def lost_in_moderation(day: Topics) -> str:
    """Leave a report without an answer."""
    day.receive("r")
    return "r"


def lost_in_routing(day: Topics) -> str:
    """Leave a published report without a signal."""
    day.receive("r")
    day.moderate("r")
    return "r"


def lost_on_a_network(day: Topics) -> str:
    """Leave a signal without the record that a network should get."""
    day.receive("r")
    day.moderate("r")
    day.route("r", "police", "community")
    day.records = [record for record in day.records if record.origin.topic != "signals.routed.police"]
    return derive("r", "signal")


def lost_poison(day: Topics) -> str:
    """Leave a broken record without its dead letter."""
    return str(day.put("reports.received", b"\xff").origin)


def lost_replay(day: Topics) -> str:
    """Leave a replay without an answer."""
    day.replay(day.bury(day.receive("r")))
    return "r"


@pytest.mark.parametrize(
    ("make", "end", "detail"),
    [
        (lost_in_moderation, "reports.received:0:0", "reports.received has it, nothing followed"),
        (lost_in_routing, "reports.moderated:0:1", "reports.moderated has it, nothing followed"),
        (lost_on_a_network, "signals.routed:0:2", "signals.routed.police lacks it"),
        (lost_poison, "reports.received:0:0", "it is no event, and reports.received.dlq lacks it"),
        (lost_replay, "reports.received:0:0", "reports.received has it, nothing followed"),
    ],
)
def test_lost(make: Callable[[Topics], str], end: str, detail: str) -> None:
    """What is lost is named with the place where its trail ends."""
    day = Topics()
    what = make(day)
    [fault] = balance(day.records).faults
    assert (fault.kind, fault.what, fault.where, fault.detail) == ("lost", what, end, detail)


def test_two_ends() -> None:
    """A report with two verdicts, and one with a verdict and a dead letter, ended twice."""
    day = Topics()
    day.receive("r")
    day.moderate("r", "ask")
    day.moderate("r", "decline")
    day.bury(day.receive("s"))
    day.moderate("s", "hold")
    account = balance(day.records)
    assert said(account) == [("twice", "r"), ("twice", "s")]
    assert "reports.moderated:0:1, reports.moderated:0:2" in account.faults[0].where


def test_unexplained() -> None:
    """Results of reports that are gone are named, and so is what no signal sends to a network."""
    day = Topics()
    day.moderate("gone", "decline")
    day.receive("half")
    day.bury(day.receive("half2"))
    day.route("half")
    day.assign("stray", "police")
    broken = day.put("signals.routed.police", b"[]")
    faults = said(balance(day.records))
    assert ("unexplained", "gone") in faults
    assert ("unexplained", "half") in faults
    assert ("unexplained", derive("stray", "signal")) in faults
    assert ("unexplained", str(broken.origin)) in faults


def test_late_reports() -> None:
    """A report that came after the first reading owes nothing yet, but must not end twice."""
    day = Topics()
    day.receive("r")
    day.put("reports.received", b"{")
    assert balance([replace(record, late=True) for record in day.records]).faults == ()
    day.moderate("r", "hold")
    day.moderate("r", "hold")
    assert said(balance([replace(record, late=True) for record in day.records])) == [("twice", "r")]


def test_since() -> None:
    """Reports from before a moment are left out with all that belongs to them."""
    day = a_good_day()
    day.receive("old", AT - timedelta(days=8))
    ledger = Ledger()
    for record in day.records:
        ledger.add(record)
    assert ledger.account(since=AT).faults == ()
    assert ledger.account(since=AT + timedelta(seconds=1)).accepted == 0
    assert [fault.what for fault in ledger.account().faults] == ["old"]


def test_event_on_a_network() -> None:
    """An event on a network's topic that is nothing for networks is not routing's."""
    day = Topics()
    day.put("signals.routed.police", raw(moderated("r"), "stray"))
    assert said(balance(day.records)) == [("unexplained", "stray")]


def test_topics_to_read() -> None:
    """The balance reads every topic on the way of a report and its dead letters."""
    known = {topic.name for topic in topics()}
    names = Ledger(["police"]).topics
    assert (
        {name.removesuffix(".dlq") for name in names}
        == {
            "reports.received",
            "moderation.actions",
            "reports.moderated",
            "signals.routed",
            "signals.routed.police",
        }
        <= known
    )

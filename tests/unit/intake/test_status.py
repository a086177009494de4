"""From events to what the reporter may know."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from buurtsein_events.codec import encode
from buurtsein_events.envelope import Event
from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.signals import Assignment, SignalOutcome, SignalRouted
from buurtsein_events.topics import (
    MEMBER_NOTICES,
    REPORTS_MODERATED,
    REPORTS_RECEIVED,
    SIGNALS_OUTCOMES,
    SIGNALS_ROUTED,
    TYPE_OF_DATA,
    dead_letter_topic,
    schema_uri,
)
from buurtsein_events.values import Message, Result, Value, Verdict
from buurtsein_intake.answers import ReportStatus, report_status, status_of
from buurtsein_intake.status import Kept, OutcomeChange, Record, ReportChange, change_of, fold, latest, newest

AT = datetime(2026, 10, 13, 2, tzinfo=UTC)
RECEIVED = ReportReceived(report_id="r1", channel="app", client="demo", text="Geheime tekst", received_at=AT)


def moderated(verdict: Verdict, revision: int = 0) -> ReportModerated:
    """Return the report with a verdict."""
    message = None if verdict == "publish" else Message(nl="Wil je het anders zeggen?", en="Could you rephrase?")
    return ReportModerated(
        report=RECEIVED,
        type="nuisance",
        type_reason="said",
        verdict=verdict,
        public_text="Geheime tekst",
        message=message,
        next_step=None if verdict == "publish" else "edit",
        revision=revision,
    )


def routed(verdict: Verdict = "publish", revision: int = 0) -> SignalRouted:
    """Return the report routed to two networks."""
    return SignalRouted(
        signal_id="s1",
        report_id="r1",
        community="woensel",
        type="nuisance",
        severity="normal",
        verdict=verdict,
        text="Geheime tekst",
        received_at=AT,
        happened_at=AT,
        incident="s0",
        assignments=(Assignment(network="police", why=()), Assignment(network="community", why=())),
        promised_at=AT + timedelta(days=1),
        revision=revision,
    )


def outcome(result: Result, *, hours: int = 1, network: str = "police") -> SignalOutcome:
    """Return what a network did."""
    at = AT + timedelta(hours=hours)
    return SignalOutcome(
        signal_id="s1", community="woensel", network=network, result=result, at=at, text="Jan is gepakt"
    )


def record(topic: str, data: Value) -> Record:
    """Return a record of a topic as the projection reads it."""
    name = TYPE_OF_DATA[type(data)]
    event = Event[Value](
        id="e", source="s", type=name, time=AT, subject="x", partitionkey="k", dataschema=schema_uri(name), data=data
    )
    return Record(topic, encode(event), 1_791_000_000_000)


RECORDS: Mapping[str, Record] = {
    "received": record(REPORTS_RECEIVED, RECEIVED),
    "publish": record(REPORTS_MODERATED, moderated("publish")),
    "ask": record(REPORTS_MODERATED, moderated("ask")),
    "hold": record(REPORTS_MODERATED, moderated("hold")),
    "decline": record(REPORTS_MODERATED, moderated("decline")),
    "routed": record(SIGNALS_ROUTED, routed()),
    "routed ask": record(SIGNALS_ROUTED, routed("ask")),
    "approved": record(REPORTS_MODERATED, moderated("publish", 1)),
    "declined later": record(REPORTS_MODERATED, moderated("decline", 1)),
    "appeal granted": record(REPORTS_MODERATED, moderated("publish", 2)),
    "routed approved": record(SIGNALS_ROUTED, routed(revision=1)),
    "dead approved": record(dead_letter_topic(REPORTS_MODERATED), moderated("publish", 1)),
    "dead": record(dead_letter_topic(REPORTS_RECEIVED), RECEIVED),
    "dead later": record(dead_letter_topic(REPORTS_MODERATED), moderated("publish")),
    "dead feedback": record(dead_letter_topic(SIGNALS_ROUTED), routed()),
}


def kept_after(*names: str) -> tuple[dict[str, str], bool]:
    """Return the fields that the records leave, and whether the report is settled."""
    fields: dict[str, str] = {}
    settled = False
    for name in names:
        change = change_of(RECORDS[name])
        if isinstance(change, ReportChange):
            fields |= change.fields
            settled |= change.settled
    return fields, settled


@pytest.mark.parametrize(
    ("names", "status", "settled"),
    [
        (("received",), "received", False),
        (("received", "publish"), "under_review", False),
        (("received", "publish", "routed"), "routed", True),
        (("received", "ask"), "asked", True),
        (("received", "ask", "routed ask"), "asked", True),
        (("received", "hold", "routed ask"), "held", True),
        (("received", "decline"), "declined", True),
        (("received", "dead"), "dead_letter", True),
        (("received", "publish", "dead later"), "dead_letter", True),
        (("received", "publish", "routed", "dead feedback"), "routed", True),
        (("received", "dead", "publish", "routed"), "routed", True),
        (("received", "hold", "routed ask", "approved"), "under_review", True),
        (("hold", "routed ask", "approved", "routed approved"), "routed", True),
        (("received", "hold", "declined later"), "declined", True),
        (("received", "hold", "declined later", "appeal granted"), "under_review", True),
        (("received", "hold", "approved", "dead approved"), "dead_letter", True),
    ],
)
def test_the_status_follows_from_the_events_in_any_order(names: tuple[str, ...], status: str, settled: bool) -> None:
    """Topics are read side by side, and records twice: neither may change what is concluded."""
    for order in permutations(names):
        fields, is_settled = kept_after(*order, *order)
        assert (status_of(latest(fields)), is_settled) == (status, settled)


def test_a_later_decision_takes_the_place_of_the_words_before_it() -> None:
    """What was asked before it no longer counts; the networks that know of the report still do."""
    fields = latest(kept_after("hold", "routed ask", "approved")[0])
    assert ("nl" in fields, fields["next_step"], fields["networks"]) == (False, "", "police community")


def test_only_a_received_report_opens_an_account() -> None:
    """It is open since Kafka got it, by Kafka's clock, also when time follows the events."""
    opened = [name for name, record in RECORDS.items() if getattr(change_of(record), "accepted", None) is not None]
    assert opened == ["received"]
    change = change_of(RECORDS["received"])
    assert isinstance(change, ReportChange)
    assert change.accepted == 1_791_000_000_000


def test_neither_text_nor_reporter_is_kept() -> None:
    """Nothing of what was said or by whom is in any field, and an outcome keeps its result only."""
    for known in RECORDS.values():
        assert "Geheime" not in repr(change_of(known))
    assert "Jan" not in repr(change_of(record(SIGNALS_OUTCOMES, outcome("arrested"))))


def test_bad_records_are_counted_and_skipped() -> None:
    """Neither no event nor an event that is none of ours stops the line; a bad dead letter was never accepted."""
    bad = [Record(REPORTS_RECEIVED, value, 0) for value in (None, b"{", b"\xff", b'{"type":"x"}')]
    dead = Record(dead_letter_topic(REPORTS_RECEIVED), b"{", 0)
    notice = MemberNotice(report_id="r1", member="m", channel="app", step="note", message=Message(nl="a", en="b"))
    other = record(dead_letter_topic(MEMBER_NOTICES), notice)
    changes, skipped = fold([*bad, RECORDS["received"], dead, Record(SIGNALS_OUTCOMES, other.value, 0)])
    assert (len(changes), skipped) == (1, 4)


def test_the_newest_outcome_of_a_network_counts() -> None:
    """Whatever order they come in, and whether they are about the report's signal or its incident."""
    early, late = (
        change.outcome
        for change in (
            change_of(record(SIGNALS_OUTCOMES, outcome("in_progress", hours=1))),
            change_of(record(SIGNALS_OUTCOMES, outcome("arrested", hours=30))),
        )
        if isinstance(change, OutcomeChange)
    )
    assert late > early
    for own, others in (({"police": early}, {"police": late}), ({"police": late}, {"police": early})):
        assert newest(own, others) == {"police": (AT + timedelta(hours=30), "arrested")}


def answer(*names: str, own: Mapping[str, str] | None = None) -> ReportStatus:
    """Return the answer to the reporter after the records."""
    return report_status("r1", Kept(kept_after(*names)[0], own or {}, {}), "https://b.example/")


def test_the_reporter_sees_networks_and_what_they_did() -> None:
    """Networks in the order of routing, others that reported behind them, results in both languages."""
    own = {"police": "2026-10-13T03:00:00.000+00:00 arrested", "municipality": "2026-10-13T04:00:00.000+00:00 new"}
    status = answer("received", "publish", "routed", own=own)
    assert [(n.network, n.result) for n in status.networks] == [
        ("police", "arrested"),
        ("community", None),
        ("municipality", "new"),
    ]
    assert status.networks[0].message == Message(nl="Er is iemand aangehouden.", en="Someone was arrested.")
    assert status.networks[2].message is None
    assert status.promised_at == AT + timedelta(days=1)
    assert status.received_at == AT
    assert status.links.self == "https://b.example/v1/reports/r1"


def test_the_reporter_reads_what_moderation_asks_and_what_to_do() -> None:
    """Moderation's own words, and how to send the report again."""
    status = answer("received", "ask")
    assert status.message.nl == "Wil je het anders zeggen?"
    assert "edit_of" in status.next.en
    assert (status.next_step, status.appeal) == ("edit", None)

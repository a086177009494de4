"""What the reporter may know: events become changes of a status, and the kept fields become an answer; pure.

Every event writes fields of its own, so that neither their order nor a second delivery matters; the status is concluded
from the fields that are there. The text of the report and who sent it are never among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from buurtsein_events.codec import decode
from buurtsein_events.envelope import Event
from buurtsein_events.errors import DecodeError
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.signals import SignalOutcome, SignalRouted
from buurtsein_events.topics import (
    REPORTS_MODERATED,
    REPORTS_RECEIVED,
    SIGNALS_OUTCOMES,
    SIGNALS_ROUTED,
    dead_letter_topic,
)
from buurtsein_events.values import Value

SOURCES: Final = (REPORTS_RECEIVED, REPORTS_MODERATED, SIGNALS_ROUTED, SIGNALS_OUTCOMES)
DEAD_LETTERS: Final[Mapping[str, str]] = {dead_letter_topic(topic): topic for topic in SOURCES}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChange:
    """Fields of one report's status; `settled` when it has its terminal state, `accepted` (ms) when it is new."""

    report: str
    fields: Mapping[str, str]
    settled: bool = False
    accepted: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChange:
    """What a network did with a signal; of two outcomes the greater string is the newer one."""

    signal: str
    network: str
    outcome: str


Change = ReportChange | OutcomeChange


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a topic that the projection reads; `at` is when Kafka got it, in milliseconds."""

    topic: str
    value: bytes | None
    at: int


def change_of(record: Record) -> Change | None:
    """Return what the record changes, or nothing when it says nothing about a report; raises `DecodeError`."""
    if record.topic in DEAD_LETTERS:
        return _dead(record, DEAD_LETTERS[record.topic])
    return _alive(decode(record.value), record.at)


def _dead(record: Record, origin: str) -> Change | None:
    """Return the end of a report that could not be decided; what was no report at all was never accepted."""
    try:
        data = decode(record.value).data
    except DecodeError:
        return None
    if isinstance(data, ReportReceived):
        return ReportChange(report=data.report_id, fields={"dead_letter": origin}, settled=True)
    if isinstance(data, ReportModerated):
        return ReportChange(report=data.report.report_id, fields={"dead_letter": origin}, settled=True)
    return None


def _alive(event: Event[Value], at: int) -> Change | None:
    data = event.data
    if isinstance(data, ReportReceived):
        return ReportChange(report=data.report_id, fields={"received_at": data.received_at.isoformat()}, accepted=at)
    if isinstance(data, ReportModerated):
        settled = data.verdict != "publish"
        return ReportChange(report=data.report.report_id, fields=_moderated(data), settled=settled)
    if isinstance(data, SignalRouted):
        settled = data.verdict == "publish"
        return ReportChange(report=data.report_id, fields=_routed(data), settled=settled)
    return _outcome(data) if isinstance(data, SignalOutcome) else None


def _moderated(data: ReportModerated) -> dict[str, str]:
    fields = {
        "verdict": data.verdict,
        "received_at": data.report.received_at.isoformat(),
        "next_step": data.next_step or "",
        "appeal": data.appeal or "",
    }
    return {**fields, "nl": data.message.nl, "en": data.message.en} if data.message else fields


def _routed(data: SignalRouted) -> dict[str, str]:
    return {
        "routed": data.verdict,
        "networks": " ".join(assignment.network for assignment in data.assignments),
        "incident": data.incident,
        "received_at": data.received_at.isoformat(),
        "promised_at": data.promised_at.isoformat() if data.promised_at else "",
    }


def _outcome(data: SignalOutcome) -> OutcomeChange:
    at = data.at.astimezone(UTC)
    return OutcomeChange(
        signal=data.signal_id,
        network=data.network,
        outcome=f"{at.isoformat(timespec='milliseconds')} {data.result}",
    )


def fold(records: list[Record]) -> tuple[list[Change], int]:
    """Return the changes that the records make, in order, and how many records were no events."""
    changes: list[Change] = []
    bad = 0
    for record in records:
        try:
            change = change_of(record)
        except DecodeError:
            bad += 1
            continue
        if change is not None:
            changes.append(change)
    return changes, bad


def newest(outcomes: Mapping[str, str], others: Mapping[str, str]) -> dict[str, tuple[datetime, str]]:
    """Return the newest outcome per network, of a signal's own and those of the incident that it belongs to."""
    best = dict(others)
    for network, outcome in outcomes.items():
        best[network] = max(outcome, best.get(network, ""))
    return {network: _parsed(outcome) for network, outcome in best.items()}


def _parsed(outcome: str) -> tuple[datetime, str]:
    at, _, result = outcome.partition(" ")
    return datetime.fromisoformat(at), result

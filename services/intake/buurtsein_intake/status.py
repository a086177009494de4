"""What the reporter may know: events become changes of a status, and the kept fields become an answer; pure.

Every event writes fields of its own, so that neither their order nor a second delivery matters; the status is concluded
from the fields that are there. The fields of a decision that a person revised have the number of the revision before
them, and the latest count. The text of the report and who sent it are never among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from buurtsein_events.codec import decode
from buurtsein_events.envelope import Event
from buurtsein_events.errors import DecodeError
from buurtsein_events.reports import ReportModerated
from buurtsein_events.signals import SignalOutcome, SignalRouted
from buurtsein_events.topics import (
    REPORTS_MODERATED,
    REPORTS_RECEIVED,
    SIGNALS_OUTCOMES,
    SIGNALS_ROUTED,
    dead_letter_topic,
)
from buurtsein_events.values import Name, Value

SOURCES: Final = (REPORTS_RECEIVED, REPORTS_MODERATED, SIGNALS_ROUTED, SIGNALS_OUTCOMES)
_REVISION: Final = ":"
_LASTING: Final = ("received_at", "incident", "networks", "promised_at")
DEAD_LETTERS: Final[Mapping[str, str]] = {dead_letter_topic(topic): topic for topic in SOURCES}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one report: its fields, the outcomes of its signal and those of the incident it belongs to."""

    fields: Mapping[str, str]
    outcomes: Mapping[str, str]
    incident_outcomes: Mapping[str, str]


class ReportChange(NamedTuple):
    """Fields of one report's status; `settled` when it has its terminal state, `accepted` (ms) when it is new.

    `code_for` is the client of an anonymous report, which has a receipt code.
    """

    report: str
    fields: Mapping[str, str]
    settled: bool = False
    accepted: int | None = None
    code_for: str | None = None

    def members(self) -> dict[str, object]:
        """Return what `scripts.APPLY` takes; to Lua, a JSON null is something rather than nothing."""
        members: dict[str, object] = {"report": self.report, "fields": self.fields}
        if self.settled:
            members["settled"] = True
        if self.accepted is not None:
            members["accepted"] = self.accepted
        return members


class OutcomeChange(NamedTuple):
    """What a network did with a signal; of two outcomes the greater string is the newer one."""

    signal: str
    network: str
    outcome: str

    def members(self) -> dict[str, object]:
        """Return what `scripts.APPLY` takes."""
        return {"signal": self.signal, "network": self.network, "outcome": self.outcome}


Change = ReportChange | OutcomeChange


class Record(NamedTuple):
    """One record of a topic that the projection reads; `at` is when Kafka got it, in milliseconds."""

    topic: str
    value: bytes | None
    at: int


class _Identified(BaseModel):
    """As much of a received report as an account of it needs; reading all of it would take several times as long."""

    model_config = ConfigDict(extra="ignore")

    class Data(BaseModel):
        """The part of the report."""

        report_id: Name
        client: Name
        anonymous: bool = False
        received_at: AwareDatetime

    type: Literal["nl.buurtsein.report.received.v1"]
    data: Data


def change_of(record: Record) -> Change | None:
    """Return what the record changes, or nothing when it says nothing about a report; raises `DecodeError`."""
    if record.topic == REPORTS_RECEIVED:
        return _accepted(record)
    if record.topic in DEAD_LETTERS:
        return _dead(record, DEAD_LETTERS[record.topic])
    return _alive(decode(record.value))


def _accepted(record: Record) -> Change:
    data = _identified(record).data
    fields = {"received_at": data.received_at.isoformat()}
    code_for = data.client if data.anonymous else None
    return ReportChange(report=data.report_id, fields=fields, accepted=record.at, code_for=code_for)


def _identified(record: Record) -> _Identified:
    try:
        return _Identified.model_validate_json(record.value or b"")
    except ValidationError as error:
        raise DecodeError("wrong_schema", str(error)) from error


def _dead(record: Record, origin: str) -> Change | None:
    """Return the end of a report that could not be decided; what was no report at all was never accepted."""
    fields = {"dead_letter": origin}
    try:
        if origin == REPORTS_RECEIVED:
            return ReportChange(report=_identified(record).data.report_id, fields=fields, settled=True)
        data = decode(record.value).data
    except DecodeError:
        return None
    if not isinstance(data, ReportModerated):
        return None
    return ReportChange(report=data.report.report_id, fields=_of_revision(data.revision, fields), settled=True)


def _alive(event: Event[Value]) -> Change | None:
    data = event.data
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
    if data.message:
        fields |= {"nl": data.message.nl, "en": data.message.en}
    return _of_revision(data.revision, fields)


def _routed(data: SignalRouted) -> dict[str, str]:
    fields = {
        "routed": data.verdict,
        "networks": " ".join(assignment.network for assignment in data.assignments),
        "received_at": data.received_at.isoformat(),
        "promised_at": data.promised_at.isoformat() if data.promised_at else "",
    }
    return {**_of_revision(data.revision, fields), "incident": data.incident}


def _of_revision(revision: int, fields: dict[str, str]) -> dict[str, str]:
    return {f"{revision}{_REVISION}{name}": value for name, value in fields.items()} if revision else fields


def latest(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return the fields that count: those of the latest revision, and of the others only what stays true."""
    numbered = [name for name in fields if _REVISION in name]
    if not numbered:
        return fields
    prefix = f"{max(int(name.partition(_REVISION)[0]) for name in numbered)}{_REVISION}"
    own = {name.removeprefix(prefix): value for name, value in fields.items() if name.startswith(prefix)}
    return {name: fields[name] for name in _LASTING if name in fields} | own


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

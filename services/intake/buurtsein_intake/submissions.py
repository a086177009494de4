"""From a checked request to what is claimed and written; pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from buurtsein_events.codec import encode
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportReceived
from buurtsein_events.signals import SignalOutcome
from buurtsein_events.topics import REPORTS_RECEIVED, SIGNALS_OUTCOMES, TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Saar
from buurtsein_intake.idempotency import Claim
from buurtsein_intake.identity import Identity, retry_window
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import OutcomeIn, ReportIn

_RECEIVED: Final = TYPE_OF_DATA[ReportReceived]
_OUTCOME: Final = TYPE_OF_DATA[SignalOutcome]
_RECEIVED_SCHEMA: Final = schema_uri(_RECEIVED)
_OUTCOME_SCHEMA: Final = schema_uri(_OUTCOME)
_NO_ANSWERS: Final = Saar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What surrounds a body: who calls, with which key, when, and in which trace."""

    client: str
    key: str | None
    now: datetime
    traceparent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One request to keep: its claim, and the record that `record` makes for the event id that the claim holds.

    `received_at` is set for reports only: they have a status to follow.
    """

    claim: Claim
    topic: str
    record: Callable[[str], tuple[bytes, bytes]]
    received_at: datetime | None = None


class Submissions:
    """Makes submissions by the settings and the secret of the installation."""

    def __init__(self, settings: IntakeSettings) -> None:
        self._settings = settings
        self._identity = Identity(settings.secret.get_secret_value().encode())

    def of_report(self, report: ReportIn, request: Request) -> Submission:
        """Return the submission of a report; of an anonymous one nothing that was said about the reporter is used."""
        if report.anonymous and report.reporter is not None:
            report = report.model_copy(update={"reporter": None})
        reporter = None if report.reporter is None else self._identity.pseudonym(request.client, report.reporter)

        def record(report_id: str) -> tuple[bytes, bytes]:
            data = _received(report, report_id=report_id, reporter=reporter, request=request)
            event = Event[ReportReceived](
                id=report_id,
                source=self._settings.source,
                type=_RECEIVED,
                time=request.now,
                subject=report_id,
                partitionkey=reporter or report_id,
                traceparent=request.traceparent,
                dataschema=_RECEIVED_SCHEMA,
                data=data,
            )
            return event.partitionkey.encode(), encode(event)

        claim = self._claim("report", report.model_dump_json(exclude_none=True).encode(), request)
        return Submission(claim=claim, topic=REPORTS_RECEIVED, record=record, received_at=request.now)

    def of_outcome(self, outcome: OutcomeIn, request: Request) -> Submission:
        """Return the submission of an outcome; the signal of a report follows from its reference."""
        data = SignalOutcome(
            signal_id=outcome.signal_id or derive(str(outcome.reference), "signal"),
            community=outcome.community,
            network=outcome.network,
            result=outcome.result,
            text=outcome.text,
            at=outcome.at or request.now,
        )

        def record(event_id: str) -> tuple[bytes, bytes]:
            event = Event[SignalOutcome](
                id=event_id,
                source=self._settings.source,
                type=_OUTCOME,
                time=request.now,
                subject=data.signal_id,
                partitionkey=data.community,
                traceparent=request.traceparent,
                dataschema=_OUTCOME_SCHEMA,
                data=data,
            )
            return data.community.encode(), encode(event)

        claim = self._claim("outcome", outcome.model_dump_json(exclude_none=True).encode(), request)
        return Submission(claim=claim, topic=SIGNALS_OUTCOMES, record=record)

    def _claim(self, kind: str, body: bytes, request: Request) -> Claim:
        fingerprint = self._identity.fingerprint(request.client, kind, body)
        if request.key is not None:
            name = self._identity.claim(request.client, kind, request.key)
            cause, seconds = name, self._settings.idempotency_seconds
        else:
            name = fingerprint
            seconds = self._settings.retry_seconds
            cause = f"{fingerprint} {retry_window(request.now, seconds)}"
        return Claim(
            name=name,
            fingerprint=fingerprint,
            event_id=self._identity.event_id(kind, cause),
            seconds=seconds,
            keyed=request.key is not None,
        )


def _received(report: ReportIn, *, report_id: str, reporter: str | None, request: Request) -> ReportReceived:
    return ReportReceived(
        report_id=report_id,
        channel=report.channel,
        client=request.client,
        community=report.community,
        reporter=reporter,
        anonymous=report.anonymous,
        type=report.type,
        text=report.text,
        received_at=request.now,
        occurred_at=report.occurred_at,
        location=report.location,
        saar=_answers(report),
        persons=report.persons,
        vehicles=report.vehicles,
        edit_of=report.edit_of,
    )


def _answers(report: ReportIn) -> Saar:
    if report.police_called is None and report.called_by is None and report.happening_now is None:
        return _NO_ANSWERS
    return Saar(police_called=report.police_called, called_by=report.called_by, happening_now=report.happening_now)

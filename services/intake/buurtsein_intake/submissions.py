"""From a checked request to what is claimed and written; pure."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple

from buurtsein_events.ids import derive
from buurtsein_events.signals import SignalOutcome
from buurtsein_events.topics import REPORTS_RECEIVED, SIGNALS_OUTCOMES
from buurtsein_intake.channels.message import WITHOUT_WORDS
from buurtsein_intake.idempotency import Claim, Said
from buurtsein_intake.identity import Identity, retry_window
from buurtsein_intake.quotas import Quota
from buurtsein_intake.records import ReceivedRecords, Record, Stamp, answers_json, outcome_record, shared_json
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import OutcomeIn, ReportIn

_DECIMALS: Final = 4
"""Of a place's degrees: two places within some 10 m are the same for who says the same at both."""


class Request(NamedTuple):
    """What surrounds a body: who calls, with which key, when, in which trace, and whose tokens it takes."""

    client: str
    key: str | None
    now: datetime
    traceparent: str
    quota: Quota | None = None

    def stamp(self, event_id: str) -> Stamp:
        """Return the stamp of the event that follows from this request."""
        return Stamp(event_id, self.now, self.traceparent)


class Submission(NamedTuple):
    """One request to keep: its claim, and the record that `record` makes for the event id that the claim holds.

    `received_at` is set for reports only: they have a status to follow.
    """

    claim: Claim
    topic: str
    record: Callable[[str], Record]
    received_at: datetime | None = None


class Submissions:
    """Makes submissions by the settings and the secret of the installation."""

    def __init__(self, settings: IntakeSettings) -> None:
        self._settings = settings
        self._identity = Identity(settings.secret.get_secret_value().encode())
        self._received = ReceivedRecords(settings.source)

    def of_report(self, report: ReportIn, request: Request) -> Submission:
        """Return the submission of a report; of an anonymous one nothing that was said about the reporter is used."""
        reporter = self._reporter(report, request)
        shared, answers = shared_json(report), answers_json(report)
        claim = self._claim("report", b"%b%b%b" % (shared, answers, (reporter or "").encode()), request)
        claim = self._said(claim, report, request, reporter, answers)
        return self._submission(request, claim, reporter, shared, answers)

    def of_message(self, report: ReportIn, request: Request) -> Submission:
        """Return the submission of a channel's message: the provider's key alone says which message it is."""
        reporter = self._reporter(report, request)
        shared, answers = shared_json(report), answers_json(report)
        claim = self._said(self._claim("message", b"", request), report, request, reporter, answers)
        return self._submission(request, claim, reporter, shared, answers)

    def _reporter(self, report: ReportIn, request: Request) -> str | None:
        if report.reporter is None or report.anonymous:
            return None
        return self._identity.pseudonym(request.client, report.reporter)

    def _submission(
        self, request: Request, claim: Claim, reporter: str | None, shared: bytes, answers: bytes
    ) -> Submission:
        def record(report_id: str) -> Record:
            return self._received.make(
                request.stamp(report_id), client=request.client, reporter=reporter, shared=shared, answers=answers
            )

        return Submission(claim, REPORTS_RECEIVED, record, request.now)

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
        claim = self._claim("outcome", outcome.model_dump_json(exclude_none=True).encode(), request)

        def record(event_id: str) -> Record:
            return outcome_record(request.stamp(event_id), data, source=self._settings.source)

        return Submission(claim, SIGNALS_OUTCOMES, record)

    def _said(self, claim: Claim, report: ReportIn, request: Request, reporter: str | None, answers: bytes) -> Claim:
        """Return the claim with what is said, unless nobody knows who says it, or it is an edit or without words."""
        within = self._settings.repeat_seconds
        if reporter is None or report.edit_of or report.text == WITHOUT_WORDS or not within:
            return claim
        content = b"%b%b%b" % (shared_json(plain(report, request.now, within)), answers, reporter.encode())
        words = self._identity.words(content)
        return claim._replace(said=Said(words, int(request.now.timestamp() * 1000), within))

    def _claim(self, kind: str, body: bytes, request: Request) -> Claim:
        fingerprint = self._identity.fingerprint(request.client, kind, body)
        if request.key is not None:
            name = self._identity.claim(request.client, kind, request.key)
            seconds = self._settings.idempotency_seconds
            return Claim(name, fingerprint, self._identity.event_id(name), seconds, True, quota=request.quota)
        seconds = self._settings.retry_seconds
        cause = f"{fingerprint} {retry_window(request.now, seconds)}"
        return Claim(fingerprint, fingerprint, self._identity.event_id(cause), seconds, False, quota=request.quota)


def plain(report: ReportIn, now: datetime, within: int) -> ReportIn:
    """Return a report without what may differ when the same is said again: capitals, spaces, some metres.

    And the time that it tells of, when that is about now.
    """
    changes: dict[str, object] = {"text": _plain_text(report.text)}
    if report.occurred_at and abs((now - report.occurred_at).total_seconds()) <= within:
        changes["occurred_at"] = None
    if report.location and report.location.lat is not None and report.location.lon is not None:
        rounded = {"lat": round(report.location.lat, _DECIMALS), "lon": round(report.location.lon, _DECIMALS)}
        changes["location"] = report.location.model_copy(update=rounded)
    return report.model_copy(update=changes)


def _plain_text(text: str) -> str:
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(folded.casefold().split())

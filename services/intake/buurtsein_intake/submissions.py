"""From a checked request to what is claimed and written; pure."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from buurtsein_events.ids import derive
from buurtsein_events.signals import SignalOutcome
from buurtsein_events.topics import REPORTS_RECEIVED, SIGNALS_OUTCOMES
from buurtsein_intake import repeats
from buurtsein_intake.idempotency import Claim, Said
from buurtsein_intake.identity import CodeEntry, Identity, retry_window
from buurtsein_intake.limits import Quota
from buurtsein_intake.records import ReceivedRecords, Record, Stamp, answers_json, outcome_record, shared_json
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import OutcomeIn, ReportIn


class Request(NamedTuple):
    """What surrounds a body: who calls, with which key, when, in which trace, and whose tokens it takes.

    `reporter` is the pseudonym of who reports, when only that is known any more.
    """

    client: str
    key: str | None
    now: datetime
    traceparent: str
    quota: Quota | None = None
    reporter: str | None = None

    def stamp(self, event_id: str) -> Stamp:
        """Return the stamp of the event that follows from this request."""
        return Stamp(event_id, self.now, self.traceparent)


def _no_code(_: str) -> None:
    return None


class Submission(NamedTuple):
    """One request to keep: its claim, and the record that `record` makes for the event id that the claim holds.

    `received_at` is set for reports only: they have a status to follow, and anonymous ones a `code` to do so with.
    """

    claim: Claim
    topic: str
    record: Callable[[str], Record]
    received_at: datetime | None = None
    code: Callable[[str], CodeEntry | None] = _no_code


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
        said = self._said(report, request, reporter, answers)
        claim = self._claim("report", b"%b%b%b" % (shared, answers, (reporter or "").encode()), request, said)
        submission = self._submission(request, claim, reporter, shared, answers)
        return submission._replace(code=partial(self.code_entry, request.client)) if report.anonymous else submission

    def of_message(self, report: ReportIn, request: Request) -> Submission:
        """Return the submission of a channel's message: the provider's key alone says which message it is."""
        reporter = self._reporter(report, request)
        shared, answers = shared_json(report), answers_json(report)
        claim = self._claim("message", b"", request, self._said(report, request, reporter, answers))
        return self._submission(request, claim, reporter, shared, answers)

    def code(self, report_id: str) -> str:
        """Return the receipt code of an anonymous report."""
        return self._identity.code(report_id)

    def code_name(self, code: str) -> str:
        """Return what stands for a receipt code where it is kept."""
        return self._identity.code_name(code)

    def code_entry(self, client: str, report_id: str) -> CodeEntry:
        """Return what is kept of the receipt code of a client's report."""
        return CodeEntry(self.code_name(self.code(report_id)), client)

    def message_id(self, client: str, key: str) -> str:
        """Return the id of the report that a channel's message with this key is, or would be."""
        return self._identity.event_id(self._identity.claim(client, "message", key))

    def sender(self, channel: str, sender: str, chat: str | None) -> str:
        """Return the pseudonym of a sender in a chat, which is not the one that reports have."""
        return self._identity.fingerprint(channel, "sender", f"{sender} {chat or ''}".encode())

    def digest(self, text: str) -> str:
        """Return what stands for a text that may hold a number or an address, such as a message's key."""
        return self._identity.fingerprint("", "digest", text.encode())

    def reporter(self, name: str | None, client: str) -> str | None:
        """Return the pseudonym of a client's reporter, nothing of nobody."""
        return None if name is None else self._identity.pseudonym(client, name)

    def _reporter(self, report: ReportIn, request: Request) -> str | None:
        return request.reporter or self.reporter(None if report.anonymous else report.reporter, request.client)

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

    def _said(self, report: ReportIn, request: Request, reporter: str | None, answers: bytes) -> Said | None:
        """Return what is said, when it is known who says it and can be seen when it is said again."""
        within = self._settings.repeat_seconds
        content = repeats.content(report, reporter, request.now, within) if reporter and within else None
        if content is None:
            return None
        return Said(self._identity.words(content + answers), int(request.now.timestamp() * 1000), within)

    def _claim(self, kind: str, body: bytes, request: Request, said: Said | None = None) -> Claim:
        fingerprint = self._identity.fingerprint(request.client, kind, body)
        if request.key is not None:
            name = self._identity.claim(request.client, kind, request.key)
            seconds = self._settings.idempotency_seconds
            return Claim(name, fingerprint, self._identity.event_id(name), seconds, True, said, request.quota)
        seconds = self._settings.retry_seconds
        cause = f"{fingerprint} {retry_window(request.now, seconds)}"
        return Claim(fingerprint, fingerprint, self._identity.event_id(cause), seconds, False, said, request.quota)

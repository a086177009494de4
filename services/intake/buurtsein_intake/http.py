"""The HTTP endpoints of intake; each reads, asks, answers, and decides nothing itself."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Final, Protocol

from fastapi import FastAPI, Request, Response

from buurtsein_intake import access, answers, validation
from buurtsein_intake import submissions as made
from buurtsein_intake.acceptance import Acceptance, Accepted
from buurtsein_intake.answers import Receipts
from buurtsein_intake.channels.desk import ReportDesk
from buurtsein_intake.clients import Client, Keyring, Right
from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.idempotency import parse_key
from buurtsein_intake.openapi import OUTCOME_DOCS, REPORT_DOCS, STATUS_DOCS
from buurtsein_intake.quotas import Addresses
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import BODY_LIMIT, OutcomeIn, ReportIn, is_reference
from buurtsein_intake.statuses import Kept
from buurtsein_intake.validation import Known
from buurtsein_runtime import metrics, problems
from buurtsein_runtime.bodies import Headers, headers_of, read_json_body, text_of
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.problems import Refused
from buurtsein_runtime.tracing import Tracer, new_traceparent, valid_traceparent

_JSON: Final = "application/json"
_RECEIVED: Final = cache(metrics.RECEIVED.labels)


class Statuses(Protocol):
    """Where statuses are read."""

    async def read(self, report_id: str) -> Kept | None:
        """Return what is kept of a report; raises `Later` when that place does not answer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that the endpoints need, wired in one place."""

    settings: IntakeSettings
    keyring: Keyring
    addresses: Addresses
    communities: frozenset[str]
    receipts: Receipts
    submissions: made.Submissions
    acceptance: Acceptance
    statuses: Statuses
    clock: Clock
    tracer: Tracer

    @property
    def desk(self) -> ReportDesk:
        """Return where messages of channels become reports."""
        return ReportDesk(self.submissions, self.acceptance, self.clock)

    def known(self, at: datetime | None) -> Known:
        """Return what a request that tells of `at` is checked against; in a replay no time is too late."""
        any_time = at is None or self.settings.clock == "events"
        latest = None if any_time else self.clock.now() + self.settings.clock_skew
        return Known(self.communities, self.settings.networks, latest)


def add_routes(api: FastAPI, intake: Intake) -> None:
    """Add the endpoints of intake's version 1, the busiest first."""

    async def post_report(request: Request) -> Response:
        """Accept a report."""
        return await _post_report(intake, request)

    async def get_report(request: Request) -> Response:
        """Tell where a report stands."""
        return await _get_report(intake, request)

    async def post_outcome(request: Request) -> Response:
        """Accept an outcome."""
        return await _post_outcome(intake, request)

    add = partial(api.router.add_api_route, route_class_override=DirectRoute)
    add("/v1/reports", post_report, methods=["POST"], status_code=202, **REPORT_DOCS)
    add("/v1/reports/{reference}", get_report, methods=["GET"], **STATUS_DOCS)
    add("/v1/outcomes", post_outcome, methods=["POST"], status_code=202, **OUTCOME_DOCS)


async def _post_report(intake: Intake, request: Request) -> Response:
    headers = headers_of(request)
    client = _client(intake, request, headers, "reports:write")
    report = validation.parse(await read_json_body(request, headers, BODY_LIMIT), ReportIn)
    validation.check_report(report, intake.known(report.occurred_at))
    if report.occurred_at:
        intake.clock.observe(report.occurred_at)
    # The trace of an anonymous report begins here: a caller's trace could lead to who reported.
    around = _around(intake, headers, client, parent=None if report.anonymous else headers.get(b"traceparent"))
    accepted = await intake.acceptance.accept(intake.submissions.of_report(report, around))
    if accepted.new:
        _RECEIVED(report.channel).inc()
    _note(request, around, accepted, report=accepted.event_id)
    location = answers.link(intake.settings.public_url, accepted.event_id)
    return Response(intake.receipts.receipt(report, accepted.event_id), 202, {"Location": location}, _JSON)


async def _get_report(intake: Intake, request: Request) -> Response:
    reference = str(request.path_params["reference"])
    kept = await intake.statuses.read(reference) if is_reference(reference) else None
    if kept is None:
        raise Refused(problems.unknown_reference())
    status = answers.report_status(
        reference, kept.fields, kept.outcomes, kept.incident_outcomes, intake.settings.public_url
    )
    return Response(status.model_dump_json(exclude_none=True), 200, {"Cache-Control": "no-store"}, _JSON)


async def _post_outcome(intake: Intake, request: Request) -> Response:
    headers = headers_of(request)
    client = _client(intake, request, headers, "outcomes:write")
    outcome = validation.parse(await read_json_body(request, headers, BODY_LIMIT), OutcomeIn)
    validation.check_outcome(outcome, intake.known(outcome.at))
    client.check_network(outcome.network)
    if outcome.at:
        intake.clock.observe(outcome.at)
    around = _around(intake, headers, client, parent=headers.get(b"traceparent"))
    accepted = await intake.acceptance.accept(intake.submissions.of_outcome(outcome, around))
    _note(request, around, accepted, outcome=accepted.event_id, network=outcome.network)
    return Response(answers.OutcomeReceipt(id=accepted.event_id).model_dump_json(), 202, media_type=_JSON)


def _client(intake: Intake, request: Request, headers: Headers, scope: Right) -> Client:
    client = intake.keyring.admit(headers.get(b"authorization"), scope)
    access.note(request.scope, client=client.name)
    return client


def _note(request: Request, around: made.Request, accepted: Accepted, **fields: str) -> None:
    access.note(request.scope, trace=around.traceparent[3:35], kept="now" if accepted.new else "before", **fields)


def _around(intake: Intake, headers: Headers, client: Client, *, parent: bytes | None) -> made.Request:
    key = parse_key(text_of(headers, b"idempotency-key"), required=client.idempotency_key_required)
    given = valid_traceparent(parent.decode("latin-1")) if parent else None
    trace = given or new_traceparent()
    trace = intake.tracer.span("accept", trace, {"client": client.name}) or trace
    return made.Request(client.name, key, intake.clock.now(), trace, client.quota)

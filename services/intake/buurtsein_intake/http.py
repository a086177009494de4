"""The HTTP endpoints of intake; each reads, asks, answers, and decides nothing itself."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from buurtsein_events.communities import Communities
from buurtsein_intake import access, answers, problems, validation
from buurtsein_intake import submissions as made
from buurtsein_intake.acceptance import Acceptance
from buurtsein_intake.clients import client_of
from buurtsein_intake.idempotency import parse_key
from buurtsein_intake.openapi import OUTCOME_DOCS, REPORT_DOCS, STATUS_DOCS
from buurtsein_intake.problems import Refused
from buurtsein_intake.requests import Headers, headers_of, read_json_body, text_of
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import BODY_LIMIT, OutcomeIn, ReportIn, is_reference
from buurtsein_intake.statuses import Kept
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.tracing import Tracer, new_traceparent, valid_traceparent

_JSON: Final = "application/json"


class Statuses(Protocol):
    """Where statuses are read."""

    async def read(self, report_id: str) -> Kept | None:
        """Return what is kept of a report; raises `Later` when that place does not answer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that the endpoints need, wired in one place."""

    settings: IntakeSettings
    clients: dict[str, str]
    communities: Communities
    submissions: made.Submissions
    acceptance: Acceptance
    statuses: Statuses
    clock: Clock
    tracer: Tracer

    def latest(self) -> datetime | None:
        """Return the latest time that a report may tell of; there is none when time follows the reports."""
        return None if self.settings.clock == "events" else self.clock.now() + self.settings.clock_skew


class RawRoute(APIRoute):
    """A documented route whose endpoint gets the request as it is: no dependency or response model is solved for it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the endpoint itself."""
        return self.endpoint


def routes(intake: Intake) -> APIRouter:
    """Return the routes of intake's version 1."""
    router = APIRouter(route_class=RawRoute)

    async def post_report(request: Request) -> Response:
        return await _post_report(intake, request)

    async def get_report(request: Request) -> Response:
        return await _get_report(intake, request)

    async def post_outcome(request: Request) -> Response:
        return await _post_outcome(intake, request)

    router.add_api_route("/v1/reports", post_report, methods=["POST"], status_code=202, **REPORT_DOCS)
    router.add_api_route("/v1/reports/{reference}", get_report, methods=["GET"], **STATUS_DOCS)
    router.add_api_route("/v1/outcomes", post_outcome, methods=["POST"], status_code=202, **OUTCOME_DOCS)
    return router


async def _post_report(intake: Intake, request: Request) -> Response:
    headers = headers_of(request)
    client = _client(intake, request, headers)
    report = validation.parse(await read_json_body(request, headers, BODY_LIMIT), ReportIn)
    validation.check_report(report, communities=intake.communities, latest=intake.latest())
    if report.occurred_at:
        intake.clock.observe(report.occurred_at)
    # The trace of an anonymous report begins here: a caller's trace could lead to who reported.
    around = _around(intake, headers, client, parent=None if report.anonymous else headers.get(b"traceparent"))
    reference = await intake.acceptance.accept(intake.submissions.of_report(report, around))
    metrics.RECEIVED.labels(report.channel).inc()
    access.note(request.scope, report=reference, trace=around.traceparent[3:35])
    receipt = answers.receipt(report, reference, intake.settings.public_url)
    return Response(receipt.model_dump_json(), 202, {"Location": receipt.links.self}, _JSON)


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
    client = _client(intake, request, headers)
    outcome = validation.parse(await read_json_body(request, headers, BODY_LIMIT), OutcomeIn)
    validation.check_outcome(
        outcome, communities=intake.communities, networks=intake.settings.networks, latest=intake.latest()
    )
    if outcome.at:
        intake.clock.observe(outcome.at)
    around = _around(intake, headers, client, parent=headers.get(b"traceparent"))
    event_id = await intake.acceptance.accept(intake.submissions.of_outcome(outcome, around))
    access.note(request.scope, outcome=event_id, network=outcome.network, trace=around.traceparent[3:35])
    return Response(answers.OutcomeReceipt(id=event_id).model_dump_json(), 202, media_type=_JSON)


def _client(intake: Intake, request: Request, headers: Headers) -> str:
    client = client_of(text_of(headers, b"authorization"), intake.clients)
    if client is None:
        raise Refused(problems.unauthorized())
    access.note(request.scope, client=client)
    return client


def _around(intake: Intake, headers: Headers, client: str, *, parent: bytes | None) -> made.Request:
    key = parse_key(text_of(headers, b"idempotency-key"))
    given = valid_traceparent(parent.decode("latin-1")) if parent else None
    trace = given or new_traceparent()
    trace = intake.tracer.span("accept", trace, {"client": client}) or trace
    return made.Request(client=client, key=key, now=intake.clock.now(), traceparent=trace)

"""The HTTP endpoints of intake; each reads, asks, answers, and decides nothing itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property, partial
from typing import Final, Protocol

from fastapi import FastAPI, Request, Response

from buurtsein_intake import access, answers, validation
from buurtsein_intake import submissions as made
from buurtsein_intake.acceptance import Acceptance, Accepted
from buurtsein_intake.alarm import police_called
from buurtsein_intake.answers import Receipts
from buurtsein_intake.channels.conversation import Policy
from buurtsein_intake.channels.desk import Desk, ReportDesk
from buurtsein_intake.channels.drafts import Drafts
from buurtsein_intake.channels.filings import Filings
from buurtsein_intake.channels.illustrations import Illustrations
from buurtsein_intake.channels.outgoing import Outbox
from buurtsein_intake.channels.questions import Menus
from buurtsein_intake.clients import Caller, Client, Keyring, Right
from buurtsein_intake.codes import Codes
from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.forms import FormFile
from buurtsein_intake.idempotency import parse_key
from buurtsein_intake.limits import Quota
from buurtsein_intake.openapi import OUTCOME_DOCS, REPORT_DOCS, STATUS_DOCS
from buurtsein_intake.photos.attachments import Attachments, PhotoDesk
from buurtsein_intake.photos.store import PhotoStore
from buurtsein_intake.photos.upload import Uploads
from buurtsein_intake.quotas import Addresses
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import BODY_LIMIT, OutcomeIn, ReportIn, is_reference
from buurtsein_intake.statuses import Statuses
from buurtsein_intake.validation import Known
from buurtsein_runtime import metrics, problems
from buurtsein_runtime.bodies import Headers, headers_of, read_json_body
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.problems import Refused
from buurtsein_runtime.tracing import Tracer, new_traceparent, valid_traceparent

_JSON: Final = "application/json"
_RECEIVED: Final = cache(metrics.RECEIVED.labels)


class Quotas(Protocol):
    """Where tokens are counted."""

    async def spend(self, quota: Quota) -> None:
        """Take a token; raises `Refused` when there is none yet, `Later` when that place does not answer."""
        ...


@dataclass(frozen=True, kw_only=True)
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
    form: FormFile
    drafts: Drafts
    outbox: Outbox
    filings: Filings
    photos: PhotoStore
    codes: Codes
    attachments: Attachments
    quotas: Quotas

    @cached_property
    def desk(self) -> Desk:
        """Return where messages of channels become reports, and their photos photos of these."""
        return PhotoDesk(self.report_desk, self.attachments)

    @cached_property
    def report_desk(self) -> ReportDesk:
        """Return where messages of channels become reports; Telegram and SMS are asked in the answer to a webhook."""
        policy = Policy(
            menus=Menus(self.form),
            expiry=timedelta(seconds=self.settings.draft_seconds),
            digest=self.submissions.digest,
            link=partial(answers.link, self.settings.public_url),
            asking=self.outbox.channels | {"telegram", "sms"},
        )
        return ReportDesk(
            self.submissions,
            self.acceptance,
            self.clock,
            statuses=self.statuses,
            drafts=self.drafts,
            outbox=self.outbox,
            policy=policy,
            codes=self.codes,
            photos=self.photos,
            known=self.known,
        )

    @cached_property
    def uploads(self) -> Uploads:
        """Return what takes photos from requests."""
        return Uploads(self.photos)

    async def upload(self, request: Request) -> str:
        """Return what the photo in a request is known by, once it is kept; raises `Refused` or `Later`."""
        return (await self.uploads.keep(request)).ref

    @cached_property
    def illustrations(self) -> Illustrations:
        """Return the desk of reports to which photos are added one by one."""
        edit = self.report_desk.edit
        return Illustrations(self.desk, edit, drafts=self.drafts, submissions=self.submissions, clock=self.clock)

    async def spend_of_address(self, request: Request) -> None:
        """Take a token of the address that a request comes from, where there is no key; raises `Refused` or `Later`."""
        await self.quotas.spend(self.addresses.quota_of(request.scope, self.clock.now()))

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
    return await accept_report(intake, request, headers, client.caller, report)


async def accept_report(
    intake: Intake, request: Request, headers: Headers, caller: Caller, given: ReportIn
) -> Response:
    """Return the receipt of a caller's report once it is kept; raises `Refused` or `Later` when it is not."""
    report = _with_words(given)
    photos = await intake.photos.claim(report.photos) if report.photos else ()
    validation.check_report(report, intake.known(report.occurred_at), photos)
    if report.occurred_at:
        intake.clock.observe(report.occurred_at)
    # The trace of an anonymous report begins here: a caller's trace could lead to who reported.
    around = _around(intake, request, headers, caller, parent=None if report.anonymous else headers.get(b"traceparent"))
    accepted = await intake.acceptance.accept(intake.submissions.of_report(report, around))
    if accepted.new:
        _RECEIVED(report.channel).inc()
    _note(request, around, accepted, report=accepted.event_id)
    location = answers.link(intake.settings.public_url, accepted.event_id)
    code = intake.submissions.code(accepted.event_id) if report.anonymous else None
    return Response(intake.receipts.receipt(report, accepted.event_id, code), 202, {"Location": location}, _JSON)


def _with_words(report: ReportIn) -> ReportIn:
    called = police_called(report.text) if report.police_called is None else None
    return report if called is None else report.model_copy(update={"police_called": called})


async def _get_report(intake: Intake, request: Request) -> Response:
    return await status_response(intake, str(request.path_params["reference"]))


async def status_response(intake: Intake, reference: str) -> Response:
    """Return where a report stands; raises `Refused` (404) when there is none, `Later` when it can't be read now."""
    kept = await intake.statuses.read(reference) if is_reference(reference) else None
    if kept is None:
        raise Refused(problems.UNKNOWN_REFERENCE)
    status = answers.report_status(reference, kept, intake.settings.public_url)
    return Response(status.model_dump_json(exclude_none=True), 200, {"Cache-Control": "no-store"}, _JSON)


async def _post_outcome(intake: Intake, request: Request) -> Response:
    headers = headers_of(request)
    client = _client(intake, request, headers, "outcomes:write")
    outcome = validation.parse(await read_json_body(request, headers, BODY_LIMIT), OutcomeIn)
    validation.check_outcome(outcome, intake.known(outcome.at))
    client.check_network(outcome.network)
    if outcome.at:
        intake.clock.observe(outcome.at)
    around = _around(intake, request, headers, client.caller, parent=headers.get(b"traceparent"))
    accepted = await intake.acceptance.accept(intake.submissions.of_outcome(outcome, around))
    _note(request, around, accepted, outcome=accepted.event_id, network=outcome.network)
    return Response(answers.OutcomeReceipt(id=accepted.event_id).model_dump_json(), 202, media_type=_JSON)


def _client(intake: Intake, request: Request, headers: Headers, scope: Right) -> Client:
    client = intake.keyring.admit(headers.get(b"authorization"), scope)
    access.note(request.scope, client=client.name)
    return client


def _note(request: Request, around: made.Request, accepted: Accepted, **fields: str) -> None:
    access.note(request.scope, trace=around.traceparent[3:35], kept="now" if accepted.new else "before", **fields)


def _around(
    intake: Intake, request: Request, headers: Headers, caller: Caller, *, parent: bytes | None
) -> made.Request:
    key = parse_key(_key_header(request, headers), required=caller.key_required)
    given = valid_traceparent(parent.decode("latin-1")) if parent else None
    trace = given or new_traceparent()
    trace = intake.tracer.span("accept", trace, {"client": caller.name}) or trace
    return made.Request(caller.name, key, intake.clock.now(), trace, caller.quota)


def _key_header(request: Request, headers: Headers) -> str | None:
    """Return the header; two of them are one with a comma (RFC 9110, section 5.3), which is no key."""
    if b"idempotency-key" not in headers:
        return None
    values = [value for name, value in request.scope["headers"] if name == b"idempotency-key"]
    return b", ".join(values).decode("latin-1")

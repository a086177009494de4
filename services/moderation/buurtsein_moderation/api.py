"""The HTTP endpoints for coordinators and authors; each checks, keeps and answers, and decides nothing itself."""

from dataclasses import dataclass
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Depends, FastAPI, Query, Request

from buurtsein_events.actions import Action, ModerationAction
from buurtsein_events.values import Redaction
from buurtsein_moderation import shapes, views
from buurtsein_moderation.access import Caller, Coordinator
from buurtsein_moderation.cases import SETTLES, CaseFile
from buurtsein_moderation.desk import Desk
from buurtsein_moderation.documents import PROBLEMS, takes
from buurtsein_moderation.members import member_of
from buurtsein_moderation.parameters import check_known
from buurtsein_moderation.recording import Recorder, action_id
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime import problems
from buurtsein_runtime.bodies import Model, headers_of, parse, read_json_body
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.documents import Document
from buurtsein_runtime.problems import FieldError, Refused

PAGE: Final = 100
LINES: Final = 500
OFFSETS: Final = 100_000

_LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that the endpoints need, wired in one place."""

    desk: Desk
    recorder: Recorder
    settings: ModerationSettings
    clock: Clock

    async def file(self, caller: Coordinator, report_id: str) -> CaseFile:
        """Return a case that the caller may decide about; raises `Refused`."""
        folder = await self.desk.folder(report_id[:100])
        if folder is None:
            raise Refused(problems.UNKNOWN_REFERENCE)
        caller.check_decides(folder.file.case.community)
        return folder.file

    async def check_appeals(self, file: CaseFile) -> None:
        """Raise `Refused` while as many appeals of the author wait for an answer as may."""
        member = member_of(file.case.moderated.report)
        if member and await self.desk.appeals(member) >= self.settings.appeals:
            raise Refused(_too_many_appeals(self.settings.appeals))

    async def act(
        self,
        caller: Coordinator,
        file: CaseFile,
        action: Action,
        message: str | None,
        redactions: tuple[Redaction, ...] = (),
    ) -> views.ActionReceipt:
        """Keep an action and return its receipt; one that was kept before is answered in the same way."""
        taken = _action(file, action, by=caller.name, message=message, redactions=redactions)
        report_id, number = taken.report_id, action_id(taken)
        if file.by_event(number) is None:
            _check_open(file, action)
            await self.recorder.record(taken)
            _LOG.info("action", action=action, report=report_id, community=file.case.community, by=caller.name)
        links = {"self": views.case_link(report_id), "audit": f"/v1/audit?community={file.case.community}"}
        return views.ActionReceipt(id=number, report_id=report_id, action=action, links=links)

    async def appeal(self, file: CaseFile, text: str) -> None:
        """Keep an appeal; one that was kept before is taken again, and another about the same report is refused."""
        taken = _action(file, "appeal", message=text)
        if answered := file.settled("appeal"):
            raise Refused(_already(answered.what, None))
        if file.did("appeal") is None:
            await self.check_appeals(file)
            await self.recorder.record(taken)
        elif file.by_event(action_id(taken)) is None:
            raise Refused(_already_appealed())


def add_routes(api: FastAPI, office: Office) -> None:
    """Add the endpoints of version 1, which take the parameters of their document and no others."""
    routes = APIRouter(dependencies=[Depends(check_known)])
    _add_reading(routes, office)
    _add_deciding(routes, office)
    _add_appeals(routes, office)
    api.include_router(routes)


def _add_reading(routes: APIRouter, office: Office) -> None:
    @routes.get("/v1/queue", tags=["queue"], responses=PROBLEMS)
    async def queue(
        caller: Caller,
        community: Annotated[str | None, Query(max_length=100)] = None,
        offset: Annotated[int, Query(ge=0, le=OFFSETS)] = 0,
        limit: Annotated[int, Query(ge=1, le=PAGE)] = 20,
    ) -> views.QueueOut:
        """What waits for the coordinators of a community, oldest first; a key for one community need not name it."""
        name = _community(caller, community)
        page = await office.desk.queue(name, start=offset, count=limit)
        now, limits = office.clock.now(), office.settings.overdue
        items = tuple(views.waiting_out(each, now, limit=limits(each.entry.type)) for each in page.waiting)
        more = offset + limit
        following = f"/v1/queue?community={name}&offset={more}&limit={limit}" if more < page.total else None
        return views.QueueOut(community=name, total=page.total, items=items, next=following)

    @routes.get("/v1/queue/{report_id}", tags=["queue"], responses=PROBLEMS)
    async def case(caller: Caller, report_id: str) -> views.CaseOut:
        """One case, also when everything about it was decided, for thirty days from then."""
        folder = await office.desk.folder(report_id[:100])
        if folder is None:
            raise Refused(problems.UNKNOWN_REFERENCE)
        caller.role_in(folder.file.case.community)
        return views.case_out(folder)

    @routes.get("/v1/audit", tags=["audit"], responses=PROBLEMS)
    async def audit(
        caller: Caller,
        community: Annotated[str | None, Query(max_length=100)] = None,
        limit: Annotated[int, Query(ge=1, le=LINES)] = 100,
    ) -> views.AuditOut:
        """Who decided what in a community; the topic `moderation.actions` is the record that this is taken from."""
        name = _community(caller, community)
        found = await office.desk.audit(name, limit)
        lines = tuple(views.AuditLine(at=at, **line.model_dump()) for at, line in found)
        return views.AuditOut(community=name, lines=lines)


def _add_deciding(routes: APIRouter, office: Office) -> None:
    @routes.post("/v1/queue/{report_id}/approve", **_deciding(shapes.ApproveIn, required=False))
    async def approve(caller: Caller, report_id: str, request: Request) -> views.ActionReceipt:
        """Publish a held report; a strike that it gave no longer counts."""
        file = await office.file(caller, report_id)
        said = await _body(request, shapes.ApproveIn, required=False)
        return await office.act(caller, file, "approve", said.message)

    @routes.post("/v1/queue/{report_id}/redact", **_deciding(shapes.RedactIn))
    async def redact(caller: Caller, report_id: str, request: Request) -> views.ActionReceipt:
        """Publish a held report with parts of it hidden from neighbours."""
        file = await office.file(caller, report_id)
        said = await _body(request, shapes.RedactIn)
        hidden = _redactions(said, len(file.case.moderated.report.text))
        return await office.act(caller, file, "redact", said.message, hidden)

    @routes.post("/v1/queue/{report_id}/decline", **_deciding(shapes.DeclineIn))
    async def decline(caller: Caller, report_id: str, request: Request) -> views.ActionReceipt:
        """Do not publish a held report, and tell its author why."""
        file = await office.file(caller, report_id)
        said = await _body(request, shapes.DeclineIn)
        return await office.act(caller, file, "decline", said.message)

    @routes.post("/v1/queue/{report_id}/removal", **_deciding(shapes.RemovalIn))
    async def removal(caller: Caller, report_id: str, request: Request) -> views.ActionReceipt:
        """Confirm or refuse that the author is removed from the group; they are told why."""
        file = await office.file(caller, report_id)
        said = await _body(request, shapes.RemovalIn)
        return await office.act(caller, file, "confirm_removal" if said.confirmed else "refuse_removal", said.message)

    @routes.post("/v1/queue/{report_id}/appeal", **_deciding(shapes.AnswerIn))
    async def answer(caller: Caller, report_id: str, request: Request) -> views.ActionReceipt:
        """Grant or refuse an appeal: one that is granted publishes the report and takes its strike back."""
        file = await office.file(caller, report_id)
        said = await _body(request, shapes.AnswerIn)
        return await office.act(caller, file, "grant_appeal" if said.granted else "refuse_appeal", said.message)


def _add_appeals(routes: APIRouter, office: Office) -> None:
    @routes.post(
        "/v1/appeals/{reference}",
        status_code=202,
        tags=["appeals"],
        responses=PROBLEMS,
        openapi_extra=takes(shapes.AppealIn),
    )
    async def appeal(reference: str, request: Request) -> views.AppealReceipt:
        """Appeal against what was decided about a report; whoever knows its reference may, once, within thirty days."""
        folder = await office.desk.folder(reference[:100])
        if folder is None:
            raise Refused(problems.UNKNOWN_REFERENCE)
        said = await _body(request, shapes.AppealIn)
        await office.appeal(folder.file, said.text)
        return views.AppealReceipt(reference=reference)


def _deciding(body: type[shapes.Body], *, required: bool = True) -> Document:
    """Return what the endpoints have in common with which a coordinator decides."""
    return {
        "status_code": 202,
        "tags": ["decisions"],
        "responses": PROBLEMS,
        "openapi_extra": takes(body, required=required),
    }


async def _body(request: Request, model: type[Model], *, required: bool = True) -> Model:
    headers = headers_of(request)
    absent = headers.get(b"content-length", b"0") == b"0" and b"transfer-encoding" not in headers
    if not required and absent and b"content-type" not in headers:
        return parse(b"{}", model)
    raw = await read_json_body(request, headers, shapes.BODY_LIMIT)
    return parse(raw, model)


def _community(caller: Coordinator, community: str | None) -> str:
    name = community or (next(iter(caller.communities)) if len(caller.communities) == 1 else None)
    if name is None:
        own = ", ".join(sorted(caller.communities))
        raise Refused(problems.invalid((FieldError("?community", f"is required; this key is for {own}"),)))
    caller.role_in(name)
    return name


def _redactions(said: shapes.RedactIn, length: int) -> tuple[Redaction, ...]:
    errors = tuple(
        FieldError(f"#/redactions/{number}/end", f"is behind the end of the text, which has {length} characters")
        for number, hide in enumerate(said.redactions)
        if hide.end > length
    )
    if errors:
        raise Refused(problems.invalid(errors))
    return tuple(Redaction(kind=hide.kind, start=hide.start, end=hide.end) for hide in said.redactions)


def _action(
    file: CaseFile,
    action: Action,
    *,
    by: str | None = None,
    message: str | None,
    redactions: tuple[Redaction, ...] = (),
) -> ModerationAction:
    report_id = file.case.moderated.report.report_id
    return ModerationAction(
        report_id=report_id, action=action, by=by, case=file.case, message=message, redactions=redactions
    )


def _check_open(file: CaseFile, action: Action) -> None:
    """Raise `Refused` when there is nothing for the action to decide."""
    matter = SETTLES[action]
    if matter in file.open:
        return
    if done := file.settled(matter):
        raise Refused(_already(done.what, done.by))
    waits = f"What may be decided: {', '.join(file.open)}." if file.open else "Nothing waits for a decision."
    raise Refused(problems.conflict("nothing-to-decide", f"There is no {matter} to decide about", waits))


def _too_many_appeals(limit: int) -> problems.Problem:
    return problems.Problem(
        status=429,
        name="too-many-appeals",
        title="Other appeals of yours wait for an answer",
        detail=f"A coordinator looks at {limit} of them first; send this one again when you have an answer.",
    )


def _already_appealed() -> problems.Problem:
    detail = "A coordinator answers the appeal that was sent first; there is one for each report."
    return problems.conflict("already-appealed", "There is an appeal about this report", detail)


def _already(what: str, by: str | None) -> problems.Problem:
    who = f" by {by}" if by else ""
    detail = f"It was decided{who} before ({what}), and the first decision counts; look at the case."
    return problems.conflict("already-decided", "This was decided before", detail)

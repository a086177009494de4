"""Signalen v1's public API over HTTP: a signal is posted, its status read, and the categories listed."""

from dataclasses import replace
from functools import partial
from typing import Final

from fastapi import FastAPI, Request, Response

from buurtsein_events.results import Later
from buurtsein_intake import access, answers
from buurtsein_intake.channels import signalen_docs as docs
from buurtsein_intake.channels.filings import FilingDesk
from buurtsein_intake.channels.routes import serve
from buurtsein_intake.channels.signalen import Signalen, signal
from buurtsein_intake.channels.signalen_attachments import UNKNOWN, post_attachment
from buurtsein_intake.channels.signalen_body import as_json, shape
from buurtsein_intake.channels.signalen_categories import BASE, tree
from buurtsein_intake.channels.signalen_desk import SignalenDesk
from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.methods import METHODS
from buurtsein_intake.shapes import is_reference
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Problem

_JSON: Final = "application/json"
_CACHED: Final = "public, max-age=3600"


def add_signalen(api: FastAPI, parts: SignalenDesk) -> None:
    """Add the endpoints."""
    add = partial(
        api.router.add_api_route, tags=["signalen"], response_class=Response, route_class_override=DirectRoute
    )
    adapter = Signalen(parts.file)
    filing = FilingDesk(parts.illustrations, parts.filings, parts.clock)
    post = partial(serve, adapter, filing, parts.public_url, parts.clock.now, parts.spend)
    categories = as_json(tree(parts.file, parts.public_url))

    async def get_signal(request: Request) -> Response:
        """Tell where a signal stands."""
        return await _get_signal(parts, request)

    async def get_categories(_: Request) -> Response:
        """List the categories, which never change while intake runs."""
        return Response(categories, 200, {"Cache-Control": _CACHED}, _JSON)

    add(adapter.path, post, methods=["POST"], name="signalen-post", status_code=201, **docs.POST)
    attach = partial(post_attachment, parts)
    attachments = f"{BASE}/signals/{{signal_id}}/attachments"
    add(attachments, attach, methods=["POST"], name="signalen-attachment", status_code=201, **docs.ATTACH)
    add(f"{attachments}/", attach, methods=["POST"], name="signalen-attachment-slash", include_in_schema=False)
    add(f"{BASE}/signals/{{signal_id}}", get_signal, methods=["GET"], name="signalen-get", **docs.GET)
    add(f"{BASE}/terms/categories/", get_categories, methods=["GET"], name="signalen-categories", **docs.CATEGORIES)
    add("/signals/{rest:path}", _unknown, methods=list(METHODS), name="signalen-unknown", include_in_schema=False)


async def _unknown(request: Request) -> Response:
    if methods := problems.allowed(request.app, request.scope):
        headers, detail = {"Allow": ", ".join(methods)}, f'Method "{request.method}" not allowed.'
        return _problem(replace(problems.of_status(405, headers), detail=detail))
    return _problem(UNKNOWN)


async def _get_signal(parts: SignalenDesk, request: Request) -> Response:
    access.note(request.scope, channel="signalen")
    reference = str(request.path_params["signal_id"]).lower()
    try:
        found = await _found(parts, reference) if is_reference(reference) else None
    except Later as later:
        return _problem(problems.unavailable(str(later)))
    if found is None:
        return _problem(UNKNOWN)
    return Response(as_json(found), 200, {"Cache-Control": "no-store"}, _JSON)


async def _found(parts: SignalenDesk, reference: str) -> dict[str, object] | None:
    kept = await parts.statuses.read(reference)
    if kept is None:
        return None
    [filing] = await parts.filings.read([reference])
    status = answers.report_status(reference, kept, parts.public_url)
    at = filing.at if filing else status.received_at
    return signal(
        reference,
        at=at,
        updated=max(moment for moment in (at, answers.updated_at(status)) if moment),
        happened=filing.occurred_at if filing else at,
        closed=answers.is_closed(status),
    )


def _problem(problem: Problem) -> Response:
    return Response(as_json(shape(problem)), problem.status, dict(problem.headers), _JSON)

"""The webhooks of all channels as routes: an HTTP request in, an adapter's answer out."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial

from fastapi import FastAPI, Request, Response

from buurtsein_events.results import Later
from buurtsein_intake import access
from buurtsein_intake.channels.adapter import Adapter, Call
from buurtsein_intake.channels.desk import Desk
from buurtsein_intake.channels.documents import DOCUMENTS
from buurtsein_intake.channels.webhook import receive
from buurtsein_intake.direct import DirectRoute
from buurtsein_runtime import problems
from buurtsein_runtime.bodies import read_body
from buurtsein_runtime.documents import Document
from buurtsein_runtime.problems import Refused

Spend = Callable[[Request], Awaitable[None]]
"""Takes a token for a request; raises `Refused` when there is none, `Later` when it can't be counted."""


def add_channels(
    api: FastAPI, adapters: Iterable[Adapter], desk: Desk, *, public_url: str, now: Callable[[], datetime]
) -> None:
    """Add a route for each adapter, for the provider's messages and its handshake."""
    for adapter in adapters:
        for method in filter(None, ("POST", adapter.handshake_method)):
            api.router.add_api_route(
                adapter.path,
                partial(serve, adapter, desk, public_url, now, None),
                methods=[method],
                name=f"{adapter.channel}-{method.lower()}",
                tags=["channels"],
                response_class=Response,
                route_class_override=DirectRoute,
                **_documented(adapter, method),
            )


def _documented(adapter: Adapter, method: str) -> Document:
    what = "Messages from" if method == "POST" else "The handshake of"
    return {"summary": f"{what} {adapter.channel}.", **DOCUMENTS.get((adapter.path, method), {})}


async def serve(
    adapter: Adapter,
    desk: Desk,
    public_url: str,
    now: Callable[[], datetime],
    spend: Spend | None,
    request: Request,
) -> Response:
    """Answer a request of a channel by its adapter, also when it is refused or can't be kept now.

    With `spend` each request takes a token: for channels that anybody may post to.
    """
    access.note(request.scope, channel=adapter.channel)
    try:
        if spend:
            await spend(request)
        answer = await receive(adapter, await _call(adapter, public_url, now(), request), desk)
    except Refused as refused:
        answer = adapter.refuse(refused.problem)
    except Later as later:
        answer = adapter.refuse(problems.unavailable(str(later)))
    return Response(answer.body, answer.status, dict(answer.headers), answer.media_type)


async def _call(adapter: Adapter, public_url: str, now: datetime, request: Request) -> Call:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.scope["headers"]}
    body = b""
    if request.method == "POST":
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in adapter.media_types:
            raise Refused(problems.unsupported_media_type(headers.get("content-type"), adapter.media_types))
        body = await read_body(request, headers.get("content-length", ""), adapter.body_limit)
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["path"]
    return Call(
        method=request.method,
        url=f"{public_url}{path}{'?' if query else ''}{query}",
        now=now,
        parameters=request.path_params,
        query=dict(request.query_params) if query else {},
        headers=headers,
        body=body,
    )

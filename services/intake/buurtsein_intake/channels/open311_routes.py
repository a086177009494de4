"""Open311 GeoReport v2 over HTTP: what it lists, takes and gives back, each in XML and JSON.

References are capabilities: whoever has one may read its request. A list therefore has only what was filed with the
`api_key` that asks for it, and nothing without one.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from fastapi import FastAPI, Request, Response

from buurtsein_events.results import Later
from buurtsein_intake import access
from buurtsein_intake.answers import report_status
from buurtsein_intake.channels import open311_docs as docs
from buurtsein_intake.channels.adapter import Answer
from buurtsein_intake.channels.desk import Desk
from buurtsein_intake.channels.filings import FilingDesk, Filings
from buurtsein_intake.channels.open311 import Open311, client_of
from buurtsein_intake.channels.open311_formats import FORMATS, Content, Format, answer, refusal
from buurtsein_intake.channels.open311_requests import LIMIT, Search, request_of, search
from buurtsein_intake.channels.open311_services import Services, not_found
from buurtsein_intake.channels.routes import serve
from buurtsein_intake.clients import Keyring
from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.form_routes import wanted
from buurtsein_intake.forms import Language
from buurtsein_intake.methods import METHODS
from buurtsein_intake.shapes import is_reference
from buurtsein_intake.statuses import Statuses
from buurtsein_runtime import problems
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.problems import Refused

_BASE: Final = "/open311/v2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open311Desk:
    """Everything that the endpoints need."""

    services: Services
    keyring: Keyring
    desk: Desk
    filings: Filings
    statuses: Statuses
    clock: Clock
    public_url: str


Read = Callable[[Open311Desk, Request, Language], Awaitable[tuple[str, Content]]]
"""Reads what a request asks for: the name of the root and its content; raises `Refused` and `Later`."""


def add_open311(api: FastAPI, parts: Open311Desk) -> None:
    """Add the endpoints, for each format."""
    add = partial(api.router.add_api_route, tags=["open311"], response_class=Response, route_class_override=DirectRoute)
    filing = FilingDesk(parts.desk, parts.filings, parts.clock)
    for form in FORMATS:
        adapter = Open311(form, parts.keyring, parts.services)
        post = partial(serve, adapter, filing, parts.public_url, parts.clock.now, None)
        add(adapter.path, post, methods=["POST"], name=f"open311-post-{form}", **docs.post(form))
        for name, path, read in _READS:
            get = partial(_serve, parts, form, read)
            add(f"{_BASE}/{path}.{form}", get, methods=["GET"], name=f"open311-{name}-{form}", **docs.get(name, form))
    add(_BASE + "/{rest:path}", _unknown, methods=list(METHODS), name="open311-unknown", include_in_schema=False)


async def _serve(parts: Open311Desk, form: Format, read: Read, request: Request) -> Response:
    access.note(request.scope, channel="open311")
    try:
        parts.services.check_jurisdiction(request.query_params.get("jurisdiction_id"))
        language = wanted(None, request.headers.get("accept-language", ""))
        root, content = await read(parts, request, language)
        found = answer(form, root, content)
    except Refused as refused:
        found = refusal(form, refused.problem)
    except Later as later:
        found = refusal(form, problems.unavailable(str(later)))
    return _response(found)


async def _unknown(request: Request) -> Response:
    form: Format = "json" if request.url.path.endswith(".json") else "xml"
    if methods := problems.allowed(request.app, request.scope):
        return _response(refusal(form, problems.of_status(405, {"Allow": ", ".join(methods)})))
    cure = f"{_BASE}/discovery.{form} is where to begin"
    return _response(refusal(form, not_found("resource", request.url.path, cure)))


def _response(found: Answer) -> Response:
    headers = {**found.headers, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return Response(found.body, found.status, headers, found.media_type)


async def _discovery(parts: Open311Desk, _: Request, language: Language) -> tuple[str, Content]:
    return "discovery", parts.services.discovery(language)


async def _services(parts: Open311Desk, _: Request, language: Language) -> tuple[str, Content]:
    return "services", parts.services.listed(language)


async def _definition(parts: Open311Desk, request: Request, language: Language) -> tuple[str, Content]:
    kind = parts.services.known(str(request.path_params["service_code"]))
    return "service_definition", parts.services.definition(kind, language)


async def _request(parts: Open311Desk, request: Request, language: Language) -> tuple[str, Content]:
    reference = str(request.path_params["service_request_id"])
    found = await _found(parts, [reference], language)
    if not found:
        raise Refused(not_found("service_request_id", reference, "check it; requests are kept for some weeks"))
    return "service_requests", [found[0]]


async def _token(parts: Open311Desk, request: Request, language: Language) -> tuple[str, Content]:
    """Return the reference, which is known at once here, so that a token can only be a reference itself."""
    token = str(request.path_params["token"])
    if not await _found(parts, [token], language):
        raise Refused(not_found("token", token, "POST requests answers with a service_request_id at once"))
    return "service_requests", [{"service_request_id": token, "token": token}]


async def _requests(parts: Open311Desk, request: Request, language: Language) -> tuple[str, Content]:
    asked = search(request.query_params, parts.services, parts.clock.now())
    if asked.references:
        return "service_requests", await _found(parts, asked.references, language)
    key = request.query_params.get("api_key")
    if not key:
        return "service_requests", []
    client = client_of(parts.keyring, key).name
    references = await parts.filings.filed_by(client, asked.since, asked.until, LIMIT)
    found = [each for each in await _found(parts, references, language) if _asked_for(each, asked)]
    return "service_requests", found[asked.shown]


def _asked_for(found: dict[str, Content], asked: Search) -> bool:
    return found["status"] in asked.statuses and (not asked.kinds or found["service_code"] in asked.kinds)


async def _found(parts: Open311Desk, references: Sequence[str], language: Language) -> list[dict[str, Content]]:
    known = [each for each in references if is_reference(each)]
    kept = await parts.statuses.read_many(known)
    filings = await parts.filings.read(known)
    return [
        request_of(reference, report_status(reference, each, parts.public_url), filing, parts.services, language)
        for reference, each, filing in zip(known, kept, filings, strict=True)
        if each is not None
    ]


_READS: Final[tuple[tuple[str, str, Read], ...]] = (
    ("discovery", "discovery", _discovery),
    ("services", "services", _services),
    ("definition", "services/{service_code}", _definition),
    ("requests", "requests", _requests),
    ("request", "requests/{service_request_id}", _request),
    ("token", "tokens/{token}", _token),
)

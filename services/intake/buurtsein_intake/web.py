"""Reports from intake's own page: a browser holds no secret, so what is checked is that the page itself sends them."""

import html
import json
from collections.abc import Mapping
from functools import partial
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI, Request, Response

from buurtsein_events.results import Later
from buurtsein_intake import access, answers, validation
from buurtsein_intake.clients import Caller
from buurtsein_intake.codes import grouped
from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.forms import Language, say
from buurtsein_intake.http import Intake, accept_report
from buurtsein_intake.idempotency import KEY_LIMIT
from buurtsein_intake.openapi import WEB_REPORT_DOCS
from buurtsein_intake.page import HEADERS, Page, reader_language
from buurtsein_intake.shapes import BODY_LIMIT, ReportIn
from buurtsein_runtime import problems
from buurtsein_runtime.bodies import Headers, headers_of, read_body, read_json_body, text_of
from buurtsein_runtime.problems import Problem, Refused

CLIENT: Final = "web"
"""The name of the page among the applications that send reports."""

_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS: Final = 10


def add_web(api: FastAPI, intake: Intake, page: Page) -> None:
    """Add where the page sends its reports."""

    async def post_web_report(request: Request) -> Response:
        """Accept a report of the page."""
        headers = headers_of(request)
        await admit(intake, request, headers)
        if (text_of(headers, b"content-type") or "").partition(";")[0].strip().lower() == _FORM:
            return await _post_plain(intake, page, request, headers)
        return await _post_json(intake, request, headers)

    add = partial(api.router.add_api_route, route_class_override=DirectRoute)
    add("/v1/web/reports", post_web_report, methods=["POST"], status_code=202, **WEB_REPORT_DOCS)


async def admit(intake: Intake, request: Request, headers: Headers) -> None:
    """Let a request of the page pass, and note that it is one.

    Raises `Refused`: 403 when it comes from elsewhere, 429 when too many come from one address; `Later` when these
    can't be counted now.
    """
    if not same_origin(headers, intake.settings.public_url):
        raise Refused(_ELSEWHERE)
    access.note(request.scope, client=CLIENT)
    await intake.spend_of_address(request)


def same_origin(headers: Headers, public_url: str) -> bool:
    """Tell whether a browser sent a request from a page of ours (Fetch Metadata, or else the Origin header).

    No cookie makes a request of another site's more than anyone's; this keeps other sites from having their visitors
    send reports. `Origin` is compared with the host that was asked for and with the public address.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == b"same-origin"
    origin, host = text_of(headers, b"origin"), text_of(headers, b"host")
    public = urlsplit(public_url)
    return origin in {f"{public.scheme}://{public.netloc}", f"http://{host}", f"https://{host}"}


async def _post_json(intake: Intake, request: Request, headers: Headers) -> Response:
    if b"idempotency-key" not in headers:
        raise Refused(problems.bad_idempotency_key(KEY_LIMIT))
    report = validation.parse(await read_json_body(request, headers, BODY_LIMIT), ReportIn)
    return await accept_report(intake, request, headers, Caller(CLIENT), _of_page(report))


def _of_page(report: ReportIn) -> ReportIn:
    """Return the report as one of the page, which knows nobody's name."""
    return report.model_copy(update={"channel": "web", "reporter": None})


async def _post_plain(intake: Intake, page: Page, request: Request, headers: Headers) -> Response:
    """Answer the form of a browser without scripts with a page; the same words soon after are a retry."""
    raw = await read_body(request, text_of(headers, b"content-length") or "", BODY_LIMIT)
    fields = _fields(raw)
    language = reader_language(fields.get("lang"), text_of(headers, b"accept-language") or "")
    try:
        report = _of_page(validation.parse(_body(fields), ReportIn))
        accepted = await accept_report(intake, request, headers, Caller(CLIENT), report)
    except Refused as refused:
        return _refusal(page, language, refused.problem, "plain_back")
    except Later as later:
        return _refusal(page, language, problems.unavailable(str(later)), "plain_later")
    return _page(page, language, 202, _kept(page, language, answers.Receipt.model_validate_json(bytes(accepted.body))))


def _fields(raw: bytes) -> Mapping[str, str]:
    try:
        return dict(parse_qsl(raw.decode("ascii"), errors="strict", max_num_fields=_FIELDS))
    except ValueError:
        return {}


def _body(fields: Mapping[str, str]) -> bytes:
    """Return the report that a form is, as JSON; browsers send the ends of lines as CR LF."""
    body: dict[str, object] = {"anonymous": "anonymous" in fields}
    if text := fields.get("text"):
        body["text"] = text.replace("\r\n", "\n")
    if address := fields.get("address", "").strip():
        body["location"] = {"address": address}
    return json.dumps(body).encode()


def _kept(page: Page, language: Language, receipt: answers.Receipt) -> str:
    """Return what the reporter gets to see, as HTML."""
    said, reference = html.escape(say(receipt.message, language) or ""), html.escape(receipt.reference)
    code = receipt.receipt_code
    lines = [
        f"<h1>{said}</h1>",
        f'<h2>{page.word(language, "reference")}</h2><p class="code">{reference}</p>',
        f'<p class="hint">{page.word(language, "reference_hint")}</p>',
        f'<h2>{page.word(language, "code")}</h2><p class="code">{grouped(code)}</p>' if code else "",
        f'<p><a href="{answers.link("", reference)}">{page.word(language, "status")}</a></p>',
        f'<p><a href="/?plain=1&amp;lang={language}">{page.word(language, "new")}</a></p>',
    ]
    return "\n".join(lines)


def _refusal(page: Page, language: Language, problem: Problem, cure: str) -> Response:
    main = f"<h1>{page.word(language, 'plain_refused')}</h1>\n<p>{page.word(language, cure)}</p>"
    if problem.status < 500:
        main += f'\n<p lang="en">{html.escape(problem.detail)}</p>'
    return _page(page, language, problem.status, main, problem.headers)


def _page(page: Page, language: Language, status: int, main: str, more: Mapping[str, str] | None = None) -> Response:
    headers = {**HEADERS, **(more or {}), "Content-Language": language, "Cache-Control": "no-store"}
    return Response(page.render(language, main), status, headers, "text/html; charset=utf-8")


_ELSEWHERE: Final = Problem(
    403,
    "not-from-the-page",
    "This is for the page of this intake only",
    "Send reports of an application to POST /v1/reports, with its key.",
)

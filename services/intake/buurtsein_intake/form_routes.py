"""The form's endpoints: what there is to answer with is made once, and caches may keep it."""

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Final

from fastapi import FastAPI, Request, Response

from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.forms import LANGUAGES, Form, FormFile, FormList, Language, form, form_list, types_of
from buurtsein_intake.openapi import problem
from buurtsein_runtime.documents import Responses
from buurtsein_runtime.problems import Problem, Refused

_SECONDS: Final = 300
_LIST: Final = ""
_LANG: Final = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "The language; without it, Accept-Language decides.",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
}
_KIND: Final = {
    "name": "type",
    "in": "path",
    "required": True,
    "description": "A type of report, or `report` for all of them in one form.",
    "schema": {"type": "string", "enum": ["report", "urgent", "suspicious", "nuisance", "idea"]},
}
_NOT_MODIFIED: Final[Responses] = {304: {"description": "What the ETag in If-None-Match stands for is still so."}}


def add_form(api: FastAPI, file: FormFile) -> None:
    """Add the form's endpoints."""
    pages = dict(_pages(file))

    async def list_forms(request: Request) -> Response:
        """List the types of report that have a form."""
        return _answer(pages, request, _LIST)

    async def get_form(request: Request) -> Response:
        """Return the questions of a type of report."""
        return _answer(pages, request, str(request.path_params["type"]))

    add = partial(api.router.add_api_route, methods=["GET"], tags=["form"], route_class_override=DirectRoute)
    add(
        "/v1/form",
        list_forms,
        summary="List the types of report.",
        response_class=Response,
        responses={200: {"model": FormList}, 400: problem("The language is not known."), **_NOT_MODIFIED},
        openapi_extra={"parameters": [_LANG]},
    )
    add(
        "/v1/form/{type}",
        get_form,
        summary="Get the questions of a type of report.",
        response_class=Response,
        responses={
            200: {"model": Form},
            400: problem("The language is not known."),
            404: problem("No type of report has this name."),
            **_NOT_MODIFIED,
        },
        openapi_extra={"parameters": [_KIND, _LANG]},
    )


def _pages(file: FormFile) -> Iterator[tuple[tuple[str, Language], bytes]]:
    for language in LANGUAGES:
        yield (_LIST, language), form_list(file, language).model_dump_json(exclude_none=True).encode()
        yield ("report", language), form(file, None, language).model_dump_json(exclude_none=True).encode()
        for kind in types_of(file):
            yield (kind, language), form(file, kind, language).model_dump_json(exclude_none=True).encode()


def _answer(pages: dict[tuple[str, Language], bytes], request: Request, name: str) -> Response:
    language = wanted(request.query_params.get("lang"), request.headers.get("accept-language", ""))
    body = pages.get((name, language))
    if body is None:
        raise Refused(_unknown(sorted({kind for kind, _ in pages if kind})))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": f"public, max-age={_SECONDS}",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if known & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, "application/json")


def wanted(asked: str | None, accepted: str) -> Language:
    """Return the language that is asked for, or else the best of Accept-Language (RFC 9110, section 12.5.4).

    Raises `Refused` (400) when the one that is asked for is none of ours; without either it is Dutch.
    """
    if asked is not None:
        found = next((language for language in LANGUAGES if language == asked.lower()), None)
        if found is None:
            raise Refused(_UNKNOWN_LANGUAGE)
        return found
    ranges = (_range(each) for each in accepted[:500].split(","))
    best = max(((quality, name) for name, quality in ranges if quality > 0), key=lambda each: each[0], default=None)
    return next((language for language in LANGUAGES if best and language == best[1]), "nl")


def _range(text: str) -> tuple[str, float]:
    name, _, rest = text.partition(";")
    tag = name.strip().lower().partition("-")[0]
    try:
        quality = float(rest.strip().removeprefix("q=")) if rest.strip() else 1.0
    except ValueError:
        quality = 0.0
    return tag, quality if tag in LANGUAGES else 0.0


def _unknown(names: list[str]) -> Problem:
    return Problem(
        404,
        "unknown-form",
        "There is no form of this name",
        f"Ask for one of {', '.join(names)}; GET /v1/form lists the types of report.",
    )


_UNKNOWN_LANGUAGE: Final = Problem(
    400,
    "unknown-language",
    "The form is not there in this language",
    f"lang must be one of {', '.join(LANGUAGES)}; leave it out to have Accept-Language decide.",
)

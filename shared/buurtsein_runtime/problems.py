"""What a service answers when it refuses: RFC 9457 problem details that name the field and the cure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from buurtsein_events.results import Later

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 3
ERRORS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FieldError:
    """One mistake: where it is (a JSON pointer as a URI fragment, RFC 6901 section 6) and what to do about it."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal; `name` completes the problem type `urn:buurtsein:problem:<name>`."""

    status: int
    name: str
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """Return the problem as JSON."""
        content: dict[str, object] = {
            "type": f"urn:buurtsein:problem:{self.name}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            content["errors"] = [{"pointer": e.pointer, "detail": e.detail} for e in self.errors[:ERRORS_SHOWN]]
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


class Refused(Exception):  # noqa: N818
    """Raised where a request is refused; carries the problem to answer with."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


UNAUTHORIZED: Final = Problem(
    401,
    "unauthorized",
    "The API key is missing or unknown",
    "Send the key of your application in the header Authorization: Bearer <key>.",
    headers={"WWW-Authenticate": 'Bearer realm="buurtsein"'},
)
NO_HTTP: Final = Problem(400, "no-http", "The request is not HTTP", "Send an HTTP/1.1 request (RFC 9112).")
NO_IDEMPOTENCY_KEY: Final = Problem(
    400,
    "no-idempotency-key",
    "The Idempotency-Key is missing",
    "Your application names each request: send the header Idempotency-Key, the same again in a retry.",
)
KEY_REUSED: Final = Problem(
    422,
    "idempotency-key-reused",
    "The Idempotency-Key belongs to another request",
    "This key was used with another body; send a retry unchanged, and a new request with a new key.",
)
STILL_RUNNING: Final = Problem(
    409,
    "still-running",
    "The first request with this Idempotency-Key is still running",
    "Wait for its answer, or send the same request again after the time in Retry-After.",
    headers={"Retry-After": "1"},
)
UNKNOWN_REFERENCE: Final = Problem(
    404,
    "unknown-reference",
    "There is no report with this reference",
    "Check the reference; a status is kept for some weeks after the last news.",
    headers={"Cache-Control": "no-store"},
)


def forbidden(detail: str) -> Problem:
    """Return the answer to a key that is known and may not do this."""
    return Problem(403, "forbidden", "The API key may not do this", detail)


def missing_scope(scope: str) -> Problem:
    """Return the answer to a key without the scope that is needed (RFC 6750, section 3.1)."""
    detail = f"Its application does not have the scope {scope}; ask who gave you the key for one that has it."
    header = f'Bearer realm="buurtsein", error="insufficient_scope", scope="{scope}"'
    return replace(forbidden(detail), headers={"WWW-Authenticate": header})


def conflict(name: str, title: str, detail: str) -> Problem:
    """Return the answer to a request that comes too late, or too early."""
    return Problem(409, name, title, detail)


def unsupported_media_type(content_type: str | None, wanted: Sequence[str] = ("application/json",)) -> Problem:
    """Return the answer to a body that is not declared to be of a type that is `wanted` here, in UTF-8."""
    found = "no Content-Type" if content_type is None else f"Content-Type {content_type[:100]!r}"
    return Problem(
        415,
        "unsupported-media-type",
        f"The body must be {' or '.join(wanted)}",
        f"The request has {found}; send Content-Type: {wanted[0]}, in UTF-8.",
        headers={"Accept-Post": ", ".join(wanted)},
    )


def unsupported_coding(coding: str) -> Problem:
    """Return the answer to a packed body: how large it is would be seen too late (RFC 9110, section 15.5.16)."""
    return Problem(
        415,
        "unsupported-coding",
        "The body must not be packed",
        f"The request has Content-Encoding {coding[:100]!r}; send the body as it is, without that header.",
        headers={"Accept-Encoding": "identity"},
    )


def too_large(limit: int) -> Problem:
    """Return the answer to a body above the limit."""
    return Problem(
        413,
        "too-large",
        "The body is too large",
        f"At most {limit} bytes are accepted; send less: a shorter text or list, or a smaller photo.",
        headers={"Connection": "close"},
    )


def large_head(limit: int, headers: int) -> Problem:
    """Return the answer to a request whose path and headers are too much."""
    return Problem(
        431,
        "large-head",
        "The headers are too large",
        f"At most {limit} bytes of path and headers are accepted, and {headers} headers; send fewer.",
    )


def not_json(detail: str) -> Problem:
    """Return the answer to a body that is no JSON at all."""
    return Problem(400, "not-json", "The body is not JSON", detail)


def bad_idempotency_key(limit: int) -> Problem:
    """Return the answer to an Idempotency-Key that is none."""
    return Problem(
        400,
        "bad-idempotency-key",
        "The Idempotency-Key is not valid",
        f'Send one quoted string of 1 to {limit} visible ASCII characters, such as "8e03978e-40d5-43e8".',
    )


def invalid(errors: tuple[FieldError, ...]) -> Problem:
    """Return the answer to JSON that is not what the endpoint takes."""
    first = errors[0]
    more = f" ({len(errors) - 1} more below)" if len(errors) > 1 else ""
    return Problem(422, "invalid", "The request has mistakes", f"{first.pointer}: {first.detail}{more}", errors=errors)


def unavailable(dependency: str) -> Problem:
    """Return the answer when a report can't be kept now."""
    return Problem(
        503,
        "unavailable",
        "The request can't be kept now",
        f"Nothing was accepted: {dependency} does not answer. Send the same request again after Retry-After.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Return the answer for a plain HTTP status, such as an unknown path or method."""
    phrase = HTTPStatus(status).phrase
    cures = {
        404: "No resource has this path; /openapi.json lists them all.",
        408: "The request did not arrive in time; send it again.",
        405: "This path does not take this method; the header Allow names those that it takes.",
        500: "This is a fault of ours; send the same request again later.",
    }
    return Problem(status, phrase.lower().replace(" ", "-"), phrase, cures.get(status, phrase), headers=headers or {})


def problem_response(problem: Problem) -> Response:
    """Return a problem as a response."""
    return Response(problem.body(), problem.status, dict(problem.headers), MEDIA_TYPE)


def allowed(api: FastAPI, scope: Scope) -> list[str]:
    """Return the methods that a path takes, over all routes that the document has of it."""
    documented = [route for route in api.routes if isinstance(route, APIRoute) and route.include_in_schema]
    return sorted(
        {name for route in documented if route.matches(scope)[0] != Match.NONE for name in route.methods or ()}
    )


def answer_errors(api: FastAPI) -> None:
    """Have every error of an application answered as a problem: what is refused, what is for later, and faults."""

    @api.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        """Answer what an endpoint refuses."""
        return problem_response(error.problem)

    @api.exception_handler(Later)
    async def later(_: Request, error: Later) -> Response:
        """Answer what a dependency that is down keeps from being done."""
        return problem_response(unavailable(str(error)))

    @api.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        """Answer an unknown path or method."""
        methods = allowed(api, request.scope) if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else ()
        named = {"Allow": ", ".join(methods)} if methods else {}
        return problem_response(of_status(error.status_code, {**(error.headers or {}), **named}))

    @api.exception_handler(Exception)
    async def fault(_: Request, __: Exception) -> Response:
        """Answer a fault of ours."""
        return problem_response(of_status(HTTPStatus.INTERNAL_SERVER_ERROR))

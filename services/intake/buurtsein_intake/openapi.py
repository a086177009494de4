"""The OpenAPI 3.1 document of intake; bodies are parsed from raw bytes, so their schemas are put in here."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema

from buurtsein_intake.answers import OutcomeReceipt, Receipt, ReportStatus
from buurtsein_intake.channels.cloudevents_format import EventIn
from buurtsein_intake.idempotency import KEY_PATTERN
from buurtsein_intake.shapes import AnswerIn, CodeIn, OutcomeIn, ReportIn
from buurtsein_runtime.documents import Document, Responses
from buurtsein_runtime.problems import MEDIA_TYPE

_Use = tuple[type[BaseModel], Literal["validation", "serialization"]]
_REF: Final = "#/components/schemas/{model}"


class ProblemError(BaseModel):
    """One mistake in a body: a JSON pointer (as a URI fragment) and what to do about it."""

    pointer: str
    detail: str


class ProblemDetails(BaseModel):
    """Why a request was refused (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:buurtsein:problem:invalid",
                    "title": "The request has mistakes",
                    "status": 422,
                    "detail": "#/text: is required; add it",
                    "errors": [{"pointer": "#/text", "detail": "is required; add it"}],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError] = []


def _ref(model: type[BaseModel]) -> Document:
    return {"$ref": _REF.format(model=model.__name__)}


def _answer(description: str, model: type[BaseModel], headers: Document | None = None) -> Document:
    media_type = MEDIA_TYPE if model is ProblemDetails else "application/json"
    answer: Document = {"description": description, "content": {media_type: {"schema": _ref(model)}}}
    return {**answer, "headers": headers} if headers else answer


def problem(description: str, headers: Document | None = None) -> Document:
    """Return what is said of a problem that an endpoint answers (RFC 9457)."""
    return _answer(description, ProblemDetails, headers)


def problems(words: Mapping[int, str]) -> Responses:
    """Return what is said of the problems that an endpoint answers, by status."""
    return {status: problem(said) for status, said in words.items()}


def _header(description: str) -> Document:
    return {"description": description, "schema": {"type": "string"}}


_RETRY_AFTER: Final = {"Retry-After": _header("Seconds to wait before the same request is sent again.")}
_RATE_LIMIT: Final = {
    **_RETRY_AFTER,
    "RateLimit-Policy": _header('How many (q) in how many seconds (w), such as "client";q=500;w=10.'),
    "RateLimit": _header("How many are left (r), and in how many seconds there are more (t)."),
}
_PROBLEMS: Final[Responses] = {
    400: problem("No body, no JSON, no UTF-8, or no valid Idempotency-Key where one is needed."),
    401: problem("No API key, or an unknown one.", {"WWW-Authenticate": _header("Bearer")}),
    403: problem("The key lacks the scope, or is for other networks."),
    408: problem("The request did not arrive in time."),
    409: problem("The first request with this Idempotency-Key is still running.", _RETRY_AFTER),
    413: problem("The body is larger than 64 KiB."),
    415: problem("The body is not application/json."),
    422: problem("Fields are wrong, each named with its cure; or the key belongs to another body."),
    429: problem("More requests than the client may send; nothing was accepted.", _RATE_LIMIT),
    431: problem("The path and headers are too large."),
    503: problem("It can't be kept now; nothing was accepted.", _RETRY_AFTER),
}
_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A quoted string that stays the same when this very request is retried; kept for 24 hours. Without "
    "it, an identical body from the same application within ten minutes counts as a retry. "
    "Some applications must send it.",
    "schema": {"type": "string", "pattern": KEY_PATTERN},
    "example": '"8e03978e-40d5-43e8-bc93-6f4a6f2fd0e0"',
}


def _takes(model: type[BaseModel]) -> Document:
    return {
        "security": [{"apiKey": []}],
        "parameters": [_IDEMPOTENCY_KEY],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(model)}}},
    }


REPORT_DOCS: Final[Document] = {
    "summary": "Send a report.",
    "description": "202 means that the report is kept and will be decided on; every other answer means that it is not.",
    "tags": ["reports"],
    "responses": {202: _answer("Kept.", Receipt, {"Location": _header("The report's status.")}), **_PROBLEMS},
    "openapi_extra": _takes(ReportIn),
}
WEB_REPORT_DOCS: Final[Document] = {
    "summary": "Send a report of intake's own page.",
    "description": "Needs no key and is for browsers that show the page of this intake: Sec-Fetch-Site or Origin must "
    "say so. The channel is always `web`, and `reporter` is not used. Without scripts the page sends a form and gets "
    "a page.",
    "tags": ["reports"],
    "responses": {
        202: REPORT_DOCS["responses"][202],
        403: problem("The request does not come from the page."),
        **{status: problem for status, problem in _PROBLEMS.items() if status != 401},
    },
    "openapi_extra": {
        "parameters": [{**_IDEMPOTENCY_KEY, "required": True}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(ReportIn)}}},
    },
}
STATUS_DOCS: Final[Document] = {
    "summary": "Follow a report.",
    "description": "Whoever knows the reference may read the status; it holds nothing personal and not the text.",
    "tags": ["reports"],
    "responses": {
        200: _answer("Where the report stands.", ReportStatus),
        404: problem("No report has this reference."),
        503: _PROBLEMS[503],
    },
    "openapi_extra": {
        "parameters": [
            {
                "name": "reference",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "format": "uuid"},
                "example": "0c2b3a58-6d6b-8f0e-9d59-0a4c5a9f0f11",
            }
        ]
    },
}
_CODE_PROBLEMS: Final[Responses] = {
    400: _PROBLEMS[400],
    404: problem("No report has this code."),
    413: _PROBLEMS[413],
    415: _PROBLEMS[415],
    422: _PROBLEMS[422],
    429: problem("There were too many wrong codes, or too many requests of one address.", _RATE_LIMIT),
    503: _PROBLEMS[503],
}
CODE_STATUS_DOCS: Final[Document] = {
    "summary": "Follow an anonymous report.",
    "description": "As GET /v1/reports/{reference}, with the code of the receipt. It is in the body, so that it is in "
    "no log and no history.",
    "tags": ["reports"],
    "responses": {200: STATUS_DOCS["responses"][200], **_CODE_PROBLEMS},
    "openapi_extra": {"requestBody": {"required": True, "content": {"application/json": {"schema": _ref(CodeIn)}}}},
}
CODE_ANSWER_DOCS: Final[Document] = {
    "summary": "Change an anonymous report, or answer what was asked about it.",
    "description": "Needs no key: the code says which report it is. The whole report is sent again and replaces the "
    "first one; it is as anonymous, and has a reference and a code of its own.",
    "tags": ["reports"],
    "responses": {202: REPORT_DOCS["responses"][202], 409: _PROBLEMS[409], **_CODE_PROBLEMS},
    "openapi_extra": {
        "parameters": [_IDEMPOTENCY_KEY],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(AnswerIn)}}},
    },
}
OUTCOME_DOCS: Final[Document] = {
    "summary": "Report what a network did with a signal.",
    "description": "For networks that don't write to the topic of outcomes themselves.",
    "tags": ["outcomes"],
    "responses": {202: _answer("Kept.", OutcomeReceipt), **_PROBLEMS},
    "openapi_extra": _takes(OutcomeIn),
}


def documented_by(app: FastAPI) -> Callable[[], Document]:
    """Return the function that makes the application's document, once."""
    made: Document = {}

    def openapi() -> Document:
        if not made:
            made.update(_document(app))
        return made

    return openapi


def _document(app: FastAPI) -> Document:
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(_schemas())
    components["securitySchemes"] = {
        "apiKey": {"type": "http", "scheme": "bearer", "description": "The key of your application."}
    }
    return document


def _schemas() -> Document:
    takes: list[_Use] = [(model, "validation") for model in (ReportIn, OutcomeIn, CodeIn, AnswerIn, EventIn)]
    gives: list[_Use] = [(model, "serialization") for model in (Receipt, OutcomeReceipt, ReportStatus, ProblemDetails)]
    _, schemas = models_json_schema([*takes, *gives], ref_template=_REF)
    known = dict(schemas["$defs"])
    known[EventIn.__name__]["properties"]["data"] = _ref(ReportIn)
    return known

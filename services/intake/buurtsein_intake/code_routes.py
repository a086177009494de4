"""The endpoints for who stays anonymous: a receipt code in, the report's status out or its edit kept.

The code is in the body, never in a path, so that no log, history or proxy sees it.
"""

from functools import partial
from typing import Final

from fastapi import FastAPI, Request, Response

from buurtsein_intake import access, validation
from buurtsein_intake.clients import Caller
from buurtsein_intake.codes import Found
from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.http import Intake, accept_report, status_response
from buurtsein_intake.openapi import CODE_ANSWER_DOCS, CODE_STATUS_DOCS
from buurtsein_intake.shapes import BODY_LIMIT, AnswerIn, CodeIn
from buurtsein_runtime.bodies import headers_of, read_json_body
from buurtsein_runtime.problems import FieldError, Problem, Refused, invalid


def add_codes(api: FastAPI, intake: Intake) -> None:
    """Add the endpoints of receipt codes."""

    async def post_status(request: Request) -> Response:
        """Tell where an anonymous report stands."""
        await intake.spend_of_address(request)
        asked = validation.parse(await read_json_body(request, headers_of(request), BODY_LIMIT), CodeIn)
        return await status_response(intake, (await _found(intake, asked.receipt_code)).reference)

    async def post_answer(request: Request) -> Response:
        """Accept an edit of an anonymous report."""
        return await _post_answer(intake, request)

    add = partial(api.router.add_api_route, route_class_override=DirectRoute, methods=["POST"])
    add("/v1/receipts/status", post_status, **CODE_STATUS_DOCS)
    add("/v1/receipts/answer", post_answer, status_code=202, **CODE_ANSWER_DOCS)


async def _post_answer(intake: Intake, request: Request) -> Response:
    headers = headers_of(request)
    await intake.spend_of_address(request)
    answer = validation.parse(await read_json_body(request, headers, BODY_LIMIT), AnswerIn)
    if answer.edit_of is not None:
        raise Refused(invalid((FieldError("#/edit_of", "follows from receipt_code; leave it out"),)))
    found = await _found(intake, answer.receipt_code)
    access.note(request.scope, client=found.client)
    report = answer.model_copy(update={"anonymous": True, "reporter": None, "edit_of": found.reference})
    return await accept_report(intake, request, headers, Caller(found.client), report)


async def _found(intake: Intake, code: str) -> Found:
    found = await intake.codes.find(intake.submissions.code_name(code))
    if found is None:
        raise Refused(_UNKNOWN_CODE)
    return found


_UNKNOWN_CODE: Final = Problem(
    404,
    "unknown-code",
    "There is no report with this code",
    "Check the 16 digits; a code is kept for some weeks after it was last used.",
    headers={"Cache-Control": "no-store"},
)

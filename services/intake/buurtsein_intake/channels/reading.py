"""Reading what providers send, and the answers that most of them take."""

import json as encoder
import re
from collections.abc import Mapping
from typing import Final, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, JsonValue, ValidationError

from buurtsein_intake.channels.adapter import FIELDS, Answer
from buurtsein_runtime import problems
from buurtsein_runtime.problems import MEDIA_TYPE, Problem, Refused

Model = TypeVar("Model", bound=BaseModel)

_ESCAPE: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)


def json(body: bytes, model: type[Model], context: object = None) -> Model:
    """Return a JSON body as `model`; raises `Refused` (400) when it is something else.

    Half a character (a lone surrogate), which strict JSON does not have, costs only itself: U+FFFD stands for it.
    """
    try:
        return model.model_validate_json(body, context=context)
    except ValidationError as error:
        mended = _ESCAPE.sub(lambda found: rb"\ufffd" if found["half"] else found[0], body)
        if mended == body:
            raise unreadable(error) from error
    return json(mended, model, context)


def form(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form in order (application/x-www-form-urlencoded); raises `Refused` (400)."""
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError as error:
        raise Refused(problems.not_json("The form can't be read; send UTF-8, percent-encoded.")) from error


def unreadable(error: ValidationError) -> Refused:
    """Return the refusal of content that has another shape, with the first place where it has."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = "/".join(map(str, first["loc"])) or "the body"
    return Refused(problems.not_json(f"{where[:200]}: {first['msg'][:200]}"))


def as_json(content: Mapping[str, JsonValue], status: int = 200) -> Answer:
    """Return a JSON answer."""
    return Answer(status=status, body=encoder.dumps(content, ensure_ascii=False).encode())


def refuse(problem: Problem) -> Answer:
    """Return a problem as it is, for providers that only look at the status."""
    return Answer(status=problem.status, body=problem.body(), media_type=MEDIA_TYPE, headers=problem.headers)

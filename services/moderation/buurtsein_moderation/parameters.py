"""The parameters of requests: what is unknown, given twice or wrong is named with its cure, as fields of bodies are."""

from collections.abc import Iterator, Sequence
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from buurtsein_runtime.cures import Cures, cure_of
from buurtsein_runtime.problems import FieldError, Refused, invalid, problem_response

_CURES: Final[Cures] = {"int_parsing": lambda _: "must be a whole number"}


def check_known(request: Request) -> None:
    """Raise `Refused` (422) when a request has a parameter that its endpoint does not take, or has one twice."""
    route: APIRoute = request.scope["route"]
    given = [name for name, _ in request.query_params.multi_items()]
    if errors := tuple(_mistakes(given, [field.alias for field in route.dependant.query_params])):
        raise Refused(invalid(errors))


def _mistakes(given: Sequence[str], known: Sequence[str]) -> Iterator[FieldError]:
    taken = f"The parameters are {', '.join(known)}" if known else "This path takes none"
    for name in dict.fromkeys(given):
        if name not in known:
            yield FieldError(f"?{name[:100]}", f"is not a parameter here; leave it out. {taken}")
        elif given.count(name) > 1:
            yield FieldError(f"?{name}", "is given more than once; give it once")


def answer_parameters(api: FastAPI) -> None:
    """Have parameters with mistakes answered as a problem that names each."""

    @api.exception_handler(RequestValidationError)
    async def parameters(_: Request, error: RequestValidationError) -> Response:
        """Answer the mistakes of parameters."""
        errors = tuple(FieldError(f"?{each['loc'][-1]}", cure_of(each, cures=_CURES)) for each in error.errors())
        return problem_response(invalid(errors))

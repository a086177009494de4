"""Routes that are part of FastAPI's document and of none of its work: a request is answered by one function.

Solving dependencies, exit stacks and response models cost more than all that intake does for a report.
"""

from collections.abc import Iterable
from http import HTTPStatus

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from buurtsein_events.results import Later
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Refused, problem_response


class Fault(Exception):  # noqa: N818
    """A fault of ours as the log may have it: its kind and where it was; its own message may hold what was said."""


class DirectRoute(APIRoute):
    """A documented route whose endpoint gets the request as it is; what it refuses is answered as a problem."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what the endpoint returns or why it refused; another method is refused as on any route."""
        if scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
            return
        try:
            response: Response = await self.endpoint(Request(scope, receive))
        except Refused as refused:
            response = problem_response(refused.problem)
        except Later as later:
            response = problem_response(problems.unavailable(str(later)))
        except ClientDisconnect:
            return
        except Exception as error:
            # Answered here because no layer around it does; raised again so that the server writes what happened.
            await problem_response(problems.of_status(HTTPStatus.INTERNAL_SERVER_ERROR))(scope, receive, send)
            raise Fault(type(error).__name__).with_traceback(error.__traceback__) from None
        await response(scope, receive, send)


class Shortcut:
    """Leads requests straight to the direct routes with a fixed path, past all layers of the application."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        direct = [route for route in routes if isinstance(route, DirectRoute) and not route.param_convertors]
        self._routes = {(method, route.path): route for route in direct for method in route.methods or ()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, by the shortest way."""
        route = self._routes.get((scope.get("method", ""), scope.get("path", "")))
        if route is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = route
        await route.handle(scope, receive, send)

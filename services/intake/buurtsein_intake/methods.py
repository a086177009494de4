"""The methods that every path has: HEAD wherever GET is, and OPTIONS (RFC 9110, sections 9.3.2 and 9.3.7)."""

from collections.abc import Iterable
from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Methods:
    """Answers OPTIONS with the methods of a path, and HEAD as GET would be, without the body."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on what is for the application."""
        method = scope.get("method")
        allowed = self._allowed(scope) if method in ("HEAD", "OPTIONS") else []
        if method == "OPTIONS" and allowed:
            await Response(status_code=204, headers={"Allow": ", ".join([*allowed, "OPTIONS"])})(scope, receive, send)
        elif method == "HEAD" and "GET" in allowed:
            await self._head(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            bodiless = {**message, "body": b""} if message["type"] == "http.response.body" else message
            await send(bodiless)

        as_get = {**scope, "method": "GET"}
        await self._app(as_get, receive, sending)
        scope["route"] = as_get.get("route")

    def _allowed(self, scope: Scope) -> list[str]:
        """Return what the path takes, by what is documented of it: what refuses unknown paths matches every method."""
        routes = list(self._routes)
        documented = [route for route in routes if getattr(route, "include_in_schema", True)]
        found = _matching(documented, scope) or _matching(routes, scope)
        return [*found[:1], "HEAD", *found[1:]] if "GET" in found else found


def _matching(routes: Iterable[BaseRoute], scope: Scope) -> list[str]:
    every = list(routes)
    return [
        method
        for method in METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in every)
    ]

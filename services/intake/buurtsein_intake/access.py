"""One canonical log line per request: what was asked and answered and how long it took; never an address or a path."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from buurtsein_runtime import metrics

_FIELDS = "buurtsein.fields"
_LEFT = 499
"""What nginx writes when the caller left before there was an answer."""
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


def note(scope: Scope, **fields: str) -> None:
    """Add fields to the line of the request."""
    scope[_FIELDS].update(fields)


class AccessLog:
    """ASGI middleware that writes the line, also when the application fails."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = structlog.get_logger().bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write its line when it ends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        fields: dict[str, str] = {}
        scope[_FIELDS] = fields
        started = time.perf_counter()
        status = _LEFT

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._write(scope, status, time.perf_counter() - started, fields)

    def _write(self, scope: Scope, status: int, seconds: float, fields: dict[str, str]) -> None:
        route = getattr(scope.get("route"), "path", "unknown")
        if status >= 400:
            metrics.REFUSED.labels(str(status)).inc()
        log = self._log.debug if route in _QUIET else self._log.info
        log("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1), **fields)

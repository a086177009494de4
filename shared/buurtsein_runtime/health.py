"""The three operational endpoints that every service has: /healthz, /readyz and /metrics."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from buurtsein_runtime import metrics
from buurtsein_runtime.documents import Responses

Check = Callable[[], Awaitable[str | None]]
"""Returns what is wrong, or None."""

CHECK_SECONDS = 2.0

_HEALTH: Final[Responses] = {
    200: {"content": {"application/json": {"example": {"status": "ok", "problems": {}}}}},
    503: {
        "description": "Something is wrong.",
        "content": {"application/json": {"example": {"status": "failing", "problems": {"kafka": "no answer"}}}},
    },
}
_METRICS: Final[Responses] = {
    200: {"content": {"text/plain": {"example": 'buurtsein_received_total{channel="app"} 7.0\n'}}}
}


class Health:
    """Named checks: `alive` ones fail when only a restart helps, `ready` ones when the service can't work just now."""

    def __init__(self) -> None:
        self.alive: dict[str, Check] = {}
        self.ready: dict[str, Check] = {}


def router(health: Health) -> APIRouter:
    """Return the routes /healthz, /readyz and /metrics; a failing check answers 503 and says what is wrong."""
    routes = APIRouter(tags=["operations"])

    @routes.get("/healthz", responses=_HEALTH)
    async def healthz() -> Response:
        """Whether the process can make progress."""
        return await _answer(health.alive)

    @routes.get("/readyz", responses=_HEALTH)
    async def readyz() -> Response:
        """Whether the service and what it depends on work now."""
        return await _answer({**health.alive, **health.ready})

    @routes.get("/metrics", response_class=PlainTextResponse, responses=_METRICS)
    async def metrics_text() -> Response:
        """Prometheus metrics."""
        body, content_type = metrics.exposition()
        return Response(body, media_type=content_type)

    return routes


async def _answer(checks: Mapping[str, Check]) -> Response:
    found = await asyncio.gather(*(_run(check) for check in checks.values()))
    wrong = {name: problem for name, problem in zip(checks, found, strict=True) if problem}
    return JSONResponse({"status": "failing" if wrong else "ok", "problems": wrong}, 503 if wrong else 200)


async def _run(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:g} s"

"""The HTTP port of a service, served by uvicorn within the service's own event loop."""

import contextlib
from collections.abc import Iterator
from typing import Final

import uvicorn
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from buurtsein_runtime.health import Health, router
from buurtsein_runtime.protocol import BoundedProtocol
from buurtsein_runtime.settings import Settings

DRAIN_SECONDS = 5

NO_TELEMETRY: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""Traces and metrics are our own: without addresses, and none that leads to who reported anonymously."""


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to their owner."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(api: FastAPI, health: Health, settings: Settings) -> None:
    """Serve the API with /healthz, /readyz and /metrics until the process ends."""
    api.include_router(router(health))
    config = uvicorn.Config(
        api,
        host=settings.http_host,
        port=settings.http_port,
        access_log=False,
        log_config=None,
        http=BoundedProtocol,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    await _Server(config).serve()

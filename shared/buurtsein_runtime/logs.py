"""Structured logs on standard output: one canonical line per unit of work, JSON or readable."""

import logging
import sys

import structlog
from pydantic_core import to_json
from structlog.typing import Processor

from buurtsein_runtime.settings import Settings


def configure(settings: Settings, service: str) -> None:
    """Set up structlog and the standard library's logging once, at the start of a process."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, _renderer(settings)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    _route_standard_logging(shared, settings)


def _renderer(settings: Settings) -> Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(serializer=_json)
    return structlog.dev.ConsoleRenderer()


def _json(entry: object, **_: object) -> str:
    """Return the entry as JSON; pydantic's writer takes a fifth of the time of the standard library's."""
    return to_json(entry, fallback=repr).decode()


def _route_standard_logging(shared: list[Processor], settings: Settings) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(settings)],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)

"""Waiting for a dependency: the same call again, in order, until it works, and visibly so."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from buurtsein_events.results import Later
from buurtsein_runtime import metrics
from buurtsein_runtime.redis import UNAVAILABLE

Answer = TypeVar("Answer")

FIRST_WAIT, LONGEST_WAIT = 0.05, 2.0

_LOG = structlog.get_logger()


class Patience:
    """Repeats calls while a dependency of one stage is down; `waiting` names the dependency meanwhile."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self.waiting: str | None = None

    async def until_done(self, dependency: str, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the call's answer, however long the dependency is down; other errors pass through."""
        wait = FIRST_WAIT
        while True:
            try:
                answer = await call()
            except (Later, *UNAVAILABLE) as error:
                self._note(dependency, error)
            else:
                self.waiting = None
                return answer
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _note(self, dependency: str, error: Exception) -> None:
        if self.waiting is None:
            _LOG.warning("waiting", stage=self._stage, dependency=dependency, error=repr(error)[:300])
        self.waiting = dependency
        metrics.RETRIES.labels(self._stage, dependency).inc()

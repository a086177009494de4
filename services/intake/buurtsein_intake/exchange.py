"""Calls to Redis that the requests of the moment share: a call costs about as much as the rest of a request."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from redis.asyncio import Redis
from redis.exceptions import RedisError

from buurtsein_events.results import Later
from buurtsein_intake.batching import Batcher
from buurtsein_intake.scripts import EXCHANGE

UNREACHABLE: Final = (RedisError, OSError)
"""What redis-py raises when the store is down, starting, full or too slow."""


@asynccontextmanager
async def reaching(seconds: float | None = None) -> AsyncIterator[None]:
    """Raise `Later` when Redis does not do what is asked within it, in so many seconds if they are said."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except UNREACHABLE as error:
        raise Later("redis") from error


class _Step(NamedTuple):
    key: str
    packed: str


class Exchange:
    """Does steps of `scripts.EXCHANGE`; a claim that is taken is held for the lease, a status kept for its seconds."""

    def __init__(self, redis: Redis, *, seconds: float, lease_seconds: float, status_seconds: int) -> None:
        self.redis = redis
        self._script = redis.register_script(EXCHANGE)
        self._seconds = seconds
        self._lease = int(lease_seconds * 1000)
        self._status_seconds = status_seconds
        self._steps = Batcher(self._perform)

    def submit(self, key: str, packed: str) -> "asyncio.Future[str]":
        """Return the future answer to a step, which is `Later` when its call takes longer than `seconds`."""
        return self._steps.submit(_Step(key, packed))

    async def _perform(self, steps: Sequence[_Step]) -> Sequence[str]:
        async with reaching(self._seconds):
            answers: list[str] = await self._script(
                keys=[step.key for step in steps],
                args=[self._lease, self._status_seconds, *(step.packed for step in steps)],
            )
        return answers

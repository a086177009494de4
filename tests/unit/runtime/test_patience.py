"""Waiting for a dependency."""

import pytest
from redis.exceptions import ConnectionError as RedisDown
from redis.exceptions import ResponseError

from buurtsein_events.results import Later
from buurtsein_runtime.patience import Patience


class Dependency:
    """Fails a few times, then answers."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.patience = Patience("test")
        self.seen_waiting: list[str | None] = []

    async def call(self) -> str:
        """Raise the next failure or answer."""
        self.seen_waiting.append(self.patience.waiting)
        if self.failures:
            raise self.failures.pop(0)
        return "answer"


async def test_a_call_is_repeated_until_it_works() -> None:
    """The answer comes, whatever failed before it."""
    dependency = Dependency(Later("down"), RedisDown("down"))
    assert await dependency.patience.until_done("redis", dependency.call) == "answer"


async def test_waiting_shows_while_it_lasts() -> None:
    """The health of a stage can tell what it waits for, and forgets it afterwards."""
    dependency = Dependency(Later("down"))
    await dependency.patience.until_done("redis", dependency.call)
    assert dependency.seen_waiting == [None, "redis"]
    assert dependency.patience.waiting is None


async def test_an_error_that_waiting_does_not_cure_passes_through() -> None:
    """A wrong command stays wrong."""
    dependency = Dependency(ResponseError("wrong command"))
    with pytest.raises(ResponseError):
        await dependency.patience.until_done("redis", dependency.call)

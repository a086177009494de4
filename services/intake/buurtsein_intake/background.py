"""Work that no request waits for, bounded by who begins it."""

import asyncio
from collections.abc import Coroutine


class Background:
    """Who has work under way, each piece under a name that several may share."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], str] = {}

    def under_way(self, name: str) -> int:
        """Return how many of a name are under way."""
        return list(self._tasks.values()).count(name)

    def begin(self, name: str, work: Coroutine[object, object, None]) -> None:
        """Begin to do the work; returns at once."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[task] = name
        task.add_done_callback(self._tasks.pop)

    async def settled(self) -> None:
        """Return when nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()
        await self.settled()

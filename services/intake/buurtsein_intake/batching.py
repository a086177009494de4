"""Many small calls as few larger ones: what arrives while a call is under way shares the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Batcher(Generic[Item, Answer]):
    """Performs items in batches, one batch at a time; each caller gets the answer to its own item or the batch's error.

    A single item leaves at the end of the event loop's turn, so a quiet service waits for nothing.
    """

    def __init__(self, perform: Callable[[Sequence[Item]], Awaitable[Sequence[Answer]]], *, limit: int = 256) -> None:
        self._perform = perform
        self._limit = limit
        self._waiting: list[tuple[Item, asyncio.Future[Answer]]] = []
        self._under_way: asyncio.Future[Sequence[Answer]] | None = None
        self._scheduled = False

    def submit(self, item: Item) -> "asyncio.Future[Answer]":
        """Return the future answer to `item`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((item, future))
        if self._under_way is None and not self._scheduled:
            self._scheduled = True
            loop.call_soon(self._start)
        return future

    def _start(self) -> None:
        self._scheduled = False
        batch, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
        self._under_way = task = asyncio.ensure_future(self._perform([item for item, _ in batch]))
        task.add_done_callback(lambda done: self._finish([future for _, future in batch], done))

    def _finish(self, futures: Sequence["asyncio.Future[Answer]"], task: "asyncio.Future[Sequence[Answer]]") -> None:
        self._under_way = None
        if task.cancelled():
            for future in futures:
                future.cancel()
            return
        error = task.exception()
        if error:
            _fail(futures, error)
        else:
            for future, answer in zip(futures, task.result(), strict=True):
                if not future.done():
                    future.set_result(answer)
        if self._waiting:
            self._start()


def _fail(futures: "Sequence[asyncio.Future[Answer]]", error: BaseException) -> None:
    for future in futures:
        if not future.done():
            future.set_exception(error)

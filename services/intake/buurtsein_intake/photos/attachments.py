"""Photos of messages become photos of their reports: in the background, after the report is kept, best effort."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Final, Protocol, TypeVar

from buurtsein_events.results import Later
from buurtsein_events.values import Channel
from buurtsein_intake.channels.adapter import Taken
from buurtsein_intake.channels.desk import ReportDesk
from buurtsein_intake.channels.message import Message
from buurtsein_intake.photos.media import NotFetchedError
from buurtsein_intake.photos.store import PhotoStore
from buurtsein_runtime import metrics
from buurtsein_runtime.problems import Refused

MOST: Final = 5
"""Photos of one message."""

_WAYS: Final = 20
"""Messages whose photos are under way at once; those of others are not fetched."""

Photos = tuple[str, ...]
Result = TypeVar("Result")


class Media(Protocol):
    """Where photos of channels are fetched."""

    async def fetch(self, channel: Channel, attachment: str) -> bytes:
        """Return the bytes of what is attached; raises `NotFetchedError`."""
        ...


class Attachments:
    """Fetches and keeps what messages have attached; each step is tried `attempts` times, a longer rest before each."""

    def __init__(self, store: PhotoStore, media: Media, *, attempts: int, rest: float) -> None:
        self._store = store
        self._media = media
        self._attempts = attempts
        self._rest = rest
        self._under_way: set[asyncio.Task[None]] = set()

    def collect(self, message: Message, keep: Callable[[Photos], Awaitable[object]]) -> None:
        """Begin to keep what a message has attached, and then call `keep` with it; returns at once and never fails."""
        if len(self._under_way) >= _WAYS:
            metrics.PHOTOS.labels("failed").inc(len(message.pictures) + len(message.attachments))
            return
        task = asyncio.get_running_loop().create_task(self._collect(message, keep))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def settled(self) -> None:
        """Return when nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in self._under_way:
            task.cancel()
        await self.settled()

    async def _collect(self, message: Message, keep: Callable[[Photos], Awaitable[object]]) -> None:
        steps = list(self._steps(message))
        found = [ref for step in steps if (ref := await self._tried(step)) is not None]
        failed = len(steps) - len(found)
        if found and await self._tried(partial(keep, tuple(found))) is None:
            failed += len(found)
        metrics.PHOTOS.labels("failed").inc(failed)

    def _steps(self, message: Message) -> Iterator[Callable[[], Awaitable[str]]]:
        for picture in message.pictures[:MOST]:
            yield partial(self._added, picture)
        for attachment in message.attachments[: MOST - len(message.pictures[:MOST])]:
            yield partial(self._fetched, message.channel, attachment)

    async def _fetched(self, channel: Channel, attachment: str) -> str:
        return await self._added(await self._media.fetch(channel, attachment))

    async def _added(self, photo: bytes) -> str:
        ref = (await self._store.add(photo)).ref
        metrics.PHOTOS.labels("kept").inc()
        return ref

    async def _tried(self, step: Callable[[], Awaitable[Result]]) -> Result | None:
        for attempt in range(self._attempts):
            await asyncio.sleep(self._rest * attempt)
            try:
                return await step()
            except NotFetchedError as error:
                if not error.again:
                    return None
            except Refused:
                return None
            except Later:
                metrics.RETRIES.labels("intake", "photos").inc()
        return None


class PhotoDesk:
    """A desk that adds to a report, once it is kept, the photos that came with its message."""

    def __init__(self, desk: ReportDesk, attachments: Attachments) -> None:
        self._desk = desk
        self._attachments = attachments

    async def take(self, message: Message) -> Taken:
        """Return what became of a message; its photos come later, as an edit of its report."""
        taken = await self._desk.take(message)
        if taken.kept and (message.attachments or message.pictures):
            self._attachments.collect(message, partial(self._desk.add_photos, taken))
        return taken

"""Photos of messages become photos of their reports, once these are kept: of no report anything waits for its photos.

Photos that a provider has are fetched in the background, best effort. Those that are in the message itself are kept
before it is answered, since it can be sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final, Protocol, TypeVar

import structlog

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
"""Messages of one channel whose photos are under way at once: a provider that is silent costs the others nothing."""

Photos = tuple[str, ...]
Keep = Callable[[Photos], Awaitable[object]]
Result = TypeVar("Result")
_LOG = structlog.get_logger()


class Media(Protocol):
    """Where photos of these `channels` are fetched."""

    channels: frozenset[Channel]

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
        self._under_way: dict[asyncio.Task[None], Channel] = {}
        self._adding = 0

    def collect(self, message: Message, keep: Keep) -> None:
        """Begin to fetch what a message has attached, and then call `keep` with it; returns at once and never fails."""
        attached = message.attachments[:MOST] if message.channel in self._media.channels else ()
        if not attached:
            return
        if list(self._under_way.values()).count(message.channel) >= _WAYS:
            _failed(len(attached))
            return
        task = asyncio.get_running_loop().create_task(self._collect(message.channel, attached, keep))
        self._under_way[task] = message.channel
        task.add_done_callback(self._under_way.pop)

    async def add_all(self, pictures: Sequence[bytes], keep: Keep) -> None:
        """Keep photos, but not what is none, and call `keep` with them; raises `Later` when that can't be done now."""
        if not pictures:
            return
        if self._adding >= _WAYS:
            raise Later("the store of photos")
        self._adding += 1
        try:
            found = [ref for each in pictures[:MOST] if (ref := await self._sound(each))]
            if found:
                await keep(tuple(found))
        finally:
            self._adding -= 1

    async def settled(self) -> None:
        """Return when nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in self._under_way:
            task.cancel()
        await self.settled()

    async def _collect(self, channel: Channel, attached: Sequence[str], keep: Keep) -> None:
        try:
            found = [ref for each in attached if (ref := await self._tried(partial(self._fetched, channel, each)))]
            kept = await self._tried(partial(keep, tuple(found))) if found else None
        except Exception as error:
            # Its words could be the sender's.
            _LOG.error("photos_failed", channel=channel, error=type(error).__name__)
            found, kept = [], None
        _failed(len(attached) - (len(found) if kept else 0))

    async def _fetched(self, channel: Channel, attachment: str) -> str:
        return await self.add(await self._media.fetch(channel, attachment))

    async def _sound(self, picture: bytes) -> str | None:
        try:
            return await self.add(picture)
        except Refused:
            _failed(1)
            return None

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

    async def add(self, photo: bytes) -> str:
        """Return what a photo is known by, once it is kept; raises `Refused` when it is none and `Later`."""
        ref = (await self._store.add(photo)).ref
        metrics.PHOTOS.labels("kept").inc()
        return ref


class PhotoDesk:
    """A desk that adds to a report, once it is kept, the photos that came with its message."""

    def __init__(self, desk: ReportDesk, attachments: Attachments) -> None:
        self._desk = desk
        self._attachments = attachments

    async def take(self, message: Message) -> Taken:
        """Return what became of a message; its photos are added by an edit of its report.

        Raises `Later` also when the report is kept and photos in the message are not: sent again, it is the same one.
        """
        taken = await self._desk.take(message)
        if taken.kept:
            keep = partial(self._desk.add_photos, taken)
            self._attachments.collect(message, keep)
            await self._attachments.add_all(message.pictures, keep)
        return taken


def _failed(photos: int) -> None:
    metrics.PHOTOS.labels("failed").inc(photos)

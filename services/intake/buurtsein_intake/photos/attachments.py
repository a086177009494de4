"""Photos of messages become photos of their reports, best effort; a report does not wait for them, or not for long.

Photos that are in the message itself are kept first, for some seconds at most. What a provider has is fetched in the
background once the report is kept, and then added to it by an edit; so is what was not kept in time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Protocol, TypeVar

import structlog

from buurtsein_events.results import Later
from buurtsein_events.values import Channel
from buurtsein_intake.background import Background
from buurtsein_intake.channels.adapter import Taken
from buurtsein_intake.channels.desk import ReportDesk
from buurtsein_intake.channels.message import Message
from buurtsein_intake.photos.media import NotFetchedError
from buurtsein_intake.photos.store import PhotoStore
from buurtsein_runtime import metrics
from buurtsein_runtime.problems import Refused

MOST: Final = 5
"""Photos of one message."""

PATIENCE: Final = 5.0
"""Seconds that a report waits for photos in its message."""

_WAYS: Final = 20
"""Messages of one channel whose photos are under way at once: a provider that is silent costs the others nothing."""

Photos = tuple[str, ...]
Keep = Callable[[Photos], Awaitable[object]]
Step = Callable[[], Awaitable[str]]
Result = TypeVar("Result")
_LOG = structlog.get_logger()


class Media(Protocol):
    """Where photos of these `channels` are fetched."""

    channels: frozenset[Channel]

    async def fetch(self, channel: Channel, attachment: str) -> bytes:
        """Return the bytes of what is attached; raises `NotFetchedError`."""
        ...


class Attachments(Background):
    """Fetches and keeps what messages have attached; each step is tried `attempts` times, a longer rest before each.

    A report waits at most `patience` for photos in its message; times are seconds.
    """

    def __init__(
        self, store: PhotoStore, media: Media, *, attempts: int, rest: float, patience: float = PATIENCE
    ) -> None:
        super().__init__()
        self._store = store
        self._media = media
        self._attempts = attempts
        self._rest = rest
        self._patience = patience

    def collect(self, message: Message, keep: Keep) -> None:
        """Begin to keep what came with a message, and then call `keep` with it; returns at once and never fails."""
        steps = tuple(self._steps(message))
        if not steps:
            return
        if self.under_way(message.channel) >= _WAYS:
            _failed(len(steps))
            return
        self.begin(message.channel, self._collect(message.channel, steps, keep))

    async def add_now(self, pictures: Sequence[bytes]) -> tuple[Photos, tuple[bytes, ...]]:
        """Return the photos that are kept within a time, and those that were not and may be later; never fails."""
        kept, left = [], list(pictures[:MOST])
        try:
            async with asyncio.timeout(self._patience):
                while left:
                    kept += [ref] if (ref := await self._sound(left[0])) else []
                    left.pop(0)
        except (Later, TimeoutError):
            metrics.RETRIES.labels("intake", "photos").inc()
        return tuple(dict.fromkeys(kept)), tuple(left)

    def _steps(self, message: Message) -> Iterator[Step]:
        yield from (partial(self.add, picture) for picture in message.pictures[:MOST])
        if message.channel in self._media.channels:
            yield from (partial(self._fetched, message.channel, each) for each in message.attachments[:MOST])

    async def _collect(self, channel: Channel, steps: Sequence[Step], keep: Keep) -> None:
        try:
            found = [ref for step in steps if (ref := await self._tried(step))]
            kept = await self._tried(partial(keep, tuple(found))) if found else None
        except Exception as error:
            # Its words could be the sender's.
            _LOG.error("photos_failed", channel=channel, error=type(error).__name__)
            found, kept = [], None
        _failed(len(steps) - (len(found) if kept else 0))

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
    """A desk that gives to a report the photos that came with its message."""

    def __init__(self, desk: ReportDesk, attachments: Attachments) -> None:
        self._desk = desk
        self._attachments = attachments

    async def check(self, messages: Sequence[Message]) -> None:
        """Raise `Refused` or `Later` as the desk does."""
        await self._desk.check(messages)

    async def take(self, message: Message) -> Taken:
        """Return what became of a message, whatever becomes of its photos."""
        left: tuple[bytes, ...] = ()
        if message.pictures:
            photos, left = await self._attachments.add_now(message.pictures)
            message = replace(message, photos=photos, pictures=())
        taken = await self._desk.take(message)
        if taken.kept and (left or message.attachments):
            self._attachments.collect(replace(message, pictures=left), partial(self._desk.add_photos, taken))
        return taken


def _failed(photos: int) -> None:
    metrics.PHOTOS.labels("failed").inc(photos)

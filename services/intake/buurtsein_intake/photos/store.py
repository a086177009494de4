"""Where photos are kept: made plain first, on the disk before anyone is told, and deleted in time."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, ParamSpec, Protocol, TypeVar

import structlog

from buurtsein_events.results import Later
from buurtsein_intake.photos.files import PhotoFiles
from buurtsein_runtime import metrics

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_SWEEP_SECONDS: Final = 600
_NAME: Final = "the store of photos"

_LOG = structlog.get_logger()


class Photo(NamedTuple):
    """A photo that is kept: what it is known by, and until when."""

    ref: str
    expires_at: datetime


class Maker(Protocol):
    """Makes photos plain."""

    async def plain(self, photo: bytes) -> bytes:
        """Return the picture of a photo; raises `Refused` when it is none, `Later` when it can't be done now."""
        ...


def system_now() -> datetime:
    """Return the time; also in a replay, photos are kept for as long as people expect."""
    return datetime.now(UTC)


class PhotoStore:
    """Keeps photos for a time after they came and after the last report named them; `Later` when it can't be used."""

    def __init__(
        self, files: PhotoFiles, maker: Maker, *, keep: timedelta, now: Callable[[], datetime] = system_now
    ) -> None:
        self._files = files
        self._maker = maker
        self._keep = keep
        self._now = now

    async def add(self, photo: bytes) -> Photo:
        """Return a photo once it is kept; the same picture is one photo. Raises `Refused` when it is none."""
        made = await self._maker.plain(photo)
        until = self._now() + self._keep
        return Photo(await _in_thread(self._files.write, made, until), until)

    async def claim(self, refs: Sequence[str]) -> tuple[bool, ...]:
        """Keep these photos on, and return of each whether it is kept."""
        return await _in_thread(self._claim, refs)

    async def read(self, ref: str) -> bytes | None:
        """Return a photo, nothing when there is none (any more)."""
        return await _in_thread(self._files.read, ref, self._now())

    async def sweep(self) -> None:
        """Delete photos whose time is over, now and then, until cancelled."""
        while True:
            try:
                gone = await asyncio.to_thread(self._files.sweep, self._now())
            except OSError as error:
                metrics.RETRIES.labels("intake", "photos").inc()
                _LOG.warning("photos_not_swept", error=type(error).__name__)
            else:
                metrics.PHOTOS.labels("expired").inc(gone)
            await asyncio.sleep(_SWEEP_SECONDS)

    def _claim(self, refs: Sequence[str]) -> tuple[bool, ...]:
        now = self._now()
        kept = tuple(self._files.has(ref, now) for ref in refs)
        for ref, there in zip(refs, kept, strict=True):
            if there:
                self._files.extend(ref, now + self._keep)
        return kept


async def _in_thread(work: Callable[Arguments, Result], *args: Arguments.args, **named: Arguments.kwargs) -> Result:
    try:
        return await asyncio.to_thread(work, *args, **named)
    except OSError as error:
        raise Later(_NAME) from error

"""Where drafts of reports wait for what completes them: Redis, each for minutes, under a pseudonym of its sender."""

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from pydantic import ValidationError
from redis.asyncio import Redis

from buurtsein_events.results import Later
from buurtsein_intake.batching import Batcher
from buurtsein_intake.channels.conversation import Draft
from buurtsein_intake.claims import UNREACHABLE

DRAFT_PREFIX: Final = "intake:draft:"
QUIET_PREFIX: Final = "intake:quiet:"
ANSWERED_PREFIX: Final = "intake:answered:"

_DAY: Final = 24 * 3600
"""Seconds in which a provider's retry of a message is known as one."""

_SAVE: Final = """
local saved = {}
for i, key in ipairs(KEYS) do
  local before, now = ARGV[2 * i], ARGV[2 * i + 1]
  saved[i] = (redis.call('GET', key) or '') == before and 1 or 0
  if saved[i] == 1 then redis.call('SET', key, now, 'EX', ARGV[1]) end
end
return saved
"""
"""KEYS: drafts. ARGV: the seconds to keep them, then for each how it was when it was read, empty for none, and how it
is now. Returns for each 1 when it is saved, else 0."""


class Known(NamedTuple):
    """What is known of a sender: the draft, as it is and as it is written, and whether they want no answers."""

    draft: Draft | None = None
    written: str = ""
    quiet: bool = False


class Drafts(Protocol):
    """Where drafts are kept; every method raises `Later` when that place does not answer within its bound."""

    async def load(self, sender: str) -> Known:
        """Return what is known of a sender."""
        ...

    async def save(self, sender: str, draft: Draft, known: Known) -> bool:
        """Keep a draft, unless another one came in between: then that one stays. Tells which."""
        ...

    async def quieten(self, sender: str, quiet: bool) -> None:
        """Remember that a sender wants no answers any more, or wants them again; a draft is forgotten."""
        ...

    async def first(self, message: str) -> bool:
        """Tell whether a message that is no report is answered for the first time, and remember that it is."""
        ...


class _Change(NamedTuple):
    """A draft to save, how it was written before, and how it is now."""

    sender: str
    before: str
    now: str


class RedisDrafts:
    """Keeps drafts for `seconds` after their last message, and who wants no answers for `quiet_seconds`.

    Loading and saving share calls with those of other senders.
    """

    def __init__(self, redis: Redis, *, timeout: float, seconds: int, quiet_seconds: int) -> None:
        self._redis = redis
        self._script = redis.register_script(_SAVE)
        self._timeout = timeout
        self._seconds = seconds
        self._quiet_seconds = quiet_seconds
        self._loads = Batcher(self._load)
        self._saves = Batcher(self._save)

    async def load(self, sender: str) -> Known:
        """Return what is known of a sender; a draft that another release wrote and this one can't read is none."""
        return await self._loads.submit(sender)

    async def save(self, sender: str, draft: Draft, known: Known) -> bool:
        """Keep a draft, unless another one came in between: then that one stays. Tells which."""
        return await self._saves.submit(_Change(sender, known.written, draft.model_dump_json(exclude_defaults=True)))

    async def _load(self, senders: Sequence[str]) -> Sequence[Known]:
        keys = [prefix + sender for prefix in (DRAFT_PREFIX, QUIET_PREFIX) for sender in senders]
        try:
            async with asyncio.timeout(self._timeout):
                found = await self._redis.mget(keys)
        except UNREACHABLE as error:
            raise Later("redis") from error
        drafts, quiet = found[: len(senders)], found[len(senders) :]
        return [_known(str(written or ""), bool(wants_none)) for written, wants_none in zip(drafts, quiet, strict=True)]

    async def _save(self, changes: Sequence[_Change]) -> Sequence[bool]:
        keys = [DRAFT_PREFIX + change.sender for change in changes]
        texts = [text for change in changes for text in (change.before, change.now)]
        try:
            async with asyncio.timeout(self._timeout):
                saved = await self._script(keys=keys, args=[self._seconds, *texts])
        except UNREACHABLE as error:
            raise Later("redis") from error
        return [each == 1 for each in saved]

    async def quieten(self, sender: str, quiet: bool) -> None:
        """Remember that a sender wants no answers any more, or wants them again; a draft is forgotten."""
        try:
            async with asyncio.timeout(self._timeout):
                if quiet:
                    await self._redis.set(QUIET_PREFIX + sender, "1", ex=self._quiet_seconds)
                    await self._redis.delete(DRAFT_PREFIX + sender)
                else:
                    await self._redis.delete(DRAFT_PREFIX + sender, QUIET_PREFIX + sender)
        except UNREACHABLE as error:
            raise Later("redis") from error

    async def first(self, message: str) -> bool:
        """Tell whether a message that is no report is answered for the first time today."""
        try:
            async with asyncio.timeout(self._timeout):
                return bool(await self._redis.set(ANSWERED_PREFIX + message, "1", nx=True, ex=_DAY))
        except UNREACHABLE as error:
            raise Later("redis") from error


def _known(written: str, quiet: bool) -> Known:
    try:
        return Known(Draft.model_validate_json(written) if written else None, written, quiet)
    except ValidationError:
        return Known(None, written, quiet)

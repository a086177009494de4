"""Where drafts of reports wait for what completes them: Redis, each for minutes, under a pseudonym of its sender."""

from typing import Final, NamedTuple, Protocol

from pydantic import ValidationError

from buurtsein_intake.channels.conversation import Draft
from buurtsein_intake.exchange import Exchange, reaching

DRAFT_PREFIX: Final = "intake:draft:"
QUIET_PREFIX: Final = "intake:quiet:"
ANSWERED_PREFIX: Final = "intake:answered:"

_DAY: Final = 24 * 3600
"""Seconds in which a provider's retry of a message is known as one."""


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


class RedisDrafts:
    """Keeps drafts for `seconds` after their last message, and who wants no answers for `quiet_seconds`."""

    def __init__(self, exchange: Exchange, *, timeout: float, seconds: int, quiet_seconds: int) -> None:
        self._exchange = exchange
        self._redis = exchange.redis
        self._timeout = timeout
        self._seconds = seconds
        self._quiet_seconds = quiet_seconds

    async def load(self, sender: str) -> Known:
        """Return what is known of a sender; a draft that another release wrote and this one can't read is none."""
        found = await self._exchange.submit(DRAFT_PREFIX + sender, f"L{QUIET_PREFIX}{sender}")
        quiet, written = found[0] == "1", found[1:]
        try:
            return Known(Draft.model_validate_json(written) if written else None, written, quiet)
        except ValidationError:
            return Known(None, written, quiet)

    async def save(self, sender: str, draft: Draft, known: Known) -> bool:
        """Keep a draft, unless another one came in between: then that one stays. Tells which."""
        before, now = known.written, draft.model_dump_json(exclude_defaults=True)
        packed = f"S{self._seconds}|{len(before.encode())}|{before}{now}"
        return await self._exchange.submit(DRAFT_PREFIX + sender, packed) == "1"

    async def quieten(self, sender: str, quiet: bool) -> None:
        """Remember that a sender wants no answers any more, or wants them again; a draft is forgotten."""
        async with reaching(self._timeout):
            if quiet:
                await self._redis.set(QUIET_PREFIX + sender, "1", ex=self._quiet_seconds)
                await self._redis.delete(DRAFT_PREFIX + sender)
            else:
                await self._redis.delete(DRAFT_PREFIX + sender, QUIET_PREFIX + sender)

    async def first(self, message: str) -> bool:
        """Tell whether a message that is no report is answered for the first time today."""
        async with reaching(self._timeout):
            return bool(await self._redis.set(ANSWERED_PREFIX + message, "1", nx=True, ex=_DAY))

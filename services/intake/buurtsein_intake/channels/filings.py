"""What was filed over a standard that has it read back: kept beside the status, for as long.

A filing is written once its report is accepted; writing it again changes nothing. `intake:filing:<reference>` holds it,
and `intake:filed:<client>` the references of an application by when they were filed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol, cast

from pydantic import AwareDatetime, BaseModel, ConfigDict

from buurtsein_events.results import Later
from buurtsein_events.values import ReportType
from buurtsein_intake.channels.adapter import Taken
from buurtsein_intake.channels.desk import Desk
from buurtsein_intake.channels.message import Message
from buurtsein_intake.exchange import Exchange, reaching
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import Clock

FILING_PREFIX: Final = "intake:filing:"
FILED_PREFIX: Final = "intake:filed:"


class Filing(BaseModel):
    """What a reader gets back of what was filed; nothing in it tells who filed it."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    occurred_at: AwareDatetime | None = None
    type: ReportType | None = None
    text: str | None = None
    lat: float | None = None
    lon: float | None = None
    address: str | None = None
    media_url: str | None = None


class Filings(Protocol):
    """Where filings are kept; every method raises `Later` when that place does not answer."""

    async def keep(self, reference: str, client: str | None, filing: Filing) -> Filing:
        """Keep a filing, and list it for the client, if there is one; returns the first one of this reference."""
        ...

    async def read(self, references: Sequence[str]) -> Sequence[Filing | None]:
        """Return the filing of each reference."""
        ...

    async def filed_by(self, client: str, since: datetime, until: datetime, limit: int) -> Sequence[str]:
        """Return the references that a client filed in a time, newest first."""
        ...


class FilingDesk:
    """A desk that keeps what was filed, too."""

    def __init__(self, desk: Desk, filings: Filings, clock: Clock) -> None:
        self._desk = desk
        self._filings = filings
        self._clock = clock

    async def check(self, messages: Sequence[Message]) -> None:
        """Raise `Refused` or `Later` as the desk does."""
        await self._desk.check(messages)

    async def take(self, message: Message) -> Taken:
        """Return what became of a message and when; its report is kept whatever happens to the filing."""
        taken = await self._desk.take(message)
        filing = filing_of(message, self._clock.now())
        if taken.reference is None:
            return taken
        try:
            filing = await self._filings.keep(taken.reference, message.client, filing)
        except Later:
            metrics.RETRIES.labels("intake", "redis").inc()
        return replace(taken, at=filing.at)


def filing_of(message: Message, at: datetime) -> Filing:
    """Return what is kept for the reader of a message; of what no reader gets back, nothing."""
    if message.channel != "open311":
        return Filing(at=at, occurred_at=message.occurred_at)
    where = message.location
    return Filing(
        at=at,
        occurred_at=message.occurred_at,
        type=message.type,
        text=message.text,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        address=where.address if where else None,
        media_url=next(iter(message.attachments), None),
    )


class RedisFilings:
    """Filings in Redis."""

    def __init__(self, exchange: Exchange, *, seconds: int) -> None:
        self._exchange = exchange
        self._redis = exchange.redis
        self._seconds = seconds

    async def keep(self, reference: str, client: str | None, filing: Filing) -> Filing:
        """Keep a filing unless there is one."""
        written, filed = filing.model_dump_json(exclude_none=True), FILED_PREFIX + client if client else ""
        packed = f"F{self._seconds}|{filing.at.timestamp()}|{filed}|{reference}|{written}"
        kept = await self._exchange.submit(FILING_PREFIX + reference, packed)
        return filing if kept == written else Filing.model_validate_json(kept)

    async def read(self, references: Sequence[str]) -> Sequence[Filing | None]:
        """Return the filing of each reference."""
        if not references:
            return []
        async with reaching():
            found = await self._redis.mget([FILING_PREFIX + each for each in references])
        return [Filing.model_validate_json(each) if each else None for each in found]

    async def filed_by(self, client: str, since: datetime, until: datetime, limit: int) -> Sequence[str]:
        """Return the references that a client filed in a time, newest first."""
        async with reaching():
            found = await self._redis.zrevrangebyscore(
                FILED_PREFIX + client, until.timestamp(), since.timestamp(), start=0, num=limit
            )
        return cast(list[str], found)

"""Claims in Redis: one call before an event is written and one after it, shared by the requests of the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from buurtsein_events.results import Later
from buurtsein_intake.batching import Batcher
from buurtsein_intake.idempotency import Claim, ClaimState, Held
from buurtsein_intake.scripts import CLAIM_PREFIX, SETTLE, TAKE

UNREACHABLE: Final = (RedisError, OSError)
"""What redis-py raises when the store is down, starting, full or too slow."""


@dataclass(frozen=True, slots=True)
class _End:
    """How a claim ends: done, or free to be taken again; `received_at` opens the status of an accepted report."""

    claim: Claim
    event_id: str
    state: Literal["D", "R"]
    received_at: str = ""


class RedisClaims:
    """Takes, settles and releases claims; raises `Later` when Redis does not answer."""

    def __init__(self, redis: Redis, *, lease_seconds: float, status_seconds: int) -> None:
        self._take = redis.register_script(TAKE)
        self._settle = redis.register_script(SETTLE)
        self._lease = int(lease_seconds * 1000)
        self._status_seconds = status_seconds
        self._taking = Batcher(self._take_all)
        self._ending = Batcher(self._end_all)

    async def take(self, claim: Claim) -> Held:
        """Return what the claim met; `new` means that it is now held, for the lease."""
        return await self._taking.submit(claim)

    async def settle(self, claim: Claim, event_id: str, received_at: datetime | None) -> None:
        """Say that the event is kept: the same request gets the same answer from now on."""
        received = "" if received_at is None else received_at.isoformat()
        await self._ending.submit(_End(claim, event_id, "D", received))

    async def release(self, claim: Claim, event_id: str) -> None:
        """Say that the event was not kept: the same request may try again at once."""
        await self._ending.submit(_End(claim, event_id, "R"))

    async def _take_all(self, claims: Sequence[Claim]) -> Sequence[Held]:
        arguments: list[str | int] = [self._lease]
        for claim in claims:
            arguments += (claim.fingerprint, claim.event_id, claim.seconds, "1" if claim.keyed else "0")
        try:
            answers = await self._take(keys=_keys(claims), args=arguments)
        except UNREACHABLE as error:
            raise Later("redis") from error
        return [_held(answer) for answer in answers]

    async def _end_all(self, ends: Sequence[_End]) -> Sequence[None]:
        arguments: list[str | int] = [self._status_seconds]
        for end in ends:
            arguments += (end.state, end.claim.fingerprint, end.event_id, end.claim.seconds, end.received_at)
        try:
            await self._settle(keys=_keys([end.claim for end in ends]), args=arguments)
        except UNREACHABLE as error:
            raise Later("redis") from error
        return [None] * len(ends)


def _keys(claims: Sequence[Claim]) -> list[str]:
    return [CLAIM_PREFIX + claim.name for claim in claims]


def _held(answer: str) -> Held:
    state, _, event_id = answer.partition("|")
    return Held(cast(ClaimState, state), event_id)

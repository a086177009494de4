"""Claims in Redis: one step before an event is written and one after it.

The steps of all requests of the moment share calls: a call costs about as much as the rest of a request.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from buurtsein_events.results import Later
from buurtsein_intake.batching import Batcher
from buurtsein_intake.idempotency import Claim, ClaimState, Held
from buurtsein_intake.identity import CodeEntry
from buurtsein_intake.limits import Quota
from buurtsein_intake.quotas import exceeded
from buurtsein_intake.scripts import CLAIM_PREFIX, EXCHANGE
from buurtsein_runtime.problems import Refused

UNREACHABLE: Final = (RedisError, OSError)
"""What redis-py raises when the store is down, starting, full or too slow."""


class _Step(NamedTuple):
    """A claim and what to do with it, as `scripts.EXCHANGE` takes it."""

    key: str
    packed: str


class RedisClaims:
    """Takes, settles and releases claims, and takes tokens.

    Raises `Later` when a call to Redis takes longer than `seconds`.
    """

    def __init__(self, redis: Redis, *, seconds: float, lease_seconds: float, status_seconds: int) -> None:
        self._script = redis.register_script(EXCHANGE)
        self._seconds = seconds
        self._lease = int(lease_seconds * 1000)
        self._status_seconds = status_seconds
        self._steps = Batcher(self._exchange)

    async def take(self, claim: Claim) -> Held:
        """Return what the claim met; `new` means that it is now held, for the lease, and `limited` that it is not."""
        answer = await self._steps.submit(_Step(CLAIM_PREFIX + claim.name, _packed(claim)))
        state, _, found = answer.partition("|")
        return Held("limited", "", int(found)) if state == "limited" else Held(cast(ClaimState, state), found)

    async def spend(self, quota: Quota) -> None:
        """Take a token where nothing is claimed; raises `Refused` (429) when there is none yet."""
        if wait_ms := int(await self._steps.submit(_Step("", f"Q{_bucket(quota)}"))):
            raise Refused(exceeded(quota, wait_ms))

    async def settle(
        self, claim: Claim, event_id: str, received_at: datetime | None, code: CodeEntry | None = None
    ) -> None:
        """Say that the event is kept: the same request gets the same answer from now on, and its code is known."""
        received = "" if received_at is None else received_at.isoformat()
        name, client = code or ("", "")
        await self._steps.submit(_end(claim, "D", event_id, f"{received}|{name}|{client}"))

    def release(self, claim: Claim, event_id: str) -> None:
        """Say that the event was not kept: the same request may try again at once."""
        self._steps.submit(_end(claim, "R", event_id, "||")).add_done_callback(_heard_or_not)

    async def _exchange(self, steps: Sequence[_Step]) -> Sequence[str]:
        try:
            async with asyncio.timeout(self._seconds):
                answers: list[str] = await self._script(
                    keys=[step.key for step in steps],
                    args=[self._lease, self._status_seconds, *(step.packed for step in steps)],
                )
        except UNREACHABLE as error:
            raise Later("redis") from error
        return answers


def _packed(claim: Claim) -> str:
    said = "||" if claim.said is None else f"{claim.said.words}|{claim.said.at}|{claim.said.within}"
    quota = "||" if claim.quota is None else _bucket(claim.quota)
    return f"T{claim.fingerprint}{claim.event_id}{'1' if claim.keyed else '0'}{claim.seconds}|{said}|{quota}"


def _bucket(quota: Quota) -> str:
    return f"{quota.bucket}|{quota.rate}|{quota.burst}"


def _end(claim: Claim, state: str, event_id: str, more: str) -> _Step:
    return _Step(CLAIM_PREFIX + claim.name, f"{state}{claim.fingerprint}{event_id}{claim.seconds}|{more}")


def _heard_or_not(release: "asyncio.Future[str]") -> None:
    if not release.cancelled():
        release.exception()

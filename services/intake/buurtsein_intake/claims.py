"""Claims in Redis: one step before an event is written and one after it, in calls that all requests share."""

import asyncio
from datetime import datetime
from typing import cast

from buurtsein_intake.exchange import Exchange
from buurtsein_intake.idempotency import Claim, ClaimState, Held
from buurtsein_intake.identity import CodeEntry
from buurtsein_intake.limits import Quota
from buurtsein_intake.quotas import exceeded
from buurtsein_intake.scripts import CLAIM_PREFIX
from buurtsein_runtime.problems import Refused


class RedisClaims:
    """Takes, settles and releases claims, and takes tokens; raises `Later` when Redis does not answer in time."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    async def take(self, claim: Claim) -> Held:
        """Return what the claim met; `new` means that it is now held, for the lease, and `limited` that it is not."""
        answer = await self._exchange.submit(CLAIM_PREFIX + claim.name, _packed(claim))
        state, _, found = answer.partition("|")
        return Held("limited", "", int(found)) if state == "limited" else Held(cast(ClaimState, state), found)

    async def spend(self, quota: Quota) -> None:
        """Take a token where nothing is claimed; raises `Refused` (429) when there is none yet."""
        if wait_ms := int(await self._exchange.submit("", f"Q{_bucket(quota)}")):
            raise Refused(exceeded(quota, wait_ms))

    async def settle(
        self, claim: Claim, event_id: str, received_at: datetime | None, code: CodeEntry | None = None
    ) -> None:
        """Say that the event is kept: the same request gets the same answer from now on, and its code is known."""
        received = "" if received_at is None else received_at.isoformat()
        name, client = code or ("", "")
        await self._end(claim, "D", event_id, f"{received}|{name}|{client}")

    def release(self, claim: Claim, event_id: str) -> None:
        """Say that the event was not kept: the same request may try again at once."""
        self._end(claim, "R", event_id, "||").add_done_callback(_heard_or_not)

    def _end(self, claim: Claim, state: str, event_id: str, more: str) -> "asyncio.Future[str]":
        packed = f"{state}{claim.fingerprint}{event_id}{claim.seconds}|{more}"
        return self._exchange.submit(CLAIM_PREFIX + claim.name, packed)


def _packed(claim: Claim) -> str:
    said = "||" if claim.said is None else f"{claim.said.words}|{claim.said.at}|{claim.said.within}"
    quota = "||" if claim.quota is None else _bucket(claim.quota)
    return f"T{claim.fingerprint}{claim.event_id}{'1' if claim.keyed else '0'}{claim.seconds}|{said}|{quota}"


def _bucket(quota: Quota) -> str:
    return f"{quota.bucket}|{quota.rate}|{quota.burst}"


def _heard_or_not(release: "asyncio.Future[str]") -> None:
    if not release.cancelled():
        release.exception()

"""Accepting a request: claim it, have Kafka keep its event, settle the claim. Only then is it accepted."""

import asyncio
from datetime import datetime
from typing import Protocol

from buurtsein_events.results import Later
from buurtsein_intake.idempotency import Claim, Held, refusal
from buurtsein_intake.problems import Refused
from buurtsein_intake.submissions import Submission
from buurtsein_runtime import metrics

_SETTLE_SECONDS = 0.3


class Claims(Protocol):
    """Where claims are kept; every method raises `Later` when that place does not answer."""

    async def take(self, claim: Claim) -> Held:
        """Return what the claim met."""
        ...

    async def settle(self, claim: Claim, event_id: str, received_at: datetime | None) -> None:
        """Say that the event is kept."""
        ...

    async def release(self, claim: Claim, event_id: str) -> None:
        """Say that the event was not kept."""
        ...


class Log(Protocol):
    """Where events are kept; `send` returns when they are and raises `Later` when that is not certain."""

    async def send(self, topic: str, key: bytes | None, value: bytes) -> object:
        """Return when the record is kept."""
        ...


class Acceptance:
    """Accepts submissions, each once, within `seconds`."""

    def __init__(self, claims: Claims, log: Log, *, seconds: float) -> None:
        self._claims = claims
        self._log = log
        self._seconds = seconds - _SETTLE_SECONDS

    async def accept(self, submission: Submission) -> str:
        """Return the id of the submission's event, which Kafka keeps; the same submission always gives the same id.

        Raises `Refused` when its claim belongs to another request or is being worked on, and `Later` when Redis or
        Kafka did not answer in time. Then nothing is promised, and the same request can be sent again.
        """
        try:
            async with asyncio.timeout(self._seconds):
                held = await self._claims.take(submission.claim)
                if problem := refusal(held):
                    raise Refused(problem)
                if held.state == "new":
                    await self._keep(submission, held.event_id)
        except TimeoutError as error:
            raise Later("kafka or redis") from error
        if held.state == "new":
            await self._settle(submission, held.event_id)
        return held.event_id

    async def _keep(self, submission: Submission, event_id: str) -> None:
        key, value = submission.record(event_id)
        try:
            await self._log.send(submission.topic, key, value)
        except Later:
            await self._claims.release(submission.claim, event_id)
            raise

    async def _settle(self, submission: Submission, event_id: str) -> None:
        """Settle the claim if Redis answers soon; Kafka keeps the event, so it is accepted whatever Redis says."""
        try:
            async with asyncio.timeout(_SETTLE_SECONDS):
                await self._claims.settle(submission.claim, event_id, submission.received_at)
        except (Later, TimeoutError):
            metrics.RETRIES.labels("intake", "redis").inc()

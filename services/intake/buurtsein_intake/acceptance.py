"""Accepting a request: claim it, have Kafka keep its event, settle the claim. Only then is it accepted."""

from datetime import datetime
from typing import NamedTuple, Protocol

from buurtsein_events.results import Later
from buurtsein_intake.idempotency import Claim, Held, refusal
from buurtsein_intake.identity import CodeEntry
from buurtsein_intake.submissions import Submission
from buurtsein_runtime import metrics
from buurtsein_runtime.problems import Refused


class Claims(Protocol):
    """Where claims are kept; `take` and `settle` raise `Later` when that place does not answer within its bound."""

    async def take(self, claim: Claim) -> Held:
        """Return what the claim met."""
        ...

    async def settle(self, claim: Claim, event_id: str, received_at: datetime | None, code: CodeEntry | None) -> None:
        """Say that the event is kept, and that its receipt code is this one if it has one."""
        ...

    def release(self, claim: Claim, event_id: str) -> None:
        """Say that the event was not kept; returns at once, and if it is not heard the lease ends the claim."""
        ...


class Log(Protocol):
    """Where events are kept; `send` returns when they are and raises `Later` when that is not certain."""

    async def send(self, topic: str, key: bytes | None, value: bytes) -> object:
        """Return when the record is kept."""
        ...


class Accepted(NamedTuple):
    """The event that is kept, and whether this request or an earlier one brought it."""

    event_id: str
    new: bool


class Acceptance:
    """Accepts submissions, each once."""

    def __init__(self, claims: Claims, log: Log) -> None:
        self._claims = claims
        self._log = log

    async def accept(self, submission: Submission) -> Accepted:
        """Return the submission's event, which Kafka keeps; the same submission always has the same event.

        Raises `Refused` when its claim belongs to another request, is being worked on or comes too often, and `Later`
        when Redis or Kafka did not answer in time. Then nothing is promised, and the same request can be sent again.
        """
        held = await self._claims.take(submission.claim)
        if problem := refusal(submission.claim, held):
            raise Refused(problem)
        if held.state == "new":
            await self._keep(submission, held.event_id)
        return Accepted(held.event_id, held.state == "new")

    async def _keep(self, submission: Submission, event_id: str) -> None:
        key, value = submission.record(event_id)
        try:
            await self._log.send(submission.topic, key, value)
        except Later:
            self._claims.release(submission.claim, event_id)
            raise
        try:
            await self._claims.settle(submission.claim, event_id, submission.received_at, submission.code(event_id))
        except Later:
            # Kafka keeps the event, so it is accepted whatever Redis says: the lease ends, and a retry changes nothing.
            metrics.RETRIES.labels("intake", "redis").inc()

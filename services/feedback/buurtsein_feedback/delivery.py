"""Delivery of digests: each to the outbox and to every webhook of its reader, each webhook with its own state."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from buurtsein_events.codec import encode
from buurtsein_events.digests import FeedbackDigest
from buurtsein_events.envelope import Event
from buurtsein_events.results import Decision, Later, Never, State
from buurtsein_events.values import Value
from buurtsein_feedback import outbox
from buurtsein_feedback.patience import SinkPatience
from buurtsein_feedback.readers import Owners
from buurtsein_feedback.render import text_of
from buurtsein_feedback.sinks import Sink, Sinks
from buurtsein_feedback.webhooks import RefusedError, UnavailableError, WebhookSender

_LOG = structlog.get_logger()


def decide(event: Event[Value], state: State, now: datetime) -> Decision:  # noqa: ARG001
    """Decide that a digest is delivered; the effect does it. Raises `Never` for what is no digest."""
    digest = digest_of(event)
    return Decision("delivered", fields={"reader": digest.reader, "kind": digest.kind})


def digest_of(event: Event[Value]) -> FeedbackDigest:
    """Return the digest of an event; raises `Never` for what is none."""
    if not isinstance(event.data, FeedbackDigest):
        raise Never("unexpected_type", f"delivery does not read {event.type}")
    return event.data


class Delivery:
    """Delivers digests in order; one that a webhook has is not sent there again while it waits for another."""

    def __init__(
        self,
        *,
        owners: Owners,
        sinks: Sinks,
        sender: WebhookSender,
        directory: Path,
        patience: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._owners = owners
        self._sinks = sinks
        self._sender = sender
        self._directory = directory
        self._monotonic = monotonic
        self._patience = {sink.name: SinkPatience(patience) for sink in sinks.sinks}
        self._settled: dict[str, dict[str, str | None]] = {}

    async def deliver(self, event: Event[Value]) -> None:
        """Deliver a digest; raises `Later` while a webhook or the disk is waited for, `Never` when one refused."""
        digest = digest_of(event)
        if event.id not in self._settled:
            await self._write(event.id, digest)
        settled = self._settled.setdefault(event.id, {})
        for sink in self._sinks.of(digest.reader):
            if sink.name not in settled:
                await self._send(sink, event, settled)
        if waiting := [sink.name for sink in self._sinks.of(digest.reader) if sink.name not in settled]:
            raise Later(f"waits for {', '.join(waiting)}")
        del self._settled[event.id]
        if refused := {name: problem for name, problem in settled.items() if problem}:
            raise Never("undelivered", "; ".join(f"{name}: {problem}" for name, problem in refused.items()))

    async def _write(self, digest_id: str, digest: FeedbackDigest) -> None:
        text = text_of(digest, self._owners.of(digest.community))
        try:
            await asyncio.to_thread(outbox.write, outbox.path_of(self._directory, digest, digest_id), text)
        except OSError as error:
            raise Later(f"the outbox cannot be written: {error}") from error

    async def _send(self, sink: Sink, event: Event[Value], settled: dict[str, str | None]) -> None:
        """Send a digest if it may be sent now; what became of it is in `settled`, unless it is to be sent later."""
        patience = self._patience[sink.name]
        advice = patience.advice(self._monotonic())
        if advice == "give_up":
            settled[sink.name] = "it takes no more digests" if patience.gone else "it has failed for too long"
        if advice != "try":
            return
        try:
            await self._sender.send(sink, event.id, encode(event))
        except RefusedError as error:
            patience.succeeded()
            patience.gone = error.gone
            settled[sink.name] = str(error)
        except UnavailableError as error:
            self._failed(sink, error, settled)
        else:
            patience.succeeded()
            settled[sink.name] = None

    def _failed(self, sink: Sink, error: UnavailableError, settled: dict[str, str | None]) -> None:
        patience = self._patience[sink.name]
        now = self._monotonic()
        patience.failed(now, error.retry_after)
        _LOG.warning("webhook_failed", sink=sink.name, error=str(error)[:300])
        if patience.exhausted(now):
            settled[sink.name] = str(error)

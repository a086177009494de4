"""Where messages of all channels become reports that are kept."""

from typing import Protocol

from buurtsein_intake.acceptance import Acceptance
from buurtsein_intake.channels.adapter import Taken
from buurtsein_intake.channels.message import Message, report_of
from buurtsein_intake.submissions import Request, Submissions
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.tracing import new_traceparent


class Desk(Protocol):
    """Takes messages."""

    async def take(self, message: Message) -> Taken:
        """Return what became of a message, once it is kept; raises `Later` when that can't be done now."""
        ...


class ReportDesk:
    """Keeps every message as a report, each once."""

    def __init__(self, submissions: Submissions, acceptance: Acceptance, clock: Clock) -> None:
        self._submissions = submissions
        self._acceptance = acceptance
        self._clock = clock

    async def take(self, message: Message) -> Taken:
        """Return the reference of the message's report, once it is kept."""
        report = report_of(message)
        if report.occurred_at:
            self._clock.observe(report.occurred_at)
        client = message.client or message.channel
        around = Request(client, message.key, self._clock.now(), new_traceparent(), message.quota)
        submission = self._submissions.of_message if message.key else self._submissions.of_report
        accepted = await self._acceptance.accept(submission(report, around))
        if accepted.new:
            metrics.RECEIVED.labels(message.channel).inc()
        return Taken(message=message, reference=accepted.event_id)

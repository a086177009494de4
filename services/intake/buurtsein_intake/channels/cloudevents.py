"""CloudEvents over HTTP: any system that speaks the standard sends reports as events, one by one or in batches.

Source: CloudEvents 1.0.2, HTTP protocol binding, and HTTP 1.1 Web Hooks for Event Delivery (sections 3 and 4).
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus

from buurtsein_events.values import Channel
from buurtsein_intake import validation
from buurtsein_intake.channels import reading
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.cloudevents_format import BATCH, JSON, STRUCTURED, Carried, read, refused
from buurtsein_intake.channels.message import Message
from buurtsein_intake.clients import Client, Keyring
from buurtsein_intake.shapes import ReportIn
from buurtsein_intake.validation import Known
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Problem, Refused

_ORIGIN_LIMIT = 255


class CloudEvents:
    """The adapter; `known` tells what a report that happened at a time is checked against."""

    channel: Channel = "cloudevents"
    path: str = "/v1/events"
    media_types: tuple[str, ...] = (STRUCTURED, BATCH, JSON)
    body_limit: int = 1024 * 1024
    handshake_method: str | None = "OPTIONS"

    def __init__(self, keyring: Keyring, known: Callable[[datetime | None], Known]) -> None:
        self._keyring = keyring
        self._known = known

    def verify(self, call: Call) -> Client:
        """Return the client whose key the bearer token is; raises `Refused` (401), 403 when it may not send events."""
        return self._keyring.admit(call.headers.get("authorization", "").encode("latin-1"), "events:write")

    def handshake(self, call: Call) -> Answer | None:
        """Return what a sender asks before it sends: it may, as often as it likes, when it has a key.

        `WebHook-Request-Callback` is not called: who asks is not known, so neither is who would be called.
        """
        origin = call.headers.get("webhook-request-origin", "")
        allow = {"Allow": "POST, OPTIONS"}
        if not origin:
            return Answer(headers=allow)
        if len(origin) > _ORIGIN_LIMIT or not all("!" <= char <= "~" for char in origin):
            raise Refused(problems.not_json("WebHook-Request-Origin must be a DNS name of the sender."))
        return Answer(headers={**allow, "WebHook-Allowed-Origin": origin, "WebHook-Allowed-Rate": "*"})

    def parse(self, call: Call) -> Sequence[Message]:
        """Return the report of every event, or raise `Refused` (400) that names the first one that is wrong."""
        media_type = call.headers.get("content-type", "").partition(";")[0].strip().lower()
        return [self._message(carried) for carried in read(media_type, call.headers, call.body)]

    def answer(self, taken: Sequence[Taken]) -> Answer:
        """Return the references of the reports, in the order of their events."""
        return reading.as_json({"references": [one.reference for one in taken]}, 202)

    def refuse(self, problem: Problem) -> Answer:
        """Return the problem; one with what an event says is of the event."""
        said = problem.status == HTTPStatus.UNPROCESSABLE_ENTITY
        return reading.refuse(refused(problem, "#").problem if said else problem)

    def _message(self, carried: Carried) -> Message:
        event = carried.event
        try:
            said = validation.parse(carried.data, ReportIn)
            validation.check_report(said, self._known(said.occurred_at))
        except Refused as error:
            raise refused(error.problem, carried.data_at) from error
        report = self._dated(said, carried)
        return Message(
            channel="cloudevents",
            key=json.dumps([event.source, event.id]),
            report=_channelled(report),
            report_at=carried.data_at,
        )

    def _dated(self, report: ReportIn, carried: Carried) -> ReportIn:
        """Return the report with the event's time where it says no other, as on channels whose messages have a time."""
        time = carried.event.time
        if report.occurred_at or time is None:
            return report
        if mistakes := validation.future(time, self._known(time), "#/time"):
            raise refused(problems.invalid(mistakes), carried.event_at)
        return report.model_copy(update={"occurred_at": time})


def _channelled(report: ReportIn) -> ReportIn:
    relayed = "channel" in report.model_fields_set
    return report if relayed else report.model_copy(update={"channel": "cloudevents"})

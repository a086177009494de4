"""Keeping what somebody decided: an event that Kafka has acknowledged, and only then is it accepted.

Its id follows from the report and the action, so sending a request again changes nothing.
"""

from typing import Protocol

from buurtsein_events.actions import Action, Case, ModerationAction
from buurtsein_events.codec import encode
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.topics import MODERATION_ACTIONS, TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Redaction, Value
from buurtsein_moderation.members import member_of
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.tracing import new_traceparent


class Log(Protocol):
    """Where events are kept; `send` returns when they are and raises `Later` when that is not certain."""

    async def send(self, topic: str, key: bytes | None, value: bytes) -> object:
        """Return when the record is kept."""
        ...


def action_id(report_id: str, action: Action) -> str:
    """Return the id of the event of an action: there is one of each kind for a report."""
    return derive(report_id, f"action/{action}")


class Recorder:
    """Writes actions to their topic, under the key under which the report came in, so that they stay in order."""

    def __init__(self, log: Log, clock: Clock, source: str) -> None:
        self._log = log
        self._clock = clock
        self._source = source

    async def record(
        self,
        action: Action,
        case: Case,
        *,
        by: str | None = None,
        message: str | None = None,
        redactions: tuple[Redaction, ...] = (),
    ) -> str:
        """Return the id of the action, which Kafka keeps; raises `Later` when that is not certain."""
        report = case.moderated.report
        data = ModerationAction(
            report_id=report.report_id, action=action, by=by, case=case, message=message, redactions=redactions
        )
        key = member_of(report) or report.report_id
        event = Event[Value](
            id=action_id(report.report_id, action),
            source=self._source,
            type=TYPE_OF_DATA[ModerationAction],
            time=self._clock.now(),
            subject=report.report_id,
            partitionkey=key,
            traceparent=new_traceparent(),
            dataschema=schema_uri(TYPE_OF_DATA[ModerationAction]),
            data=data,
        )
        await self._log.send(MODERATION_ACTIONS, key.encode(), encode(event))
        return event.id

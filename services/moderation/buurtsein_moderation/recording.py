"""Keeping what somebody decided: an event that Kafka has acknowledged, and only then is it accepted.

Its id follows from all that was decided, so sending a request again changes nothing, and what somebody else decides, or
the same person in other words, is another action that is told apart from it.
"""

from typing import Protocol

from buurtsein_events.actions import ModerationAction
from buurtsein_events.codec import encode
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.topics import MODERATION_ACTIONS, TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Value
from buurtsein_moderation.members import member_of
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.tracing import new_traceparent


class Log(Protocol):
    """Where events are kept; `send` returns when they are and raises `Later` when that is not certain."""

    async def send(self, topic: str, key: bytes | None, value: bytes) -> object:
        """Return when the record is kept."""
        ...


def action_id(action: ModerationAction) -> str:
    """Return the id of the event of an action: the same for who decides the same about a report in the same words."""
    return derive(action.report_id, f"action/{action.model_dump_json(exclude={'report_id', 'case'})}")


class Recorder:
    """Writes actions to their topic, under the key under which the report came in, so that they stay in order."""

    def __init__(self, log: Log, clock: Clock, source: str) -> None:
        self._log = log
        self._clock = clock
        self._source = source

    async def record(self, action: ModerationAction) -> None:
        """Return when Kafka keeps the action; raises `Later` when that is not certain."""
        key = member_of(action.case.moderated.report) or action.report_id
        event = Event[Value](
            id=action_id(action),
            source=self._source,
            type=TYPE_OF_DATA[ModerationAction],
            time=self._clock.now(),
            subject=action.report_id,
            partitionkey=key,
            traceparent=new_traceparent(),
            dataschema=schema_uri(TYPE_OF_DATA[ModerationAction]),
            data=action,
        )
        await self._log.send(MODERATION_ACTIONS, key.encode(), encode(event))

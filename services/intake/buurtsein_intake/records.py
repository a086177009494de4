"""The events that intake writes, as bytes; pure.

A report's event is put together from the JSON of the checked request instead of from models, which would take several
times as long for the same bytes. The tests hold it against the contract's own models and codec.
"""

import json
from datetime import datetime
from typing import Final, NamedTuple

from buurtsein_events.codec import encode
from buurtsein_events.envelope import Event
from buurtsein_events.reports import ReportReceived
from buurtsein_events.signals import SignalOutcome
from buurtsein_events.topics import TYPE_OF_DATA, schema_uri
from buurtsein_intake.shapes import ReportIn

_OUTCOME: Final = TYPE_OF_DATA[SignalOutcome]
_OutcomeEvent: Final = Event[SignalOutcome]
_WORDS: Final = {True: b"true", False: b"false"}


class Record(NamedTuple):
    """The key and value of a record."""

    key: bytes
    value: bytes


class Stamp(NamedTuple):
    """What an event says besides its content: its id, when it was made and in which trace."""

    id: str
    time: datetime
    traceparent: str


def shared_json(report: ReportIn) -> bytes:
    """Return, as members of a JSON object, the fields of a report that its event has under the same name."""
    return report.model_dump_json(exclude_none=True).encode()[1:-1]


def answers_json(report: ReportIn) -> bytes:
    """Return the answers to the four questions as a JSON object."""
    members = []
    if report.police_called is not None:
        members.append(b'"police_called":' + _WORDS[report.police_called])
    if report.called_by is not None:
        members.append(b'"called_by":"%b"' % report.called_by.encode())
    if report.happening_now is not None:
        members.append(b'"happening_now":' + _WORDS[report.happening_now])
    return b"{%b}" % b",".join(members)


class ReceivedRecords:
    """Makes records of received reports, which all come from one source."""

    def __init__(self, source: str) -> None:
        event_type = TYPE_OF_DATA[ReportReceived]
        self._head = (
            f'{{"specversion":"1.0","source":{json.dumps(source)},"type":"{event_type}",'
            f'"datacontenttype":"application/json","dataschema":"{schema_uri(event_type)}"'
        ).encode()

    def make(self, stamp: Stamp, *, client: str, reporter: str | None, shared: bytes, answers: bytes) -> Record:
        """Return the record of a report; none of the texts but `shared` and `answers` may need escaping in JSON."""
        key = reporter or stamp.id
        at = stamp.time.isoformat()
        member = f',"reporter":"{reporter}"' if reporter else ""
        middle = (
            f',"id":"{stamp.id}","time":"{at}","subject":"{stamp.id}","partitionkey":"{key}",'
            f'"traceparent":"{stamp.traceparent}","data":{{"report_id":"{stamp.id}","client":"{client}"{member},'
            f'"received_at":"{at}","saar":'
        ).encode()
        return Record(key.encode(), b"%b%b%b,%b}}" % (self._head, middle, answers, shared))


def outcome_record(stamp: Stamp, data: SignalOutcome, *, source: str) -> Record:
    """Return the record of an outcome."""
    event = _OutcomeEvent(
        id=stamp.id,
        source=source,
        type=_OUTCOME,
        time=stamp.time,
        subject=data.signal_id,
        partitionkey=data.community,
        traceparent=stamp.traceparent,
        dataschema=schema_uri(_OUTCOME),
        data=data,
    )
    return Record(data.community.encode(), encode(event))

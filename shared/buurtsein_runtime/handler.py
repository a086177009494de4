"""The one loop of every stage: decode → decide → effects; committing is the lane's.

Two kinds of failure and no third: what may work later is waited for, what never will is a dead letter.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

import structlog

from buurtsein_events.codec import compose, decode
from buurtsein_events.deadletters import REPLAY_HEADER, Origin, dead_letter_headers
from buurtsein_events.envelope import Event
from buurtsein_events.errors import ContractError
from buurtsein_events.ids import derive
from buurtsein_events.results import Change, Decision, Emit, Never
from buurtsein_events.topics import TYPE_OF_DATA, dead_letter_topic, schema_uri
from buurtsein_events.values import Value
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.facts import Claim, FactStore, Sets, change_sets
from buurtsein_runtime.patience import Patience
from buurtsein_runtime.records import Output, Record, position
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.tracing import Tracer

_LOG = structlog.get_logger()


class Failure(NamedTuple):
    """Why a record becomes a dead letter."""

    reason: str
    error: str
    detail: str


class Result(NamedTuple):
    """What became of one record."""

    record: Record
    outcome: str
    event: Event[Value] | None = None
    keys: tuple[str, ...] = ()
    decision: Decision | None = None
    failure: Failure | None = None


class Handled(Protocol):
    """What a handler made of some records: `outputs` to commit, how many are `dead`, and what to say afterwards."""

    outputs: list[Output]
    dead: list[bool]

    def settle(self) -> None:
        """Log and count, once the outputs are kept."""
        ...


class Handler(Protocol):
    """Turns records of one partition into outputs."""

    async def handle(self, records: Sequence[Record]) -> Handled:
        """Return what to commit for the records."""
        ...


@dataclass(slots=True)
class HandledEvents:
    """What a stage made of some records."""

    stage: str
    clock: Clock
    outputs: list[Output] = field(default_factory=list)
    dead: list[bool] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    def settle(self) -> None:
        """Write one line for each event and add the counts."""
        for outcome, number in Counter(result.outcome for result in self.results).items():
            metrics.RECORDS.labels(self.stage, outcome).inc(number)
        metrics.count(count for result in self.results if result.decision for count in result.decision.counts)
        for result in self.results:
            self._settle(result)

    def _settle(self, result: Result) -> None:
        place = position(result.record)
        if result.failure:
            metrics.DEAD_LETTERS.labels(self.stage, result.failure.reason).inc()
            _LOG.warning("dead_letter", stage=self.stage, position=place, **result.failure._asdict())
        elif result.event:
            decision = result.decision or Decision(result.outcome)
            self._observe(decision.accepted_at)
            _LOG.info("event", **_line(self.stage, place, result.event, result.outcome), **decision.fields)

    def _observe(self, accepted_at: datetime | None) -> None:
        if accepted_at:
            seconds = (self.clock.now() - accepted_at).total_seconds()
            metrics.SINCE_ACCEPTED.labels(self.stage).observe(max(seconds, 0.0))


class EventHandler:
    """Decides on events one after another with the facts that the stage asks for."""

    def __init__(
        self, stage: Stage, *, store: FactStore, clock: Clock, tracer: Tracer, patience: Patience, source: str
    ) -> None:
        self._stage = stage
        self._store = store
        self._clock = clock
        self._tracer = tracer
        self._patience = patience
        self._source = source

    async def handle(self, records: Sequence[Record]) -> HandledEvents:
        """Return what to commit for the records; their changes of state are made, for these may be made again."""
        inputs = [self._read(record) for record in records]
        first, sets = await self._load(inputs)
        handled = HandledEvents(self._stage.name, self._clock)
        changes: list[Change] = []
        for each in inputs:
            await self._one(each, first, sets, handled, changes)
        await self._patience.until_done("redis", lambda: self._store.apply(changes))
        return handled

    def envelope(self, emit: Emit, *, cause: str, traceparent: str | None) -> Output:
        """Return the record of an emitted event; raises `EncodeError` when it is too large."""
        event_type = TYPE_OF_DATA[type(emit.data)]
        raw = compose(
            id=derive(cause, emit.step),
            source=self._source,
            type=event_type,
            time=self._clock.now(),
            subject=emit.subject,
            partitionkey=emit.key,
            traceparent=traceparent,
            dataschema=schema_uri(event_type),
            data=emit.data,
        )
        return Output(emit.topic, emit.key.encode(), raw)

    def _read(self, record: Record) -> Result:
        try:
            event = decode(record.value)
            return Result(record, "decoded", event, self._stage.keys(event))
        except (Never, ContractError) as error:
            return Result(record, "dead", failure=_known(error))

    async def _load(self, inputs: Sequence[Result]) -> tuple[set[int], Sets]:
        known = [(each.record, each.event) for each in inputs if each.event]
        if not known:
            return set(), {}
        claims = [Claim(event.id, position(record), _replays(record)) for record, event in known]
        keys = [key for each in inputs for key in each.keys]
        loaded = await self._patience.until_done("redis", lambda: self._store.load(claims, keys))
        first = {record.offset for (record, _), is_first in zip(known, loaded.first, strict=True) if is_first}
        return first, loaded.sets

    async def _one(
        self, each: Result, first: set[int], sets: Sets, handled: HandledEvents, changes: list[Change]
    ) -> None:
        outputs: list[Output] = []
        if each.event and each.record.offset not in first:
            each = each._replace(outcome="duplicate")
        elif each.event:
            each, outputs = await self._decided(each, each.event, sets)
        if each.failure:
            outputs = [self._dead_letter(each.record, each.failure)]
        elif each.decision:
            changes += each.decision.changes
            for change in each.decision.changes:
                change_sets(sets, change)
        handled.outputs += outputs
        handled.dead.append(each.failure is not None)
        handled.results.append(each)

    async def _decided(self, each: Result, event: Event[Value], sets: Sets) -> tuple[Result, list[Output]]:
        self._clock.observe(event.time)
        try:
            decision = self._stage.decide(event, sets, self._clock.now())
            trace = self._tracer.span(self._stage.name, event.traceparent, {"event": event.id})
            outputs = [self.envelope(emit, cause=event.id, traceparent=trace) for emit in decision.emits]
            if self._stage.effect:
                effect = self._stage.effect
                await self._patience.until_done("effect", lambda: effect(event))
        except (Never, ContractError) as error:
            return each._replace(outcome="dead", failure=_known(error)), []
        except Exception as error:  # a defect in a decision must not stop the line; the limit does
            return each._replace(outcome="dead", failure=_unknown(error)), []
        return each._replace(outcome=decision.outcome, decision=decision), outputs

    def _dead_letter(self, record: Record, failure: Failure) -> Output:
        headers = dead_letter_headers(
            reason=failure.reason,
            error=failure.error,
            detail=failure.detail,
            stage=self._stage.name,
            origin=Origin(record.topic, record.partition, record.offset),
            at=self._clock.now(),
            was_null=record.value is None,
            original=record.headers,
        )
        return Output(dead_letter_topic(record.topic), record.key, record.value, headers)


def _known(error: Never | ContractError) -> Failure:
    return Failure(error.reason, type(error).__name__, error.detail)


def _unknown(error: Exception) -> Failure:
    return Failure("undecidable", type(error).__name__, str(error))


def _replays(record: Record) -> str:
    return next((value.decode("utf-8", "replace") for name, value in record.headers if name == REPLAY_HEADER), "")


def _line(stage: str, place: str, event: Event[Value], outcome: str) -> dict[str, str]:
    trace = (event.traceparent or "--").split("-")[1]
    return {
        "stage": stage,
        "outcome": outcome,
        "id": event.id,
        "subject": event.subject,
        "trace_id": trace,
        "position": place,
    }

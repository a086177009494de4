"""What a decision may return: events to write and facts to keep; one place in the runtime performs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from buurtsein_events.values import Value

Facts = Mapping[str, float]
"""One set of facts in the state: each fact with the POSIX time that it is about, in seconds."""

State = Mapping[str, Facts]
"""The sets of facts that an event's decision asked for, by key; a key without facts is an empty set."""


@dataclass(frozen=True, slots=True)
class Emit:
    """An event to write to `topic` under `key`; its id is derived from the event decided on and `step`.

    `step` must differ between the events that one decision emits.
    """

    topic: str
    key: str
    subject: str
    step: str
    data: Value


@dataclass(frozen=True, slots=True)
class Remember:
    """Add `fact` to the set `key`; doing so again changes nothing. Facts older than `keep` are forgotten."""

    key: str
    fact: str
    at: datetime
    keep: timedelta


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove `fact` from the set `key`; doing so again changes nothing."""

    key: str
    fact: str


Change = Remember | Forget


@dataclass(frozen=True, slots=True)
class Count:
    """One count for the metric `metric` of `buurtsein_runtime.metrics`, with its label values in order."""

    metric: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about one event.

    `outcome` names it in logs and metrics, `fields` complete its log line, `counts` go to the metrics and
    `accepted_at` is when intake accepted the report that it is about.
    """

    outcome: str
    emits: tuple[Emit, ...] = ()
    changes: tuple[Change, ...] = ()
    counts: tuple[Count, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    accepted_at: datetime | None = None


class Never(Exception):  # noqa: N818
    """Raised by a decision on an event that it can never decide; the event becomes a dead letter."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Later(Exception):  # noqa: N818
    """Raised by an effect whose dependency is down; the stage waits, keeps the order and tries again."""

"""Records as the runtime sees them, whichever client read them."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Record(Protocol):
    """A record read from Kafka; `timestamp` is milliseconds since the epoch."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


class Output(NamedTuple):
    """A record to write."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]] = ()


def position(record: Record) -> str:
    """Return where a record stands: `topic:partition:offset`."""
    return f"{record.topic}:{record.partition}:{record.offset}"

"""Records that no stage can decide on, each with the reason that its dead letter has to give."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from kafka import KafkaProducer
from kafka.errors import KafkaError

from buurtsein_events.topics import EVENT_LIMIT, REPORTS_MODERATED, REPORTS_RECEIVED, SIGNALS_ROUTED

_KINDS: Final[tuple[tuple[str, bytes | None, str], ...]] = (
    ("broken_json", b'{"specversion": "1.0", "type": "nl.buurtsein.rep', "not_json"),
    ("wrong_schema", b'{"type": "nl.buurtsein.report.received.v1", "data": {"text": 7}}', "wrong_schema"),
    ("unknown_type", b'{"type": "nl.buurtsein.report.received.v9", "data": {}}', "unknown_type"),
    ("null", None, "null"),
    ("invalid_utf8", b'{"type": "\xff\xfe\x80"}', "not_json"),
    ("too_large", json.dumps({"type": "x" * (EVENT_LIMIT - 11)}).encode(), "too_large"),
)
_TOPICS: Final = (REPORTS_RECEIVED, REPORTS_RECEIVED, REPORTS_RECEIVED, REPORTS_MODERATED, SIGNALS_ROUTED)
_MARK: Final = "poison"
_DELIVERY_MS: Final = 10_000
_PAUSE_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Poison:
    """One bad record; its key says that it is one and of which kind."""

    topic: str
    key: bytes
    value: bytes | None


def poisons(count: int, seed: int) -> Iterator[Poison]:
    """Yield bad records of every kind, most for the first topic, some for those behind it."""
    random = Random(f"poison {seed}")  # noqa: S311
    for number in range(count):
        name, value, _ = _KINDS[number % len(_KINDS)]
        yield Poison(random.choice(_TOPICS), f"{_MARK}/{name}/{number}".encode(), value)


def expected_reason(key: bytes | None) -> str | None:
    """Return the reason that the dead letter of a record has to give, None when the record is not poison."""
    mark, _, rest = (key or b"").decode("utf-8", "replace").partition("/")
    if mark != _MARK:
        return None
    return next((reason for name, _, reason in _KINDS if name == rest.partition("/")[0]), None)


async def write_poison(
    bootstrap: str, poison: Sequence[Poison], left: Callable[[], float], written: Callable[[Poison], None]
) -> None:
    """Write the records, spread over the seconds `left`; one whose writing is in doubt is written again."""
    for number, each in enumerate(poison):
        await asyncio.sleep(max(left(), 0.0) / (len(poison) - number))
        await _write_until_done(bootstrap, each)
        written(each)


async def _write_until_done(bootstrap: str, poison: Poison) -> None:
    while True:
        if await asyncio.to_thread(_write, bootstrap, poison):
            return
        await asyncio.sleep(_PAUSE_SECONDS)


def _write(bootstrap: str, poison: Poison) -> bool:
    limits = {
        "delivery_timeout_ms": _DELIVERY_MS,
        "request_timeout_ms": _DELIVERY_MS // 2,
        "max_block_ms": _DELIVERY_MS,
    }
    try:
        with KafkaProducer(bootstrap_servers=bootstrap, acks="all", **limits) as producer:
            producer.send(poison.topic, poison.value, poison.key).get()
    except KafkaError:
        return False
    return True

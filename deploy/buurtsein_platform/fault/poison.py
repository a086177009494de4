"""Records that no stage can decide on, each with the reason that its dead letter has to give."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

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
_ATTEMPT_SECONDS: Final = 15.0
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
    bootstrap: str, poison: Sequence[Poison], seconds: float, written: Callable[[Poison], None]
) -> None:
    """Write the records, spread over the time; one whose writing is in doubt is written again, which is seen later."""
    for each in poison:
        await asyncio.sleep(seconds / len(poison))
        await _write_until_done(bootstrap, each)
        written(each)


async def _write_until_done(bootstrap: str, poison: Poison) -> None:
    while True:
        if await _write(bootstrap, poison):
            return
        await asyncio.sleep(_PAUSE_SECONDS)


async def _write(bootstrap: str, poison: Poison) -> bool:
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", enable_idempotence=True)
    try:
        async with asyncio.timeout(_ATTEMPT_SECONDS):
            await producer.start()
            await producer.send_and_wait(poison.topic, poison.value, poison.key)
    except (KafkaError, OSError, TimeoutError):
        return False
    finally:
        with contextlib.suppress(KafkaError, OSError, TimeoutError):
            await asyncio.wait_for(producer.stop(), 2.0)
    return True

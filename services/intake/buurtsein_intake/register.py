"""The register of client applications in Redis, and how the services learn of changes in it.

`intake:clients` is a hash of JSON by name. It is the only thing in Redis that can't be rebuilt from the topics.
"""

import asyncio
from collections.abc import Callable
from typing import Final, cast

import structlog
from pydantic import ValidationError
from redis.asyncio import Redis
from redis.exceptions import WatchError

from buurtsein_events.results import Later
from buurtsein_intake.clients import Client, Keyring
from buurtsein_intake.exchange import UNREACHABLE, reaching
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import SystemClock

CLIENTS: Final = "intake:clients"
_SECONDS: Final = 2.0
_EVERY: Final = 0.5

_LOG = structlog.get_logger()


class Register:
    """Reads and changes the register; every method raises `Later` when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def all(self) -> list[Client]:
        """Return all clients by name; an entry that can't be read is left out, and said."""
        async with reaching():
            kept = cast(dict[str, str], await self._redis.hgetall(CLIENTS))
        return [client for name, text in sorted(kept.items()) if (client := _client(name, text))]

    async def add(self, client: Client) -> bool:
        """Add a client, unless the name is taken; tells whether it was added."""
        async with reaching():
            return bool(await self._redis.hsetnx(CLIENTS, client.name, client.model_dump_json(exclude_none=True)))

    async def remove(self, name: str) -> bool:
        """Remove a client; tells whether there was one."""
        async with reaching():
            return bool(await self._redis.hdel(CLIENTS, name))

    async def change(self, name: str, change: Callable[[Client], Client]) -> Client | None:
        """Put what `change` makes of a client in its place and return it, or nothing when there is no such client.

        When somebody else changes the register meanwhile, it is done again on what is there then. Raises
        `ValidationError` when the entry can't be read.
        """
        while True:
            try:
                return await self._change(name, change)
            except WatchError:
                continue
            except UNREACHABLE as error:
                raise Later("redis") from error

    async def _change(self, name: str, change: Callable[[Client], Client]) -> Client | None:
        async with self._redis.pipeline() as pipe:
            await pipe.watch(CLIENTS)
            text = await self._redis.hget(CLIENTS, name)
            if text is None:
                return None
            changed = change(Client.model_validate_json(text))
            pipe.multi()  # type: ignore[no-untyped-call]
            pipe.hset(CLIENTS, name, changed.model_dump_json(exclude_none=True))
            await pipe.execute()
            return changed


def _client(name: str, text: str) -> Client | None:
    try:
        return Client.model_validate_json(text)
    except ValidationError as error:
        _LOG.error("client_unreadable", client=name, fields=[".".join(map(str, e["loc"])) for e in error.errors()])
        return None


async def watch_clients(register: Register, keyring: Keyring) -> None:
    """Keep the keyring within some seconds of the register until cancelled; what was revoked is then refused."""
    clock = SystemClock()
    while True:
        try:
            async with asyncio.timeout(_SECONDS):
                registered = await register.all()
            keyring.learn(registered, clock.now())
        except (Later, TimeoutError):
            metrics.RETRIES.labels("intake", "redis").inc()
            keyring.lose(clock.now())
        await asyncio.sleep(_EVERY)

"""The connection to Redis or Valkey: short timeouts, no retries of its own; what waiting means the caller says."""

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, TimeoutError  # noqa: A004

from buurtsein_runtime.settings import Settings

UNAVAILABLE = (ConnectionError, TimeoutError, BusyLoadingError, OSError)
"""What redis-py raises when the store is down, starting or too slow."""


def connect(settings: Settings) -> Redis:
    """Return a client; it connects at the first command."""
    return Redis.from_url(
        settings.redis_url.get_secret_value(),
        socket_timeout=2.0,
        socket_connect_timeout=1.0,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )

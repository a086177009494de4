"""The settings of intake."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr

from buurtsein_intake.quotas import Addresses, Limit, Network
from buurtsein_runtime.settings import Settings


class IntakeSettings(Settings):
    """What intake needs besides what every service needs; times are seconds.

    A request waits at most twice `redis_seconds` (the batch under way and its own) and once `kafka_seconds` before it
    is refused. `lease_seconds` is how long a crashed request blocks its idempotency key, and `retry_seconds` how long
    an identical report without a key counts as a retry, and `repeat_seconds` how long the same words of the same
    resident at the same place do, whatever their keys (0: never). A channel whose secret is empty is not served.
    Addresses send `address_limit` to endpoints that need no key; `X-Forwarded-For` counts from `trusted_proxies` only.
    """

    http_port: int = 8100
    clients: Path = Path(__file__).parent.parent / "clients.yaml"
    redis_seconds: float = 0.8
    kafka_seconds: float = 3.0
    lease_seconds: float = 8.0
    idempotency_seconds: int = 24 * 3600
    retry_seconds: int = 600
    repeat_seconds: int = Field(default=300, ge=0)
    address_limit: Limit = Limit(rate=60 / 3600, burst=60)
    trusted_proxies: tuple[Network, ...] = ()
    status_seconds: int = 35 * 24 * 3600
    future_seconds: int = 600
    unaccounted_seconds: float = 60.0
    drain_seconds: int = 10
    whatsapp_secret: SecretStr = SecretStr("")
    whatsapp_verify_token: SecretStr = SecretStr("")
    telegram_secret_token: SecretStr = SecretStr("")
    sms_token: SecretStr = SecretStr("")
    sms_url: str | None = None
    facebook_secret: SecretStr = SecretStr("")
    facebook_verify_token: SecretStr = SecretStr("")

    @property
    def clock_skew(self) -> timedelta:
        """Return how far ahead of ours a reporter's clock may be."""
        return timedelta(seconds=self.future_seconds)


def addresses(settings: IntakeSettings) -> Addresses:
    """Return the buckets of addresses that endpoints without keys take tokens from."""
    return Addresses(settings.secret.get_secret_value().encode(), settings.address_limit, settings.trusted_proxies)

"""The settings of intake."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, StringConstraints, model_validator

from buurtsein_intake.limits import Limit
from buurtsein_intake.quotas import Addresses, Network
from buurtsein_runtime.settings import Settings


class IntakeSettings(Settings):
    """What intake needs besides what every service needs; times are seconds.

    A request waits at most twice `redis_seconds` (the batch under way and its own) and once `kafka_seconds` before it
    is refused. `lease_seconds` is how long a crashed request blocks its idempotency key, and `retry_seconds` how long
    an identical report without a key counts as a retry, and `repeat_seconds` how long the same words of the same
    resident at the same place do, whatever their keys (0: never). A channel whose secret is empty is not served,
    and Signalen's endpoint, which anybody may post to, only when it is `signalen_public`.
    Addresses send `address_limit` to endpoints that need no key; `X-Forwarded-For` counts from `trusted_proxies` only.
    Twilio signs with `sms_shared_key` in place of `sms_token` where a Webhooks Rule of the account says so.
    `draft_seconds` is how long a message may complete the one before it, `quiet_seconds` how long it is remembered that
    a sender wants no answers. On WhatsApp and Messenger nothing is asked without the token for answering.

    Photos of channels are fetched with `telegram_token`, `whatsapp_token` and `sms_account`, from the addresses of the
    providers and from `media_hosts` (each with its subdomains).

    `wrong_codes` are the wrong receipt codes a minute that are answered, of all callers together.

    `photos` is the directory of photos, which all processes of intake share; one is kept for `photo_seconds` after it
    came and after the last report that names it. `photo_networks` are the networks to which routing gives photos.

    E-mail is taken for `email_recipients`, addresses and domains; `email_authserv` names our own mail server in
    Authentication-Results. SMTP is served when `smtp_port` is set, with STARTTLS when there is a certificate;
    `smtp_seconds` is how long a mail may take to come.
    """

    http_port: int = 8100
    clients: Path = Path(__file__).parent.parent / "clients.yaml"
    form: Path = Path(__file__).parent.parent / "form.yaml"
    signalen: Path = Path(__file__).parent.parent / "signalen.yaml"
    signalen_public: bool = True
    open311: Path = Path(__file__).parent.parent / "open311.yaml"
    page: Path = Path(__file__).parent.parent / "page"
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
    sms_shared_key: SecretStr = SecretStr("")
    facebook_secret: SecretStr = SecretStr("")
    facebook_verify_token: SecretStr = SecretStr("")
    whatsapp_token: SecretStr = SecretStr("")
    whatsapp_phone_id: str = ""
    facebook_token: SecretStr = SecretStr("")
    graph_url: str = "https://graph.facebook.com/v23.0"
    graph_seconds: float = 5.0
    graph_attempts: int = Field(default=3, ge=1, le=10)
    graph_rest_seconds: float = 2.0
    telegram_token: SecretStr = SecretStr("")
    telegram_url: str = "https://api.telegram.org"
    sms_account: str = ""
    sms_media_url: str = "https://api.twilio.com"
    media_hosts: tuple[str, ...] = ("fbsbx.com", "fbcdn.net", "twiliocdn.com")
    media_seconds: float = 20.0
    draft_seconds: int = 15 * 60
    quiet_seconds: int = 365 * 24 * 3600
    wrong_codes: int = Field(default=300, ge=1)
    photos: Path = Path(".buurtsein/photos")
    photo_seconds: int = Field(default=30 * 24 * 3600, ge=24 * 3600)
    photo_making_seconds: float = 10.0
    photo_link_seconds: int = Field(default=300, ge=1, le=3600)
    photo_networks: tuple[str, ...] = ("police", "fire_brigade", "municipality", "housing_corporation")
    email_recipients: tuple[Annotated[str, StringConstraints(to_lower=True, min_length=3)], ...] = ()
    email_authserv: str = ""
    smtp_port: Annotated[int, BeforeValidator(lambda port: port or 0), Field(ge=0, lt=65536)] = 0
    smtp_certificate: Path | None = None
    smtp_key: Path | None = None
    smtp_connections: int = Field(default=8, ge=1)
    smtp_seconds: float = 120.0

    @model_validator(mode="after")
    def _smtp_is_complete(self) -> "IntakeSettings":
        if self.smtp_port and not self.email_recipients:
            raise ValueError("BUURTSEIN_SMTP_PORT needs BUURTSEIN_EMAIL_RECIPIENTS: addresses or domains that are ours")
        if self.smtp_key and not self.smtp_certificate:
            raise ValueError("BUURTSEIN_SMTP_KEY needs BUURTSEIN_SMTP_CERTIFICATE")
        return self

    @property
    def clock_skew(self) -> timedelta:
        """Return how far ahead of ours a reporter's clock may be."""
        return timedelta(seconds=self.future_seconds)


def addresses(settings: IntakeSettings) -> Addresses:
    """Return the buckets of addresses that endpoints without keys take tokens from."""
    return Addresses(settings.secret.get_secret_value().encode(), settings.address_limit, settings.trusted_proxies)

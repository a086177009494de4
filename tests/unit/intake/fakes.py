"""An intake without Kafka and Redis: the same application around stores that live in memory."""

import hashlib
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import get_args

import httpx
from pydantic import SecretStr

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from buurtsein_intake.acceptance import Acceptance
from buurtsein_intake.answers import Receipts
from buurtsein_intake.app import application, photo_store
from buurtsein_intake.clients import Client, Clients, Keyring, Right
from buurtsein_intake.form_checks import load_form
from buurtsein_intake.http import Intake
from buurtsein_intake.photos.attachments import Attachments
from buurtsein_intake.photos.media import ProviderMedia
from buurtsein_intake.settings import IntakeSettings, addresses
from buurtsein_intake.submissions import Submissions
from buurtsein_runtime.tracing import NoTracer
from tests.unit.intake.memory import MemoryClaims, MemoryDrafts, MemoryFilings, MemoryLog, MemoryOutbox, MemoryStatuses

NOW = datetime(2026, 10, 13, 2, 0, tzinfo=UTC)
KEY = "local-demo-key"
BODY = b'{"text":"Glas op straat","community":"woensel","reporter":"wo-07"}'
UNKNOWN = "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"
SECRETS: dict[str, object] = {
    "whatsapp_secret": SecretStr("test-secret"),
    "whatsapp_verify_token": SecretStr("verify"),
    "telegram_secret_token": SecretStr("test-secret-token"),
    "sms_token": SecretStr("test-token"),
    "sms_url": "https://buurtsein.example/webhooks/sms/twilio",
    "facebook_secret": SecretStr("test-secret"),
    "facebook_verify_token": SecretStr("verify"),
    "email_authserv": "mx.buurtsein.example",
    # The requests are of several days: none is later than the newest that was seen.
    "clock": "events",
}
_PHOTOS = TemporaryDirectory()


class FixedClock:
    """Stands at one time, and remembers what it was shown."""

    def __init__(self) -> None:
        self.at = NOW
        self.seen: list[datetime] = []

    def now(self) -> datetime:
        """Return the time."""
        return self.at

    def observe(self, at: datetime) -> None:
        """Remember `at`."""
        self.seen.append(at)


def settings(**changes: object) -> IntakeSettings:
    """Return settings that don't depend on the environment."""
    known = {"secret": SecretStr("s"), "public_url": "https://b.example", "clock": "system", "photos": _PHOTOS.name}
    return IntakeSettings.model_validate({**known, **changes})


def client(name: str, key: str, **fields: object) -> Client:
    """Return an application that may do everything as often as it likes, unless `fields` say otherwise."""
    known = {"name": name, "keys": [{"sha256": _sha256(key)}], "scopes": get_args(Right), **fields}
    return Client.model_validate(known)


class World:
    """One intake, and a client that calls it."""

    def __init__(self, **changes: object) -> None:
        self.settings = settings(**changes)
        self.clock, self.claims, self.log, self.statuses = FixedClock(), MemoryClaims(), MemoryLog(), MemoryStatuses()
        self.drafts, self.outbox, self.filings = MemoryDrafts(), MemoryOutbox(), MemoryFilings()
        self.photos = photo_store(self.settings)
        self.attachments = Attachments(self.photos, ProviderMedia(self.settings), attempts=2, rest=0)
        clients = (
            client("demo", KEY),
            client("b", "b"),
            client("t", "test-key"),
            client("partner", "test-token"),
            client("desk", "desk", networks=("police", "community")),
        )
        self.keyring = Keyring(Clients(clients=clients))
        self.intake = Intake(
            settings=self.settings,
            keyring=self.keyring,
            addresses=addresses(self.settings),
            communities=frozenset({"woensel", "overvecht", "haarlemmerbuurt"}),
            receipts=Receipts(self.settings.public_url),
            submissions=Submissions(self.settings),
            acceptance=Acceptance(self.claims, self.log),
            statuses=self.statuses,
            clock=self.clock,
            tracer=NoTracer(),
            form=load_form(self.settings.form),
            drafts=self.drafts,
            outbox=self.outbox,
            filings=self.filings,
            photos=self.photos,
            attachments=self.attachments,
            codes=self.claims,
            quotas=self.claims,
        )
        self.app = application(self.intake)

    def call(self) -> httpx.AsyncClient:
        """Return a client that reaches the application without a network."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://intake")

    async def post(self, body: bytes, path: str = "/v1/reports", *, key: str = KEY, **headers: str) -> httpx.Response:
        """Post a body as a known client; headers are named with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **named}
        async with self.call() as client:
            return await client.post(path, content=body, headers=given)

    async def get(self, path: str) -> httpx.Response:
        """Get a path."""
        async with self.call() as client:
            return await client.get(path)

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.clock.at += timedelta(**by)


def reports(world: World) -> list[ReportReceived]:
    """Return the reports that were kept."""
    data = [decode(value).data for _, _, value in world.log.records]
    return [each for each in data if isinstance(each, ReportReceived)]


def is_problem(answer: httpx.Response, status: int) -> bool:
    """Tell whether an answer is a problem with this status, and says so in its body too."""
    return (
        answer.status_code == status
        and answer.headers["content-type"] == "application/problem+json"
        and answer.json()["status"] == status
        and {"type", "title", "detail"} <= set(answer.json())
    )


def _sha256(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

"""An intake without Kafka and Redis: the same application around stores that live in memory."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import get_args

import httpx
from pydantic import SecretStr

from buurtsein_events.results import Later
from buurtsein_intake.acceptance import Acceptance
from buurtsein_intake.answers import Receipts
from buurtsein_intake.app import application
from buurtsein_intake.clients import Client, Clients, Keyring, Right
from buurtsein_intake.http import Intake
from buurtsein_intake.idempotency import Claim, Held
from buurtsein_intake.quotas import Quota
from buurtsein_intake.settings import IntakeSettings, addresses
from buurtsein_intake.statuses import Kept
from buurtsein_intake.submissions import Submissions
from buurtsein_runtime.tracing import NoTracer

NOW = datetime(2026, 10, 13, 2, 0, tzinfo=UTC)
KEY = "local-demo-key"


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


class MemoryClaims:
    """Claims in a dictionary; `down` makes it unreachable, and buckets don't fill again."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, Claim, str]] = {}
        self.opened: list[str] = []
        self.spent: Counter[str] = Counter()
        self.down = False

    async def take(self, claim: Claim) -> Held:
        """Return what the claim met."""
        if self.down:
            raise Later("redis")
        if claim.quota and (wait_ms := self._spend(claim.quota)):
            return Held("limited", "", wait_ms)
        state, first, event_id = self.held.get(claim.name, ("free", claim, claim.event_id))
        if first.fingerprint != claim.fingerprint:
            return Held("other", event_id)
        if state == "done" or (state == "running" and claim.keyed):
            return Held("done" if state == "done" else "running", event_id)
        self.held[claim.name] = ("running", claim, event_id)
        return Held("new", event_id)

    def _spend(self, quota: Quota) -> int:
        self.spent[quota.bucket] += 1
        return round(1000 / quota.rate) if self.spent[quota.bucket] > quota.burst else 0

    async def settle(self, claim: Claim, event_id: str, received_at: datetime | None) -> None:
        """Remember that the event is kept."""
        if self.down:
            raise Later("redis")
        self.held[claim.name] = ("done", claim, event_id)
        self.opened += [event_id] if received_at else []

    def release(self, claim: Claim, event_id: str) -> None:
        """Remember that the event is not kept."""
        self.held[claim.name] = ("free", claim, event_id)


@dataclass
class MemoryLog:
    """Records in a list; `down` makes it unreachable, `after` is called when a record is kept."""

    records: list[tuple[str, bytes | None, bytes]] = field(default_factory=list)
    down: bool = False
    after: Callable[[], object] = bool

    async def send(self, topic: str, key: bytes | None, value: bytes) -> object:
        """Keep the record."""
        if self.down:
            raise Later("kafka")
        self.records.append((topic, key, value))
        self.after()
        return None


@dataclass
class MemoryStatuses:
    """Statuses in a dictionary."""

    kept: Mapping[str, Kept] = field(default_factory=dict)

    async def read(self, report_id: str) -> Kept | None:
        """Return what is kept of a report."""
        return self.kept.get(report_id)


def settings(**changes: object) -> IntakeSettings:
    """Return settings that don't depend on the environment."""
    known = {"secret": SecretStr("s"), "public_url": "https://b.example", "clock": "system", **changes}
    return IntakeSettings.model_validate(known)


def client(name: str, key: str, **fields: object) -> Client:
    """Return an application that may do everything as often as it likes, unless `fields` say otherwise."""
    known = {"name": name, "keys": [{"sha256": _sha256(key)}], "scopes": get_args(Right), **fields}
    return Client.model_validate(known)


class World:
    """One intake, and a client that calls it."""

    def __init__(self, **changes: object) -> None:
        self.settings = settings(**changes)
        self.clock, self.claims, self.log, self.statuses = FixedClock(), MemoryClaims(), MemoryLog(), MemoryStatuses()
        keys = Clients(clients=(client("demo", KEY), client("b", "b")))
        self.keyring = Keyring(keys)
        self.app = application(
            Intake(
                settings=self.settings,
                keyring=self.keyring,
                addresses=addresses(self.settings),
                communities=frozenset({"woensel", "overvecht"}),
                receipts=Receipts(self.settings.public_url),
                submissions=Submissions(self.settings),
                acceptance=Acceptance(self.claims, self.log),
                statuses=self.statuses,
                clock=self.clock,
                tracer=NoTracer(),
            )
        )

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


def _sha256(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

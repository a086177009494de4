"""What intake keeps in Kafka and Redis, kept in memory."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from buurtsein_events.results import Later
from buurtsein_events.values import Channel
from buurtsein_intake.channels.conversation import Draft
from buurtsein_intake.channels.drafts import Known
from buurtsein_intake.channels.filings import Filing
from buurtsein_intake.channels.message import Reply
from buurtsein_intake.codes import Found
from buurtsein_intake.idempotency import Claim, Held
from buurtsein_intake.identity import CodeEntry
from buurtsein_intake.limits import Quota
from buurtsein_intake.quotas import exceeded
from buurtsein_intake.status import Kept
from buurtsein_runtime.problems import Refused


class MemoryClaims:
    """Claims in a dictionary; `down` makes it unreachable, and buckets don't fill again."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, Claim, str]] = {}
        self.opened: list[str] = []
        self.codes: dict[str, Found] = {}
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

    async def spend(self, quota: Quota) -> None:
        """Take a token."""
        if self.down:
            raise Later("redis")
        if wait_ms := self._spend(quota):
            raise Refused(exceeded(quota, wait_ms))

    def _spend(self, quota: Quota) -> int:
        self.spent[quota.bucket] += 1
        return round(1000 / quota.rate) if self.spent[quota.bucket] > quota.burst else 0

    async def settle(self, claim: Claim, event_id: str, received_at: datetime | None, code: CodeEntry | None) -> None:
        """Remember that the event is kept."""
        if self.down:
            raise Later("redis")
        self.held[claim.name] = ("done", claim, event_id)
        self.opened += [event_id] if received_at else []
        if code:
            self.codes[code.name] = Found(event_id, code.client)

    async def find(self, name: str) -> Found | None:
        """Return the report of a code."""
        if self.down:
            raise Later("redis")
        return self.codes.get(name)

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

    async def read_many(self, report_ids: Sequence[str]) -> Sequence[Kept | None]:
        """Return what is kept of each report."""
        return [self.kept.get(each) for each in report_ids]


@dataclass
class MemoryFilings:
    """Filings in dictionaries; `down` makes them unreachable."""

    kept: dict[str, Filing] = field(default_factory=dict)
    filed: dict[str, list[str]] = field(default_factory=dict)
    down: bool = False

    async def keep(self, reference: str, client: str | None, filing: Filing) -> Filing:
        """Keep a filing unless there is one."""
        if self.down:
            raise Later("redis")
        if client and reference not in self.kept:
            self.filed.setdefault(client, []).insert(0, reference)
        return self.kept.setdefault(reference, filing)

    async def read(self, references: Sequence[str]) -> Sequence[Filing | None]:
        """Return the filing of each reference."""
        if self.down:
            raise Later("redis")
        return [self.kept.get(each) for each in references]

    async def filed_by(self, client: str, since: datetime, until: datetime, limit: int) -> Sequence[str]:
        """Return the references that a client filed in a time, newest first."""
        return [each for each in self.filed.get(client, []) if since <= self.kept[each].at <= until][:limit]


@dataclass
class MemoryDrafts:
    """Drafts in a dictionary, written and read as they are in Redis; `down` makes it unreachable.

    `meanwhile` is what another process makes of a draft, once, before this one saves it.
    """

    written: dict[str, str] = field(default_factory=dict)
    quiet: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    down: bool = False
    meanwhile: Callable[[Draft], Draft] | None = None

    async def load(self, sender: str) -> Known:
        """Return what is known of a sender."""
        if self.down:
            raise Later("redis")
        written = self.written.get(sender, "")
        return Known(Draft.model_validate_json(written) if written else None, written, sender in self.quiet)

    async def save(self, sender: str, draft: Draft, known: Known) -> bool:
        """Keep a draft, unless another one came in between."""
        if self.down:
            raise Later("redis")
        if self.meanwhile and known.draft:
            self.written[sender] = self.meanwhile(known.draft).model_dump_json(exclude_defaults=True)
            self.meanwhile = None
        if self.written.get(sender, "") != known.written:
            return False
        self.written[sender] = draft.model_dump_json(exclude_defaults=True)
        return True

    async def quieten(self, sender: str, quiet: bool) -> None:
        """Remember who wants no answers."""
        self.written.pop(sender, None)
        (self.quiet.add if quiet else self.quiet.discard)(sender)

    async def first(self, message: str) -> bool:
        """Remember which messages are answered."""
        if self.down:
            raise Later("redis")
        known = message in self.answered
        self.answered.add(message)
        return not known


@dataclass
class MemoryOutbox:
    """What was said, in a list."""

    channels: frozenset[Channel] = frozenset({"whatsapp", "facebook"})
    sent: list[tuple[str, str, Reply]] = field(default_factory=list)

    def post(self, channel: Channel, chat: str, reply: Reply) -> None:
        """Remember a reply."""
        self.sent.append((channel, chat, reply))

"""The sample week: what residents sent and partners answered, in time order, and what should become of it."""

from datetime import date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from buurtsein_events.values import Category, Channel, Result, SignalType

WEEK: Final = Path(__file__).parent.parent / "demo" / "week.jsonl"

_WITH_FORM: Final[frozenset[Channel]] = frozenset({"app", "open311", "signalen", "cloudevents"})
"""Channels whose form asks for the type of the report; what comes over the others is free text."""

Label = Literal["ok"] | Category


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Part):
    """Where it happened, in WGS 84 degrees."""

    lat: float
    lon: float


class Expected(_Part):
    """What should become of a report: moderation's label, the networks, what to hide, what it belongs with."""

    moderation: Label
    networks: frozenset[str]
    privacy: tuple[str, ...]
    incident: str | None = None
    duplicate_of: str | None = None
    action: Literal["friendly_request", "firm_request", "removal"] | None = None


class Told(_Part):
    """Who should hear of an outcome."""

    networks: frozenset[str]


class WeekReport(_Part):
    """One report of the week; `type` is its label, which only a channel with a form knows."""

    kind: Literal["report"]
    id: str
    at: AwareDatetime
    channel: Channel
    community: str
    area: str
    reporter: str | None
    anonymous: bool
    type: SignalType
    text: str
    location: Place
    expected: Expected

    @property
    def path(self) -> str:
        """Return where it is posted."""
        return "/v1/reports"

    @property
    def with_type(self) -> bool:
        """Return whether the channel tells the type."""
        return self.channel in _WITH_FORM and self.type != "none"

    def body(self) -> dict[str, object]:
        """Return the request's body, without anything that the channel would not know."""
        return {
            "text": self.text,
            "channel": self.channel,
            "community": self.community,
            "location": self.location.model_dump(),
            "occurred_at": self.at.isoformat(),
            **({"anonymous": True} if self.anonymous else {"reporter": self.reporter}),
            **({"type": self.type} if self.with_type else {}),
        }


class WeekOutcome(_Part):
    """What a partner did about an incident of the week."""

    kind: Literal["outcome"]
    id: str
    at: AwareDatetime
    community: str
    area: str
    incident: str
    network: str
    result: Result
    text: str
    expected: Told

    @property
    def path(self) -> str:
        """Return where it is posted."""
        return "/v1/outcomes"

    def body(self, reference: str) -> dict[str, object]:
        """Return the request's body; `reference` is that of the report whose signal the partner worked on."""
        return {
            "reference": reference,
            "community": self.community,
            "network": self.network,
            "result": self.result,
            "text": self.text,
            "at": self.at.isoformat(),
        }


Entry = WeekReport | WeekOutcome

_ENTRY: Final[TypeAdapter[Entry]] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


def load_week(path: Path = WEEK) -> tuple[Entry, ...]:
    """Return the entries of a file in their order, which is that of their times."""
    return tuple(_ENTRY.validate_json(line) for line in path.read_text("utf-8").splitlines() if line)


def first_days(entries: tuple[Entry, ...], days: int) -> tuple[Entry, ...]:
    """Return the entries of the first days of the week."""
    last = _day(entries[0].at) + timedelta(days=days - 1)
    return tuple(takewhile(lambda entry: _day(entry.at) <= last, entries))


def _day(at: datetime) -> date:
    return at.date()

"""Published reports on their way to the networks, and what the networks did with them."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from buurtsein_events.values import (
    Location,
    Name,
    Person,
    Result,
    Saar,
    Severity,
    Short,
    SignalType,
    Text,
    Value,
    Vehicle,
    Verdict,
    Why,
)


class Assignment(Value):
    """One network that a signal goes to, and why."""

    network: Name
    why: tuple[Why, ...]


class SignalRouted(Value):
    """A report enriched and routed; `text` is what neighbours may read, the full text goes to the networks' topics.

    `incident` is the signal id of the first report of the same event; it equals `signal_id` unless `duplicate`.
    `promised_at` is the moment before which the reporter hears back. `revision` is that of the moderated report: a
    later one replaces the signal, and its networks receive it once.
    """

    signal_id: Name
    report_id: Name
    community: Name
    area: Name | None = None
    type: SignalType
    severity: Severity
    verdict: Verdict
    text: Text
    reporter: Name | None = None
    received_at: AwareDatetime
    happened_at: AwareDatetime
    location: Location | None = None
    saar: Saar = Saar()
    incident: Name
    duplicate: bool = False
    assignments: Annotated[tuple[Assignment, ...], Field(max_length=20)]
    promised_at: AwareDatetime | None = None
    revision: Annotated[int, Field(ge=0)] = 0


class SignalAssigned(Value):
    """What one network receives of a signal: only the fields that its contract names, and why it came here."""

    signal_id: Name
    network: Name
    community: Name
    area: Name | None = None
    type: SignalType
    severity: Severity
    verdict: Verdict | None = None
    text: Text | None = None
    received_at: AwareDatetime
    happened_at: AwareDatetime | None = None
    location: Location | None = None
    saar: Saar | None = None
    persons: tuple[Person, ...] | None = None
    vehicles: tuple[Vehicle, ...] | None = None
    photos: tuple[Short, ...] | None = None
    reporter: Name | None = None
    incident: Name
    duplicate: bool = False
    why: tuple[Why, ...]


class SignalOutcome(Value):
    """What a network did with a signal; `text` is meant for the residents."""

    signal_id: Name
    community: Name
    network: Name
    result: Result
    text: Annotated[str, Field(max_length=1000)] = ""
    at: AwareDatetime

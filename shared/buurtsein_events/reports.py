"""What residents sent, and what moderation decided about it."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from buurtsein_events.values import (
    Channel,
    Finding,
    Location,
    Message,
    Missing,
    Name,
    Person,
    Redaction,
    ReportType,
    Saar,
    Short,
    SignalType,
    Step,
    Text,
    Value,
    Vehicle,
    Verdict,
)


class ReportReceived(Value):
    """A report as a resident sent it, over any channel, before anyone judged it.

    `reporter` is a pseudonym and absent when `anonymous`; `received_at` is when Buurtsein accepted it.
    """

    report_id: Name
    channel: Channel
    client: Name
    community: Name | None = None
    area: Name | None = None
    reporter: Name | None = None
    anonymous: bool = False
    type: ReportType | None = None
    text: Text
    received_at: AwareDatetime
    occurred_at: AwareDatetime | None = None
    location: Location | None = None
    saar: Saar = Saar()
    persons: Annotated[tuple[Person, ...], Field(max_length=5)] = ()
    vehicles: Annotated[tuple[Vehicle, ...], Field(max_length=5)] = ()
    photos: Annotated[tuple[Short, ...], Field(max_length=5)] = ()
    edit_of: Name | None = None

    @property
    def happened_at(self) -> datetime:
        """Return when it happened, or when it was received if the reporter did not say."""
        return self.occurred_at or self.received_at


class ReportModerated(Value):
    """A report with its verdict; `public_text` is what neighbours may read, `report.text` what networks receive.

    `message` is what the author is told and `next_step` what the author can do about it. `revision` 0 is what the rules
    decided; a person who decides otherwise writes the next one, `decided_by` them, and the latest revision counts.
    `before` is the verdict of the revision before. `missing` is what a suspicious situation is not told with;
    `complete` is None where nothing is required.
    """

    report: ReportReceived
    type: SignalType
    type_reason: Short
    verdict: Verdict
    findings: Annotated[tuple[Finding, ...], Field(max_length=20)] = ()
    redactions: Annotated[tuple[Redaction, ...], Field(max_length=100)] = ()
    public_text: Text
    step: Step = "none"
    message: Message | None = None
    next_step: Short | None = None
    appeal: Short | None = None
    revision: Annotated[int, Field(ge=0)] = 0
    before: Verdict | None = None
    decided_by: Name | None = None
    missing: Annotated[tuple[Missing, ...], Field(max_length=4)] = ()
    complete: bool | None = None


class MemberNotice(Value):
    """What a member is told about their own report; `strikes` counts those still in force, this one included."""

    report_id: Name
    community: Name | None = None
    member: Name
    channel: Channel
    step: Step
    rule: Short | None = None
    strikes: int = 0
    message: Message
    next_step: Short | None = None
    appeal: Short | None = None

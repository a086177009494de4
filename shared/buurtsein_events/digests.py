"""Batches of feedback for one reader."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from buurtsein_events.values import DigestKind, Involvement, Message, Name, Result, Severity, Short, SignalType, Value


class DigestItem(Value):
    """One piece of news: an incident, outcome, trend or notice; `refers_to` is the signal or trend it is about."""

    refers_to: Name
    at: AwareDatetime
    severity: Severity
    type: SignalType | None = None
    area: Name | None = None
    text: Annotated[str, Field(max_length=1000)]
    result: Result | None = None
    network: Name | None = None
    reports: int = 1


class FeedbackDigest(Value):
    """What one reader is told at once: bounded, worst first; `more` counts what is only behind `more_link`.

    `reader` is a pseudonym or `<community>/<involvement>`; `why` says why it came, `next_at` when the next comes.
    """

    reader: Name
    community: Name | None = None
    involvement: Involvement
    kind: DigestKind
    since: AwareDatetime
    until: AwareDatetime
    items: Annotated[tuple[DigestItem, ...], Field(max_length=20)]
    more: int = 0
    more_link: Short | None = None
    why: Message
    next_at: AwareDatetime | None = None

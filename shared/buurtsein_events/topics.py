"""The contracts as data: topics, their keys, owners and retention, and the event type that each carries."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from buurtsein_events.actions import ModerationAction
from buurtsein_events.digests import FeedbackDigest
from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.signals import SignalAssigned, SignalOutcome, SignalRouted
from buurtsein_events.values import Value

REPORTS_RECEIVED: Final = "reports.received"
REPORTS_MODERATED: Final = "reports.moderated"
MODERATION_ACTIONS: Final = "moderation.actions"
MEMBER_NOTICES: Final = "member.notices"
SIGNALS_ROUTED: Final = "signals.routed"
SIGNALS_OUTCOMES: Final = "signals.outcomes"
FEEDBACK_DIGESTS: Final = "feedback.digests"

EVENT_LIMIT: Final = 64 * 1024
"""Bytes of one encoded event."""

DATA_OF_TYPE: Final[dict[str, type[Value]]] = {
    "nl.buurtsein.report.received.v1": ReportReceived,
    "nl.buurtsein.report.moderated.v1": ReportModerated,
    "nl.buurtsein.moderation.action.v1": ModerationAction,
    "nl.buurtsein.member.notice.v1": MemberNotice,
    "nl.buurtsein.signal.routed.v1": SignalRouted,
    "nl.buurtsein.signal.assigned.v1": SignalAssigned,
    "nl.buurtsein.signal.outcome.v1": SignalOutcome,
    "nl.buurtsein.feedback.digest.v1": FeedbackDigest,
}
TYPE_OF_DATA: Final[dict[type[Value], str]] = {data: name for name, data in DATA_OF_TYPE.items()}


@dataclass(frozen=True, slots=True)
class EventContract:
    """One event type: its reverse-DNS name, short `name`, one-sentence `summary` and the model of its data."""

    event_type: str
    name: str
    summary: str
    data: type[Value]

    @property
    def schema(self) -> str:
        """Return the `dataschema` URI of the event type."""
        return schema_uri(self.event_type)


@dataclass(frozen=True, slots=True)
class TopicContract:
    """One topic: what it carries, how it is keyed, who writes and reads it and how long it is kept."""

    name: str
    event: str
    key: str
    owner: str
    readers: tuple[str, ...]
    partitions: int
    retention: timedelta
    dead_letter_retention: timedelta


_CONTRACTS = tomllib.loads(files("buurtsein_events").joinpath("contracts.toml").read_text("utf-8"))
NETWORKS: Final[tuple[str, ...]] = tuple(_CONTRACTS["networks"])
EVENTS: Final[tuple[EventContract, ...]] = tuple(
    EventContract(event_type=name, name=event["name"], summary=event["summary"], data=DATA_OF_TYPE[name])
    for name, event in _CONTRACTS["events"].items()
)


@cache
def schema_uri(event_type: str) -> str:
    """Return the `dataschema` URI of an event type."""
    return f"urn:buurtsein:schema:{event_type.removeprefix('nl.buurtsein.').replace('.v', ':v')}"


def network_topic(network: str) -> str:
    """Return the topic of the signals routed to `network`."""
    return f"{SIGNALS_ROUTED}.{network}"


def dead_letter_topic(topic: str) -> str:
    """Return the topic of the dead letters of `topic`."""
    return f"{topic}.dlq"


def topics(networks: tuple[str, ...] = NETWORKS) -> tuple[TopicContract, ...]:
    """Return every topic, one per network where the contract says so."""
    return tuple(
        _topic(pattern.format(network=network), entry)
        for pattern, entry in _CONTRACTS["topics"].items()
        for network in (networks if "{network}" in pattern else ("",))
    )


def _topic(name: str, entry: dict[str, object]) -> TopicContract:
    return TopicContract(
        name=name,
        event=str(entry["event"]),
        key=str(entry["key"]),
        owner=str(entry["owner"]),
        readers=tuple(entry["readers"]),  # type: ignore[arg-type]
        partitions=_CONTRACTS["partitions"],
        retention=timedelta(days=int(str(entry.get("retention_days", _CONTRACTS["retention_days"])))),
        dead_letter_retention=timedelta(days=_CONTRACTS["dead_letter_retention_days"]),
    )

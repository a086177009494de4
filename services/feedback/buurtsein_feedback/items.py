"""What readers are told: items, who may read them, and how they are kept until a digest takes them."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from buurtsein_events.communities import UNASSIGNED
from buurtsein_events.digests import DigestItem
from buurtsein_events.signals import SignalOutcome, SignalRouted
from buurtsein_events.values import SEVERITIES, Involvement, Name, Severity, SignalType, Value
from buurtsein_feedback import words
from buurtsein_feedback.cadence import INVOLVEMENTS
from buurtsein_text.redaction import redacted

DETAIL: Final[dict[Involvement, int]] = {"member": 200, "involved": 400, "coordinator": 400}
"""Characters of one item's text: twenty of the longest, each character four bytes, stay below the limit of an event."""


class Pending(Value):
    """An item that waits for a digest; `id` is the event that it came from."""

    id: str
    item: DigestItem

    @property
    def fact(self) -> str:
        """Return the item as it is kept."""
        return self.model_dump_json(exclude_none=True)


class Brief(Value):
    """What an outcome needs to know about its signal; `readers` are those who may read the outcome."""

    signal_id: Name
    incident: Name
    severity: Severity
    type: SignalType
    area: Name | None = None
    readers: tuple[Involvement, ...]


class Early(Value):
    """An outcome as it came, before its signal was read; `id` is the event that brought it."""

    id: str
    outcome: SignalOutcome


class Linked(Value):
    """A duplicate and the incident that it is linked to."""

    signal_id: Name
    incident: Name


def readers_of_signal(signal: SignalRouted, owner: str) -> tuple[Involvement, ...]:
    """Return who is told about a signal: residents only of what went to the network `community`."""
    networks = {assignment.network for assignment in signal.assignments}
    if "community" in networks and owner != UNASSIGNED:
        return INVOLVEMENTS
    return ("coordinator",) if networks & {"community", "coordinator"} else ()


def readers_of_outcome(signal: SignalRouted, owner: str) -> tuple[Involvement, ...]:
    """Return who is told what was done about a signal.

    These are the readers of the signal; what was published to other networks only, say a broken lamp, concerns
    everyone once it is dealt with, while what was kept to the coordinator stays there.
    """
    if readers := readers_of_signal(signal, owner):
        return readers
    return INVOLVEMENTS if signal.verdict == "publish" and owner != UNASSIGNED else ("coordinator",)


def brief(signal: SignalRouted, owner: str) -> Brief:
    """Return what an outcome will need to know about this signal."""
    return Brief(
        signal_id=signal.signal_id,
        incident=signal.incident,
        severity=signal.severity,
        type=signal.type,
        area=signal.area,
        readers=readers_of_outcome(signal, owner),
    )


def unknown(outcome: SignalOutcome) -> Brief:
    """Return the brief of a signal that nobody knows: only the coordinator reads what was done about it."""
    return Brief(
        signal_id=outcome.signal_id,
        incident=outcome.signal_id,
        severity="normal",
        type="none",
        readers=("coordinator",),
    )


def incident_item(signal: SignalRouted, involvement: Involvement, language: words.Language) -> DigestItem:
    """Return the news that something happened; that 112 was called comes first, so that not everyone calls."""
    called = f"{words.say(words.POLICE_CALLED, language)} " if signal.saar.police_called else ""
    return DigestItem(
        refers_to=signal.signal_id,
        at=signal.happened_at,
        severity=signal.severity,
        type=signal.type,
        area=signal.area,
        text=clean(called + signal.text, DETAIL[involvement]),
    )


def outcome_items(
    outcome: SignalOutcome, about: Brief, involvements: Iterable[Involvement], language: words.Language
) -> Iterator[tuple[Involvement, DigestItem]]:
    """Yield for each involvement the news of what a network did about a signal; nobody sees what is private in it."""
    said = redacted(outcome.text) or words.say(words.RESULTS[outcome.result], language)
    for each in involvements:
        item = DigestItem(
            refers_to=about.incident,
            at=outcome.at,
            severity=about.severity,
            type=about.type,
            area=about.area,
            text=clean(said, DETAIL[each]),
            result=outcome.result,
            network=outcome.network,
        )
        yield each, item


def worst_first(pending: Pending) -> tuple[int, int, datetime, str]:
    """Return the key that sorts items: severity, then the number of reports, then the oldest."""
    item = pending.item
    return SEVERITIES.index(item.severity), -item.reports, item.at, pending.id


def clean(text: str, limit: int) -> str:
    """Return the text on one line, without control characters, cut at a word if it is longer than `limit`."""
    line = " ".join("".join(" " if unicodedata.category(each) == "Cc" else each for each in text).split())
    if len(line) <= limit:
        return line
    words_kept = line[: limit - 1].rsplit(" ", 1)[0]
    return f"{words_kept}…"

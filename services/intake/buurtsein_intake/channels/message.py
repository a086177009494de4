"""One message of one sender, as every channel brings it, and the report that it becomes; pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from buurtsein_events.values import TEXT_LIMIT, Channel, ReportType
from buurtsein_intake.quotas import Quota
from buurtsein_intake.shapes import LocationIn, ReportIn

_UNWANTED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]+")
_CUT: Final = "…"

WITHOUT_WORDS: Final = "(zonder tekst)"
"""The text of a report that came without any: a place or a photo only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, with what the channel says and nothing else.

    `key` is the provider's own id: a message with the same key is the same message; without one, the same content
    within some minutes is. `client` is the application that sent it, when the channel knows applications. `sender` is
    the channel's name of who sent it and is kept nowhere; `chat` is where an answer goes, when the channel can answer.
    `reply_id` is the choice that the sender made in a menu of ours. `replaces` is the key of the message that this one
    edits. `quota` is whose tokens it takes; a provider's are not counted.
    """

    channel: Channel
    key: str | None
    client: str | None = None
    sender: str | None = None
    chat: str | None = None
    text: str | None = None
    location: LocationIn | None = None
    occurred_at: datetime | None = None
    type: ReportType | None = None
    police_called: bool | None = None
    community: str | None = None
    anonymous: bool = False
    attachments: tuple[str, ...] = ()
    reply_id: str | None = None
    replaces: str | None = None
    quota: Quota | None = None


def clean(text: str | None, limit: int = TEXT_LIMIT) -> str | None:
    """Return a text of one line without control characters, cut to `limit`, or nothing when nothing is left."""
    if text is None:
        return None
    words = " ".join(_UNWANTED.sub(" ", text[: 4 * limit]).encode("utf-8", "replace").decode().split())
    return (words if len(words) <= limit else words[: limit - 1] + _CUT) or None


def place(lat: object, lon: object, address: str | None = None) -> LocationIn | None:
    """Return a place, as much of it as makes sense: a channel's odd coordinates don't cost the rest of a message."""
    said = clean(address, 200)
    for fields in ({"lat": lat, "lon": lon, "address": said}, {"address": said}):
        try:
            return LocationIn.model_validate({name: value for name, value in fields.items() if value is not None})
        except ValidationError:
            continue
    return None


def report_of(message: Message) -> ReportIn:
    """Return the report that a message is; raises `ValidationError` when an adapter let something odd through."""
    return ReportIn.model_validate(
        {
            "channel": message.channel,
            "type": message.type,
            "text": clean(message.text) or WITHOUT_WORDS,
            "location": message.location,
            "occurred_at": message.occurred_at.isoformat() if message.occurred_at else None,
            "police_called": message.police_called,
            "anonymous": message.anonymous,
            "reporter": clean(message.sender, 200),
            "community": message.community,
        }
    )

"""One message of one sender, as every channel brings it, and the report that it becomes; pure."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal
from unicodedata import category

from pydantic import BaseModel, ConfigDict, ValidationError

from buurtsein_events.values import TEXT_LIMIT, Channel, ReportType
from buurtsein_intake.alarm import police_called
from buurtsein_intake.limits import Quota
from buurtsein_intake.shapes import EARLIEST, LATEST, LocationIn, PersonIn, ReportIn, VehicleIn

_UNWANTED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]+")
_CUT: Final = "…"
_SAYING: Final = "LNPS"
"""Letters, numbers, punctuation and symbols, as the first letter of their category: the rest says nothing by itself."""
_LOST: Final = "\ufffd"
"""Stands for a character that could not be read."""

WITHOUT_WORDS: Final = "(zonder tekst)"
"""The text of a report that came without any: a place or a photo only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, with what the channel says and nothing else.

    `key` is the provider's own id: a message with the same key is the same message; without one, the same content
    within some minutes is. `client` is the application that sent it, when the channel knows applications. `sender` is
    the channel's name of who sent it and is kept nowhere; `reporter` is the pseudonym, when only that is known. `chat`
    is where an answer goes, when the channel can answer. `reply_id` is the choice that the sender made in a menu of
    ours. `replaces` is the key of the message that this one edits. `attachments` are the channel's names of photos,
    `pictures` are photos themselves, and `photos` are those that are kept. `opt_out` tells that the sender wants no
    more messages (or wants them again), which is no report. `report` is the whole report, when the channel brings it in
    our own shape: then nothing else counts, and `report_at` is its place in the body (a JSON pointer). `quota` is whose
    tokens it takes; a provider's are not counted.
    """

    channel: Channel
    key: str | None
    client: str | None = None
    sender: str | None = None
    reporter: str | None = None
    chat: str | None = None
    text: str | None = None
    location: LocationIn | None = None
    occurred_at: datetime | None = None
    type: ReportType | None = None
    police_called: bool | None = None
    called_by: Literal["reporter", "someone_else"] | None = None
    happening_now: bool | None = None
    persons: tuple[PersonIn, ...] = ()
    vehicles: tuple[VehicleIn, ...] = ()
    community: str | None = None
    anonymous: bool = False
    attachments: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    photos: tuple[str, ...] = ()
    reply_id: str | None = None
    replaces: str | None = None
    opt_out: bool | None = None
    report: ReportIn | None = None
    report_at: str = "#"
    quota: Quota | None = None

    @property
    def is_only_text(self) -> bool:
        """Tell whether it has words and nothing else that could report something or change a report."""
        return self.text is not None and not self._shows and not self.replaces

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing in it can be read here, as of a voice message or a sticker."""
        return self.text is None and not self._shows

    @property
    def _shows(self) -> bool:
        return any((self.location, self.attachments, self.pictures, self.photos, self.reply_id))


class Reply(BaseModel):
    """What a sender is told or asked; of `choices`, each an id and a label, one can be picked.

    `place` tells that a place is asked for, which some channels help with.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    place: bool = False


def clean(text: str | None, limit: int = TEXT_LIMIT) -> str | None:
    """Return a text of one line without control characters, cut to `limit`, or nothing when nothing is left."""
    if text is None:
        return None
    words = " ".join(_UNWANTED.sub(" ", text[: 4 * limit]).encode("utf-8", "replace").decode().split())
    if not any(category(char)[0] in _SAYING and char != _LOST for char in words):
        return None
    return words if len(words) <= limit else words[: limit - 1] + _CUT


def place(lat: object, lon: object, address: str | None = None) -> LocationIn | None:
    """Return a place, as much of it as makes sense: a channel's odd coordinates don't cost the rest of a message."""
    said = clean(address, 200)
    for fields in ({"lat": lat, "lon": lon, "address": said}, {"address": said}):
        try:
            return LocationIn.model_validate({name: value for name, value in fields.items() if value is not None})
        except ValidationError:
            continue
    return None


def moment(seconds: int | None) -> datetime | None:
    """Return a time in seconds since the epoch; one that no report can have doesn't cost the rest of a message."""
    if seconds is None or not EARLIEST.timestamp() <= seconds < LATEST.timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC)


def named(message: Message) -> str | None:
    """Return the name of a sender who may be known, which becomes a pseudonym."""
    return None if message.anonymous else clean(message.sender, 200)


def report_of(message: Message) -> ReportIn:
    """Return the report that a message is; raises `ValidationError` when an adapter let something odd through.

    Whether 112 was called is read from the words where the channel does not carry it.
    """
    if (report := message.report) is not None:
        called = police_called(report.text) if report.police_called is None else None
        return report if called is None else report.model_copy(update={"police_called": called})
    text = clean(message.text) or WITHOUT_WORDS
    return ReportIn.model_validate(
        {
            "channel": message.channel,
            "type": message.type,
            "text": text,
            "location": message.location,
            "occurred_at": message.occurred_at.isoformat() if message.occurred_at else None,
            "police_called": police_called(text) if message.police_called is None else message.police_called,
            "called_by": message.called_by,
            "happening_now": message.happening_now,
            "anonymous": message.anonymous,
            "reporter": named(message),
            "persons": message.persons,
            "vehicles": message.vehicles,
            "community": message.community,
            "photos": message.photos,
        }
    )

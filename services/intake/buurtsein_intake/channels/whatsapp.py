"""WhatsApp Cloud API: messages that Meta posts to a webhook.

Source: Meta, WhatsApp Business Platform, Cloud API, webhooks (messages, text, image, location, interactive, button,
unsupported, statuses) and business-scoped user IDs.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from buurtsein_events.values import Channel
from buurtsein_intake.channels.adapter import Call
from buurtsein_intake.channels.message import Message, clean, moment, place
from buurtsein_intake.channels.meta import MetaWebhook, Readable, messages_in, only

_SECONDS: Final = 10
"""Digits of a time at most."""

_NOTICES: Final = frozenset({"reaction", "system", "request_welcome"})
"""Types of messages that say nothing, and want no answer."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Text(_Part):
    body: str


class _Captioned(_Part):
    caption: str | None = None


class _Image(_Captioned):
    id: str


class _Location(_Part):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class _Choice(_Part):
    id: str
    title: str


class _Button(_Part):
    text: str


class _Interactive(_Part):
    button_reply: _Choice | None = None
    list_reply: _Choice | None = None


class _Message(_Part):
    id: Annotated[str, Field(min_length=1, max_length=200)]
    number: Annotated[str | None, Field(alias="from", max_length=100)] = None
    user: Annotated[str | None, Field(alias="from_user_id", max_length=200)] = None
    timestamp: str
    type: str
    text: _Text | None = None
    image: _Image | None = None
    video: _Captioned | None = None
    document: _Captioned | None = None
    location: _Location | None = None
    interactive: _Interactive | None = None
    button: _Button | None = None


class _Value(_Part):
    messages: Annotated[tuple[Readable[_Message], ...], BeforeValidator(lambda value: value or ())] = ()


class _Change(_Part):
    value: _Value


class _Entry(_Part):
    changes: Annotated[tuple[Readable[_Change], ...], only("messages")]


class _Body(_Part):
    object: Literal["whatsapp_business_account"]
    entry: tuple[Readable[_Entry], ...]


class WhatsApp(MetaWebhook):
    """The adapter."""

    channel: Channel = "whatsapp"
    path: str = "/v1/channels/whatsapp"

    def parse(self, call: Call) -> Sequence[Message]:
        """Return text, captions, images, locations, choices, and empty what else is said; statuses are no messages."""
        return messages_in(call.body, _Body, _all_messages)


def _all_messages(body: _Body) -> Iterator[Message]:
    changes = (change for entry in body.entry if entry for change in entry.changes if change)
    return (message for change in changes for each in change.value.messages if each for message in _messages(each))


def _messages(message: _Message) -> Iterator[Message]:
    if message.type in _NOTICES:
        return
    choice = message.interactive and (message.interactive.button_reply or message.interactive.list_reply)
    where = message.location
    # Of who has a username the number comes and goes; the business-scoped ID stays.
    sender = message.user or message.number
    yield Message(
        channel="whatsapp",
        key=message.id,
        sender=sender,
        chat=sender,
        text=clean(choice.title if choice else _said(message)),
        location=place(where.latitude, where.longitude, where.address or where.name) if where else None,
        occurred_at=_sent(message.timestamp),
        attachments=(message.image.id,) if message.image else (),
        reply_id=choice.id if choice else None,
    )


def _said(message: _Message) -> str | None:
    if message.text:
        return message.text.body
    captioned = message.image or message.video or message.document
    return captioned.caption if captioned else message.button.text if message.button else None


def _sent(seconds: str) -> datetime | None:
    return moment(int(seconds)) if seconds.isdecimal() and len(seconds) <= _SECONDS else None

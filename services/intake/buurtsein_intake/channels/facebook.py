"""Facebook: messages to a page through Messenger, and posts of visitors on it.

Source: Meta, Messenger Platform webhooks (messages, quick replies, echoes, deliveries) and Graph API webhooks (feed).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from buurtsein_events.values import Channel
from buurtsein_intake.channels.adapter import Call
from buurtsein_intake.channels.message import Message, clean, moment
from buurtsein_intake.channels.meta import MetaWebhook, Readable, messages_in, only

_URL: Final = 2000
_ITEMS: Final = frozenset({"status", "post", "photo", "video"})
"""What a visitor puts on a page with words of their own."""
_Id = Annotated[str, Field(min_length=1, max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _User(_Part):
    id: _Id


class _QuickReply(_Part):
    payload: str


class _Payload(_Part):
    url: str | None = None
    sticker_id: int | None = None


class _Attachment(_Part):
    type: str
    payload: _Payload | None = None


class _Message(_Part):
    mid: _Id
    text: str | None = None
    is_echo: bool = False
    quick_reply: _QuickReply | None = None
    attachments: tuple[Readable[_Attachment], ...] = ()


class _Messaging(_Part):
    sender: _User | None = None
    timestamp: int
    message: _Message | None = None


class _Post(_Part):
    sender: Annotated[_User | None, Field(alias="from")] = None
    post_id: _Id | None = None
    created_time: int | None = None
    item: str = ""
    verb: str = ""
    message: str | None = None


class _Change(_Part):
    value: _Post


class _Entry(_Part):
    id: _Id
    messaging: tuple[Readable[_Messaging], ...] = ()
    changes: Annotated[tuple[Readable[_Change], ...], only("feed")] = ()


class _Body(_Part):
    object: Literal["page"]
    entry: tuple[Readable[_Entry], ...]


class Facebook(MetaWebhook):
    """The adapter."""

    channel: Channel = "facebook"
    path: str = "/v1/channels/facebook"

    def parse(self, call: Call) -> Sequence[Message]:
        """Return messages and visitors' posts; echoes, receipts, likes and the page's own posts are no reports."""
        return messages_in(call.body, _Body, _all_messages)


def _all_messages(body: _Body) -> Iterator[Message]:
    return (message for entry in body.entry if entry for message in (*_messages(entry), *_posts(entry)))


def _messages(entry: _Entry) -> Iterator[Message]:
    for one in filter(None, entry.messaging):
        message = one.message
        if message is None or message.is_echo:
            continue
        sender = one.sender.id if one.sender else None
        yield Message(
            channel="facebook",
            key=message.mid,
            sender=sender,
            chat=sender,
            text=clean(message.text),
            occurred_at=moment(one.timestamp // 1000),
            attachments=tuple(_photos(message.attachments)),
            reply_id=clean(message.quick_reply.payload, 100) if message.quick_reply else None,
        )


def _photos(attachments: Iterable[_Attachment | None]) -> Iterator[str]:
    """Yield the addresses of photos; a thumb up is an image, too, but a sticker."""
    for each in attachments:
        payload = each.payload if each and each.type == "image" else None
        if payload and payload.url and len(payload.url) <= _URL and payload.sticker_id is None:
            yield payload.url


def _posts(entry: _Entry) -> Iterator[Message]:
    for post in (change.value for change in entry.changes if change):
        own = post.sender is not None and post.sender.id == entry.id
        text = clean(post.message)
        if post.verb != "add" or post.item not in _ITEMS or own or not (text and post.post_id):
            continue
        yield Message(
            channel="facebook",
            key=post.post_id,
            sender=post.sender.id if post.sender else None,
            text=text,
            occurred_at=moment(post.created_time),
        )

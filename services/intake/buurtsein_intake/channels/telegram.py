"""Telegram: updates that the Bot API posts to a webhook.

Source: Telegram Bot API (Update, Message, PhotoSize, Location, Chat, setWebhook with `secret_token`).
"""

import re
from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from buurtsein_events.values import Channel
from buurtsein_intake.channels import reading
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.message import Message, Reply, clean, moment, place
from buurtsein_intake.channels.signatures import same, unsigned
from buurtsein_runtime.problems import Problem

_COMMAND: Final = re.compile(r"/([A-Za-z][A-Za-z0-9_]{0,31})(?:@[A-Za-z0-9_]{1,32})?(?: |$)")
_Id = Annotated[int, Field(gt=-(2**52), lt=2**52)]
"""At most 52 bits, as Telegram promises for users and chats."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Chat(_Part):
    id: _Id
    type: str
    title: str | None = None


class _User(_Part):
    id: _Id
    is_bot: bool = False


class _Photo(_Part):
    file_id: str
    width: int
    height: int


class _Location(_Part):
    latitude: float
    longitude: float


class _Message(_Part):
    model_config = ConfigDict(frozen=True, extra="allow", strict=True)

    message_id: _Id
    chat: _Chat
    sender: Annotated[_User | None, Field(alias="from")] = None
    date: int
    edit_date: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    text: str | None = None
    caption: str | None = None
    photo: tuple[_Photo, ...] = ()
    location: _Location | None = None


class _Query(_Part):
    id: str
    sender: Annotated[_User, Field(alias="from")]
    data: str | None = None
    message: _Message | None = None


class _Update(_Part):
    update_id: _Id
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Query | None = None


_CONTENTS: Final = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "document", "game", "paid_media", "poll", "sticker",
        "story", "video", "video_note", "voice",
    }
)  # fmt: skip
"""What is sent in a message besides what can be read here; all else in one is about the chat."""


class Telegram:
    """The adapter; `secret_token` is the one given to `setWebhook`."""

    channel: Channel = "telegram"
    path: str = "/v1/channels/telegram"
    media_types: tuple[str, ...] = ("application/json",)
    body_limit: int = 1024 * 1024
    handshake_method: str | None = None

    def __init__(self, *, secret_token: str) -> None:
        self._secret_token = secret_token

    def verify(self, call: Call) -> None:
        """Raise `Refused` unless the call brings our secret token."""
        if not same(call.headers.get("x-telegram-bot-api-secret-token"), self._secret_token):
            raise unsigned("X-Telegram-Bot-Api-Secret-Token")

    def handshake(self, call: Call) -> Answer | None:  # noqa: ARG002
        """Return nothing: Telegram asks nothing beforehand."""
        return None

    def parse(self, call: Call) -> Sequence[Message]:
        """Return a new or edited message, or a choice from a menu of ours; other updates are no reports."""
        update = reading.json(call.body, _Update)
        if update.callback_query:
            return _choice(update.callback_query)
        message = update.message or update.edited_message
        return _message(message) if message and not (message.sender and message.sender.is_bot) else ()

    def answer(self, taken: Sequence[Taken]) -> Answer:
        """Return what is said in the chat as one method of the API, which the answer to a webhook may hold.

        Choices are a keyboard below the message. A choice that leads to no answer is acknowledged, or the sender's
        button would keep on waiting.
        """
        said = [(one.message.chat, reply) for one in taken for reply in one.replies if one.message.chat]
        if said:
            return reading.as_json(_sent(*said[0]))
        chosen = [one.message for one in taken if one.message.reply_id]
        if chosen:
            return reading.as_json({"method": "answerCallbackQuery", "callback_query_id": chosen[0].key})
        return Answer(body=b"{}")

    def refuse(self, problem: Problem) -> Answer:
        """Return the problem; Telegram only looks at the status."""
        return reading.refuse(problem)


def _sent(chat: str | None, reply: Reply) -> dict[str, JsonValue]:
    keyboard: list[JsonValue] = [[{"text": label, "callback_data": name[:64]}] for name, label in reply.choices]
    markup: dict[str, JsonValue] = {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
    return {"method": "sendMessage", "chat_id": int(chat or 0), "text": reply.text[:4096], **markup}


def _message(message: _Message) -> tuple[Message, ...]:
    text, where = _words(clean(message.text)) or clean(message.caption), message.location
    unread = message.text is not None or not _CONTENTS.isdisjoint(message.model_extra or ())
    if not (text or where or message.photo or (unread and not message.edit_date)):
        return ()
    first = f"{message.chat.id}:{message.message_id}"
    # Of a group everybody would read what only the sender is asked.
    private = message.chat.type == "private"
    return (
        Message(
            channel="telegram",
            key=f"{first}:{message.edit_date}" if message.edit_date else first,
            sender=str(message.sender.id) if message.sender else None,
            chat=str(message.chat.id) if private else None,
            text=text,
            location=place(where.latitude, where.longitude) if where else None,
            occurred_at=moment(message.date),
            attachments=(_largest(message.photo).file_id,) if message.photo else (),
            replaces=first if message.edit_date else None,
        ),
    )


def _words(text: str | None) -> str | None:
    """Return what is said besides a bot's command; a command alone is only the press of a button, STOP or START."""
    command = _COMMAND.match(text or "")
    if text is None or command is None:
        return text
    return text[command.end() :] or ("stop" if command[1].lower() == "stop" else "start")


def _choice(query: _Query) -> tuple[Message, ...]:
    if not query.data:
        return ()
    chat = str(query.message.chat.id) if query.message else None
    return (
        Message(
            channel="telegram", key=query.id, sender=str(query.sender.id), chat=chat, reply_id=clean(query.data, 100)
        ),
    )


def _largest(photos: tuple[_Photo, ...]) -> _Photo:
    return max(photos, key=lambda photo: photo.width * photo.height)

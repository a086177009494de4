"""What is said to senders on WhatsApp and Messenger, whose webhooks take no answer: messages to Meta's Graph API.

Source: Meta, WhatsApp Cloud API (messages: text, interactive button, list and location_request_message; business-scoped
user IDs) and Messenger Platform (Send API, quick replies). Saying something is best effort: the report is kept by then.
"""

import asyncio
from collections.abc import Mapping
from typing import Final, Protocol

import httpx
from pydantic import JsonValue

from buurtsein_events.values import Channel
from buurtsein_intake.background import Background
from buurtsein_intake.channels.message import Reply
from buurtsein_intake.settings import IntakeSettings
from buurtsein_runtime import metrics

BUTTONS: Final = 3
ROWS: Final = 10
_REPLIES: Final = "replies"
_WAYS: Final = 50
"""Messages under way at once; what comes on top of them is not sent."""

_TEXT = 1024
_TITLE = 20
_ROW_TITLE = 24

Body = dict[str, JsonValue]


class Outbox(Protocol):
    """Says something to senders on channels whose webhooks take no answer."""

    @property
    def channels(self) -> frozenset[Channel]:
        """Return the channels that it can do so on."""
        ...

    def post(self, channel: Channel, chat: str, reply: Reply) -> None:
        """Send a reply in the background; returns at once and never fails."""
        ...


def whatsapp(chat: str, reply: Reply) -> Body:
    """Return a reply as WhatsApp takes it: text, at most 3 buttons, else a list of at most 10 rows.

    `chat` is a number, or else the business-scoped ID of who hides it.
    """
    to: Body = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    to |= {"to" if chat.isdecimal() else "recipient": chat}
    if not reply.choices and not reply.place:
        return {**to, "type": "text", "text": {"body": reply.text[:4096], "preview_url": False}}
    body: Body = {"body": {"text": reply.text[:_TEXT]}}
    return {**to, "type": "interactive", "interactive": {**body, **_interactive(reply)}}


def _interactive(reply: Reply) -> Body:
    if reply.place:
        return {"type": "location_request_message", "action": {"name": "send_location"}}
    if len(reply.choices) <= BUTTONS:
        buttons: list[JsonValue] = [
            {"type": "reply", "reply": {"id": name, "title": label[:_TITLE]}} for name, label in reply.choices
        ]
        return {"type": "button", "action": {"buttons": buttons}}
    rows: list[JsonValue] = [{"id": name, "title": label[:_ROW_TITLE]} for name, label in reply.choices[:ROWS]]
    return {"type": "list", "action": {"button": "Kies / Choose", "sections": [{"rows": rows}]}}


def messenger(chat: str, reply: Reply) -> Body:
    """Return a reply as Messenger takes it, with at most 13 quick replies."""
    message: Body = {"text": reply.text[:2000]}
    if reply.choices:
        message["quick_replies"] = [
            {"content_type": "text", "title": label[:_TITLE], "payload": name} for name, label in reply.choices[:13]
        ]
    return {"recipient": {"id": chat}, "messaging_type": "RESPONSE", "message": message}


class GraphOutbox(Background):
    """Sends through the Graph API: each message is tried `attempts` times, a longer rest before each.

    Needs no connection until the first message; without a token a channel is not served.
    """

    def __init__(self, settings: IntakeSettings) -> None:
        super().__init__()
        self._client = httpx.AsyncClient(timeout=settings.graph_seconds, limits=httpx.Limits(max_connections=10))
        self._urls, self._tokens = _addresses(settings)
        self._attempts = settings.graph_attempts
        self._rest = settings.graph_rest_seconds

    @property
    def channels(self) -> frozenset[Channel]:
        """Return the channels that there are tokens for."""
        return frozenset(self._urls)

    def post(self, channel: Channel, chat: str, reply: Reply) -> None:
        """Send a reply in the background; one too many is counted as failed and not sent."""
        if self.under_way(_REPLIES) >= _WAYS:
            metrics.REPLIES.labels(channel, "failed").inc()
            return
        self.begin(_REPLIES, self._deliver(channel, chat, reply))

    async def stop(self) -> None:
        """Give up what is under way, and disconnect."""
        await super().stop()
        await self._client.aclose()

    async def _deliver(self, channel: Channel, chat: str, reply: Reply) -> None:
        body = whatsapp(chat, reply) if channel == "whatsapp" else messenger(chat, reply)
        outcome = "failed"
        for attempt in range(self._attempts):
            await asyncio.sleep(self._rest * attempt)
            again, sent = await self._try(channel, body)
            outcome = "sent" if sent else "failed"
            if not again:
                break
        metrics.REPLIES.labels(channel, outcome).inc()

    async def _try(self, channel: Channel, body: Body) -> tuple[bool, bool]:
        """Return whether to try again, and whether the message was taken."""
        headers = {"Authorization": f"Bearer {self._tokens[channel]}"}
        try:
            answer = await self._client.post(self._urls[channel], json=body, headers=headers)
        except httpx.HTTPError:
            return True, False
        return answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error, answer.is_success


def _addresses(settings: IntakeSettings) -> tuple[Mapping[Channel, str], Mapping[Channel, str]]:
    base = settings.graph_url.rstrip("/")
    urls: dict[Channel, str] = {}
    tokens: dict[Channel, str] = {}
    if settings.whatsapp_phone_id and (token := settings.whatsapp_token.get_secret_value()):
        urls["whatsapp"], tokens["whatsapp"] = f"{base}/{settings.whatsapp_phone_id}/messages", token
    if token := settings.facebook_token.get_secret_value():
        urls["facebook"], tokens["facebook"] = f"{base}/me/messages", token
    return urls, tokens

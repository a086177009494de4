"""A provider of all channels that calls the webhooks of one intake."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from buurtsein_intake.channels.signatures import sha256_hex, twilio
from tests.unit.intake.fakes import SECRETS, World

AT = 1_791_832_440
CHAT = 700000001


@dataclass
class Provider:
    """One sender on every channel, whose messages it posts as each provider does."""

    world: World
    number: int = 0

    async def telegram(self, text: str | None = None, *, number: int | None = None, **fields: object) -> httpx.Response:
        """Post a message of a private chat."""
        self.number = number or self.number + 1
        chat = {"id": CHAT, "type": "private"}
        said = {} if text is None else {"text": text}
        message = {"message_id": self.number, "from": {"id": CHAT}, "chat": chat, "date": AT, **said, **fields}
        kind = "edited_message" if "edit_date" in fields else "message"
        return await self.update({"update_id": self.number, kind: message})

    async def update(self, content: dict[str, object]) -> httpx.Response:
        """Post an update of Telegram."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": "test-secret-token"}
        return await self.world.post(json.dumps(content).encode(), "/v1/channels/telegram", **headers)

    async def sms(self, text: str, **fields: str) -> httpx.Response:
        """Post an SMS as Twilio does."""
        self.number += 1
        form = {"MessageSid": f"SM{self.number}", "From": "+31612345671", "Body": text, **fields}
        signature = twilio("test-token", str(SECRETS["sms_url"]), list(form.items()))
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        async with self.world.call() as client:
            return await client.post("/v1/channels/sms", content=urlencode(form), headers=headers)

    async def whatsapp(self, **message: object) -> httpx.Response:
        """Post a message as WhatsApp does."""
        return await self.whatsapps(self.received(**message))

    def received(self, **message: object) -> dict[str, object]:
        """Return a message of WhatsApp."""
        self.number += 1
        return {"from": "31612345670", "id": f"wamid.{self.number}", "timestamp": str(AT), **message}

    async def whatsapps(self, *messages: object) -> httpx.Response:
        """Post several messages at once as WhatsApp does."""
        change = {"field": "messages", "value": {"messages": messages}}
        return await self._meta({"object": "whatsapp_business_account", "entry": [{"changes": [change]}]}, "whatsapp")

    async def messenger(self, **message: object) -> httpx.Response:
        """Post a message as Messenger does."""
        return await self.facebook(messaging=[self.message(AT * 1000, **message)])

    def message(self, timestamp: int, **message: object) -> dict[str, object]:
        """Return a message of Messenger."""
        self.number += 1
        return {"sender": {"id": "7000"}, "timestamp": timestamp, "message": {"mid": f"m{self.number}", **message}}

    def post(self, **value: object) -> dict[str, object]:
        """Return a visitor's post on the page."""
        self.number += 1
        post = {"item": "status", "verb": "add", "post_id": f"1_{self.number}", "from": {"id": "7001"}, **value}
        return {"field": "feed", "value": post}

    async def facebook(self, **entry: object) -> httpx.Response:
        """Post an entry of a page."""
        return await self._meta({"object": "page", "entry": [{"id": "1", **entry}]}, "facebook")

    async def _meta(self, content: dict[str, object], channel: str) -> httpx.Response:
        body = json.dumps(content).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": f"sha256={sha256_hex('test-secret', body)}",
        }
        async with self.world.call() as client:
            return await client.post(f"/v1/channels/{channel}", content=body, headers=headers)


def provider(**changes: object) -> Provider:
    """Return a provider of all channels."""
    return Provider(World(**{**SECRETS, **changes}))

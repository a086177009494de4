"""pywa, a library for WhatsApp that others wrote, beside our adapter: both verify and read the same calls alike.

pywa signs nothing and reads one message of a call, so calls with more are given to it one message at a time.
"""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pywa.client import WhatsApp as Pywa
from pywa.handlers import CallbackButtonHandler, CallbackSelectionHandler, MessageHandler
from pywa.types.callback import CallbackButton, CallbackSelection
from pywa.types.message import Message as Read

from buurtsein_intake.channels.adapter import Call
from buurtsein_intake.channels.message import Message, clean
from buurtsein_intake.channels.signatures import sha256_hex
from buurtsein_intake.channels.whatsapp import WhatsApp
from buurtsein_runtime.problems import Refused
from tests.unit.intake.channels.fixtures import Fixture, fixtures

SECRET, TOKEN = "test-secret", "verify"
OURS = WhatsApp(secret=SECRET, verify_token=TOKEN)
CALLS = fixtures("whatsapp")
MESSAGES = [each for each in CALLS if each.expect == "accept"]
SHOWN = ("number", "number and ID", "ID")
"""What Meta says of a sender: an older call has the number only, and who has a username may hide it."""


def library() -> Pywa:
    """Return pywa's client; without a server it opens no connection."""
    return Pywa(phone_id="106540352242922", token="t", server=None, app_secret=SECRET, verify_token=TOKEN)


def call(body: bytes = b"", signature: str = "", **query: str) -> Call:
    """Return a call as our adapter sees it."""
    named = {name.replace("_", ".", 1): value for name, value in query.items()}
    headers = {"x-hub-signature-256": signature} if signature else {}
    return Call(
        method="GET" if query else "POST", url="", now=datetime.now(UTC), query=named, headers=headers, body=body
    )


def verified(body: bytes, signature: str) -> bool:
    """Tell whether our adapter takes a call for Meta's."""
    try:
        OURS.verify(call(body, signature))
    except Refused:
        return False
    return True


def greeted(token: str, challenge: str) -> str | None:
    """Return what our adapter answers to a handshake, if it does."""
    try:
        answer = OURS.handshake(call(hub_mode="subscribe", hub_verify_token=token, hub_challenge=challenge))
    except Refused:
        return None
    return answer.body.decode() if answer else None


@dataclass(frozen=True)
class Said:
    """What both must say of a message."""

    key: str
    sender: str | None
    type: str
    text: str | None
    at: datetime | None
    place: tuple[float, float] | None = None
    photo: str | None = None
    choice: str | None = None


@dataclass
class Listener:
    """Keeps what pywa read."""

    read: list[Read | CallbackButton[str] | CallbackSelection[str]] = field(default_factory=list)

    def hear(self, _: Pywa, update: Any) -> None:
        """Keep an update."""
        self.read.append(update)


def theirs(content: dict[str, Any], shown: str) -> list[Said]:
    """Return what pywa says of the messages of a call."""
    listener, client = Listener(), library()
    kinds = (MessageHandler, CallbackButtonHandler, CallbackSelectionHandler)
    client.add_handlers(*(kind(listener.hear) for kind in kinds))
    for one in single(content):
        assert client.webhook_update_handler(json.dumps(one).encode()) == ("ok", 200)
    return [_theirs(each, shown) for each in listener.read]


def _theirs(read: Read | CallbackButton[str] | CallbackSelection[str], shown: str) -> Said:
    sender = read.from_user.wa_id if shown == "number" else read.from_user.bsuid
    around: dict[str, Any] = {"key": read.id, "sender": sender, "type": str(read.type.value), "at": read.timestamp}
    if isinstance(read, CallbackButton | CallbackSelection):
        return Said(**around, text=clean(read.title), choice=read.data)
    place, photo = read.location, read.image
    return Said(
        **around,
        text=clean(read.text or read.caption),
        place=(place.latitude, place.longitude) if place else None,
        photo=photo.id if photo else None,
    )


def ours(content: dict[str, Any]) -> list[Said]:
    """Return what our adapter says of the messages of a call."""
    return [_ours(each) for each in OURS.parse(call(json.dumps(content).encode()))]


def _ours(message: Message) -> Said:
    kinds = {"interactive": message.reply_id, "image": message.attachments, "location": message.location}
    where = message.location
    return Said(
        key=message.key or "",
        sender=message.sender,
        type=next((kind for kind, there in kinds.items() if there), "text"),
        text=message.text,
        at=message.occurred_at,
        place=(where.lat or 0, where.lon or 0) if where else None,
        photo=message.attachments[0] if message.attachments else None,
        choice=message.reply_id,
    )


def as_shown(fixture: Fixture, shown: str) -> dict[str, Any]:
    """Return a call of the fixtures with what Meta says of senders since it has IDs for them."""
    content: dict[str, Any] = json.loads(fixture.body)
    value = content["entry"][0]["changes"][0]["value"]
    for contact, message in zip(value["contacts"], value["messages"], strict=True):
        contact["user_id"] = f"NL.{contact['wa_id']}"
        if shown != "number":
            message["from_user_id"] = contact["user_id"]
        if shown == "ID":
            del contact["wa_id"], message["from"]
    return content


def single(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield calls of one message each."""
    for number in range(len(content["entry"][0]["changes"][0]["value"]["messages"])):
        one = copy.deepcopy(content)
        value = one["entry"][0]["changes"][0]["value"]
        value["contacts"], value["messages"] = [value["contacts"][number]], [value["messages"][number]]
        yield one


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("fixture", MESSAGES, ids=str)
def test_a_message_is_the_same_for_both(fixture: Fixture, shown: str) -> None:
    """Its key, sender, type, words, time, place, photo and choice."""
    content = as_shown(fixture, shown)
    found = ours(content)
    assert found
    assert found == theirs(content, shown)


@pytest.mark.parametrize("fixture", CALLS, ids=str)
def test_a_signature_of_the_fixtures_is_the_same_for_both(fixture: Fixture) -> None:
    """The right ones and the wrong one."""
    signature = fixture.headers["X-Hub-Signature-256"]
    assert verified(fixture.body, signature) == (library().webhook_update_validator(fixture.body, signature) is None)


@given(body=st.binary(max_size=200), secret=st.sampled_from([SECRET, "another"]), name=st.sampled_from(["sha256=", ""]))
def test_whatever_was_signed_both_take_it_or_neither(body: bytes, secret: str, name: str) -> None:
    """Of any bytes; pywa also takes a digest without its name, which Meta never sends."""
    signature = name + sha256_hex(secret, body)
    taken = library().webhook_update_validator(body, signature) is None
    assert verified(body, signature) == (taken and bool(name))


def test_a_call_without_a_signature_is_taken_by_neither() -> None:
    """An empty header is none."""
    assert library().webhook_update_validator(b"{}", "") is not None
    assert not verified(b"{}", "")


@pytest.mark.parametrize("token", [TOKEN, "another", ""])
def test_the_handshake_is_answered_alike(token: str) -> None:
    """With the challenge to who knows the token, and to nobody else."""
    challenge, status = library().webhook_challenge_handler(token, "1158201444")
    assert greeted(token, "1158201444") == (challenge if status == 200 else None)

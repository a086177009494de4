"""Voice messages and whatever else can't be read here: the sender is told so, and nothing becomes an empty report."""

from typing import Any

import pytest

from tests.unit.intake.channels.provider import CHAT, Provider, provider
from tests.unit.intake.fakes import reports

TEXT = "Er ligt glas op de Damstraat"
FIRST = "Bij gevaar: bel nu 112. Wat je stuurde kan hier niet worden beluisterd of bekeken."
FILE = {"file_id": "a", "duration": 3}
VIDEO = {"MediaUrl0": "https://api.twilio.com/1", "MediaContentType0": "video/3gpp", "NumMedia": "1"}

TELEGRAM: dict[str, Any] = {
    "voice": FILE,
    "audio": FILE,
    "video": FILE,
    "video_note": FILE,
    "animation": FILE,
    "document": FILE,
    "sticker": {"file_id": "a", "emoji": "👍"},
    "contact": {"phone_number": "+31612345670", "first_name": "Joke"},
    "poll": {"id": "1", "question": "Glas?", "options": []},
    "dice": {"emoji": "🎲", "value": 3},
}
WHATSAPP: dict[str, Any] = {
    "audio": {"id": "1", "mime_type": "audio/ogg; codecs=opus", "voice": True},
    "video": {"id": "1", "mime_type": "video/mp4"},
    "document": {"id": "1", "filename": "a.pdf"},
    "sticker": {"id": "1", "mime_type": "image/webp", "animated": False},
    "contacts": [{"name": {"formatted_name": "Joke"}, "phones": [{"phone": "+31612345670"}]}],
    "location": {"latitude": 400, "longitude": 5},
    "unsupported": None,
    "of_next_year": {"id": "1"},
}
MESSENGER: dict[str, dict[str, Any]] = {
    "audio": {"attachments": [{"type": "audio", "payload": {"url": "https://cdn.fbsbx.com/a"}}]},
    "video": {"attachments": [{"type": "video", "payload": {"url": "https://cdn.fbsbx.com/a"}}]},
    "file": {"attachments": [{"type": "file", "payload": {"url": "https://cdn.fbsbx.com/a"}}]},
    "a thumb up": {"attachments": [{"type": "image", "payload": {"url": "https://fbcdn.net/a", "sticker_id": 3692}}]},
    "a shared post": {"attachments": [{"type": "fallback", "payload": None}]},
    "unsupported": {"is_unsupported": True},
    "of next year": {"attachments": [{"type": "hologram", "payload": {"beams": [1]}}]},
}


def told(talk: Provider) -> list[str]:
    """Return what was sent to senders, besides answers to webhooks."""
    return [reply.text for _, _, reply in talk.world.outbox.sent]


@pytest.mark.parametrize(("kind", "content"), TELEGRAM.items(), ids=TELEGRAM)
async def test_telegram_tells_what_it_can_not_hear(kind: str, content: Any) -> None:
    """In both languages, since nothing shows which one is wanted."""
    talk = provider()
    said = (await talk.telegram(**{kind: content})).json()
    assert said["text"].startswith(FIRST)
    assert "If there is danger, call 112 now." in said["text"]
    assert reports(talk.world) == []


@pytest.mark.parametrize(("kind", "content"), WHATSAPP.items(), ids=WHATSAPP)
async def test_whatsapp_tells_what_it_can_not_hear(kind: str, content: object) -> None:
    """Also of types that Meta has yet to invent."""
    talk = provider()
    assert (await talk.whatsapp(type=kind, **{kind: content})).status_code == 200
    [said] = told(talk)
    assert said.startswith(FIRST)
    assert reports(talk.world) == []


@pytest.mark.parametrize("message", MESSENGER.values(), ids=MESSENGER)
async def test_messenger_tells_what_it_can_not_hear(message: dict[str, Any]) -> None:
    """A thumb up is no photo."""
    talk = provider()
    assert (await talk.messenger(**message)).status_code == 200
    [said] = told(talk)
    assert said.startswith(FIRST)
    assert reports(talk.world) == []


async def test_sms_tells_what_it_can_not_hear() -> None:
    """MMS brings films and sounds, too."""
    talk = provider()
    assert FIRST in (await talk.sms("", **VIDEO)).text
    assert reports(talk.world) == []


async def test_the_words_beside_what_can_not_be_heard_are_the_report() -> None:
    """On every channel."""
    talk = provider()
    await talk.telegram(video=FILE, caption=TEXT)
    await talk.sms(TEXT, **VIDEO)
    await talk.whatsapp(type="video", video={"id": "1", "caption": TEXT})
    await talk.messenger(text=TEXT, **MESSENGER["video"])
    await talk.facebook(changes=[talk.post(item="video", message=TEXT)])
    assert [(each.text, each.photos) for each in reports(talk.world)] == [(TEXT, ())] * 5


async def test_what_is_told_is_in_the_language_of_the_conversation() -> None:
    """Which goes on: what comes next answers the question before."""
    talk = provider()
    await talk.telegram("There is broken glass on the corner of the market")
    assert (
        (await talk.telegram(voice=FILE)).json()["text"].startswith("If there is danger, call 112 now. What you sent")
    )
    await talk.telegram("no")
    assert [each.saar.police_called for each in reports(talk.world)] == [None, False]


async def test_a_retry_is_told_nothing_more() -> None:
    """Meta sends the whole call again when one message of it can't be kept now."""
    talk = provider()
    heard = talk.received(type="audio", audio=WHATSAPP["audio"])
    written = talk.received(type="text", text={"body": TEXT}) | {"from": "31612345679"}
    talk.world.log.down = True
    assert (await talk.whatsapps(heard, written)).status_code == 503
    talk.world.log.down = False
    assert (await talk.whatsapps(heard, written)).status_code == 200
    assert [said.startswith(FIRST) for said in told(talk)] == [True, False]


async def test_who_wants_no_answers_is_told_nothing() -> None:
    """Until they want them again."""
    talk = provider()
    await talk.telegram("/stop")
    assert (await talk.telegram(voice=FILE)).json() == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": CHAT}}},
        {"write_access_allowed": {}},
        {"video": FILE, "edit_date": 1_791_832_449},
        {"voice": FILE, "chat": {"id": -7, "type": "group"}},
    ],
)
async def test_what_nobody_says_to_us_is_not_answered(fields: dict[str, Any]) -> None:
    """What is about a chat, an edit of what was answered before, and a voice in a group."""
    talk = provider()
    assert (await talk.telegram(**fields)).json() == {}
    assert reports(talk.world) == []


@pytest.mark.parametrize("kind", ["reaction", "system"])
async def test_a_reaction_is_not_answered(kind: str) -> None:
    """A heart below our question is no message."""
    talk = provider()
    assert (await talk.whatsapp(type=kind, **{kind: {"emoji": "❤", "message_id": "wamid.1"}})).status_code == 200
    assert (told(talk), reports(talk.world)) == ([], [])


async def test_a_button_of_a_template_says_its_words() -> None:
    """They are the sender's answer."""
    talk = provider()
    await talk.whatsapp(type="button", button={"text": TEXT, "payload": "p"})
    assert [each.text for each in reports(talk.world)] == [TEXT]

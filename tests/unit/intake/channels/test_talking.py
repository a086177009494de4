"""Conversations over requests as the providers make them: what they are answered, and what happens when things fail."""

import json

import pytest

from buurtsein_intake.codes import grouped
from buurtsein_intake.status import Kept
from tests.unit.intake.channels.fixtures import CHANNELS, fixtures, send
from tests.unit.intake.channels.provider import AT, CHAT, provider
from tests.unit.intake.fakes import SECRETS, World, reports


def completed(world: World) -> list[tuple[str, bool | None, bool]]:
    """Return of each report that was kept its text, whether 112 was called, and whether it completes the first."""
    found = reports(world)
    return [(each.text, each.saar.police_called, each.edit_of == found[0].report_id) for each in found]


async def test_telegram_is_asked_in_the_answer_to_its_webhook() -> None:
    """With a keyboard, and the button that was pressed is acknowledged or answered."""
    talk = provider()
    asked = (await talk.telegram("Er ligt glas op het fietspad")).json()
    assert (asked["method"], asked["chat_id"]) == ("sendMessage", CHAT)
    (yes,), (no,) = asked["reply_markup"]["inline_keyboard"]
    assert (yes["callback_data"], no["text"]) == ("112-called-yes", "Nee")
    message = {"message_id": 5, "chat": {"id": CHAT, "type": "private"}, "date": AT}
    query = {"id": "q1", "from": {"id": CHAT}, "data": no["callback_data"], "message": message}
    answer = (await talk.update({"update_id": 9, "callback_query": query})).json()
    assert answer["text"].startswith("Is er nu gevaar? Bel nu 112.")
    text = "Er ligt glas op het fietspad"
    assert completed(talk.world) == [(text, None, False), (text, False, True)]


async def test_a_button_that_leads_to_no_answer_is_acknowledged() -> None:
    """Or it would keep on waiting."""
    talk = provider()
    await talk.telegram("stop")
    query = {"id": "q1", "from": {"id": CHAT}, "data": "112-called-yes"}
    answer = (await talk.update({"update_id": 9, "callback_query": query})).json()
    assert answer == {"method": "answerCallbackQuery", "callback_query_id": "q1"}


async def test_sms_is_asked_in_twiml_with_numbers() -> None:
    """And the number that is answered completes the report."""
    talk = provider()
    asked = (await talk.sms("Er ligt glas op het fietspad & de stoep")).text
    assert "<Message>Dank je wel, je melding is binnen. Is 112 al gebeld?" in asked
    assert "\n1. Ja\n2. Nee</Message>" in asked
    await talk.sms("2")
    text = "Er ligt glas op het fietspad & de stoep"
    assert completed(talk.world) == [(text, None, False), (text, False, True)]


async def test_whatsapp_is_asked_by_a_message_of_ours() -> None:
    """Its webhook takes no answer."""
    talk = provider()
    answer = await talk.whatsapp(type="text", text={"body": "Er ligt glas op het fietspad"})
    assert (answer.status_code, answer.content) == (200, b"{}")
    button = {"type": "button_reply", "button_reply": {"id": "112-called-yes", "title": "Ja"}}
    await talk.whatsapp(type="interactive", interactive=button)
    assert [(channel, chat) for channel, chat, _ in talk.world.outbox.sent] == [("whatsapp", "31612345670")] * 2
    assert [bool(reply.choices) for _, _, reply in talk.world.outbox.sent] == [True, False]
    text = "Er ligt glas op het fietspad"
    assert completed(talk.world) == [(text, None, False), (text, True, True)]


async def test_messenger_is_asked_by_a_message_of_ours() -> None:
    """And a quick reply completes the report."""
    talk = provider()
    await talk.messenger(text="Er ligt glas op het fietspad")
    await talk.messenger(text="Nee", quick_reply={"payload": "112-called-no"})
    assert [channel for channel, _, _ in talk.world.outbox.sent] == ["facebook"] * 2
    assert [called for _, called, _ in completed(talk.world)] == [None, False]


async def test_without_a_token_whatsapp_asks_nothing() -> None:
    """So what comes next is a report of its own."""
    talk = provider()
    talk.world.outbox.channels = frozenset()
    await talk.whatsapp(type="text", text={"body": "Er ligt glas"})
    assert talk.world.outbox.sent == []


async def test_the_location_in_the_fixtures_completes_the_photo_before_it() -> None:
    """As the note with WhatsApp's fixture says."""
    world = World(**SECRETS)
    whatsapp = next(each for each in CHANNELS if each.folder == "whatsapp")
    named = {each.name: each for each in fixtures("whatsapp")}
    await send(world, whatsapp, named["03-image-caption"])
    await send(world, whatsapp, named["02-location"])
    first, second = reports(world)
    assert (second.edit_of, second.text) == (first.report_id, first.text)
    assert second.location
    assert (second.location.lat, second.reporter) == (52.38252, first.reporter)


async def test_the_edited_message_in_the_fixtures_is_an_edit_of_the_report() -> None:
    """With the time that it had."""
    world = World(**SECRETS)
    telegram = next(each for each in CHANNELS if each.folder == "telegram")
    named = {each.name: each for each in fixtures("telegram")}
    await send(world, telegram, named["07-text-before-edit"])
    await send(world, telegram, named["04-edited-message"])
    first, second = reports(world)
    assert (second.edit_of, second.occurred_at) == (first.report_id, first.occurred_at)
    assert second.text.startswith("Idee: een bankje en een plantenbak")


async def test_an_edit_that_comes_after_the_conversation_is_still_an_edit() -> None:
    """Which report a message became follows from its id."""
    talk = provider()
    await talk.telegram("Er ligt glas")
    (first,) = reports(talk.world)
    talk.world.drafts.written.clear()
    talk.world.statuses.kept = {first.report_id: Kept({"received_at": ""}, {}, {})}
    await talk.telegram("Er ligt veel glas", number=1, edit_date=AT + 3000)
    assert reports(talk.world)[1].edit_of == first.report_id


async def test_a_retry_keeps_nothing_new_and_asks_nothing_new() -> None:
    """Also when other messages came in between."""
    talk = provider()
    first = await talk.telegram("Er ligt glas", number=1)
    second = await talk.telegram("ja", number=2)
    assert (await talk.telegram("Er ligt glas", number=1)).content == first.content
    assert (await talk.telegram("ja", number=2)).content == second.content
    assert len(reports(talk.world)) == 2


async def test_a_retry_sends_no_second_question() -> None:
    """The first may well have arrived."""
    talk = provider()
    await talk.whatsapp(type="text", text={"body": "Er ligt glas"})
    talk.number = 0
    await talk.whatsapp(type="text", text={"body": "Er ligt glas"})
    assert len(talk.world.outbox.sent) == 1


async def test_who_says_stop_gets_no_answers_any_more() -> None:
    """Though what they report is kept, and saying start brings the answers back."""
    talk = provider()
    assert "<Message>" not in (await talk.sms("STOP", OptOutType="STOP")).text
    assert "<Message>" not in (await talk.sms("Er ligt glas")).text
    assert len(reports(talk.world)) == 1
    assert "<Message>" not in (await talk.sms("START", OptOutType="START")).text
    assert "<Message>" in (await talk.sms("Er ligt nog meer glas")).text


@pytest.mark.parametrize("word", ["Stop", "STOP.", "afmelden"])
async def test_stop_is_understood_on_every_channel(word: str) -> None:
    """It is no report."""
    talk = provider()
    await talk.whatsapp(type="text", text={"body": word})
    await talk.whatsapp(type="text", text={"body": "Er ligt glas"})
    assert (len(reports(talk.world)), talk.world.outbox.sent) == (1, [])


async def test_while_drafts_cannot_be_read_the_provider_is_asked_to_come_back() -> None:
    """Nothing is kept by then, and the same call works later."""
    talk = provider()
    talk.world.drafts.down = True
    assert (await talk.telegram("Er ligt glas", number=1)).status_code == 503
    talk.world.drafts.down = False
    assert (await talk.telegram("Er ligt glas", number=1)).json()["method"] == "sendMessage"
    assert len(reports(talk.world)) == 1


async def test_what_is_remembered_names_nobody() -> None:
    """Neither a number, nor an id of a chat, nor a message's key that holds one."""
    talk = provider()
    await talk.telegram("Er ligt glas")
    await talk.sms("Er ligt glas")
    remembered = json.dumps([list(each) for each in talk.world.drafts.written.items()])
    assert not any(secret in remembered for secret in (str(CHAT), "612345671", "SM2"))


async def test_a_report_of_a_conversation_is_a_sound_event() -> None:
    """Of the same reporter, over the same channel."""
    talk = provider()
    await talk.telegram("Er ligt glas")
    await talk.telegram(location={"latitude": 52.1, "longitude": 5.1})
    first, second = reports(talk.world)
    same: list[str] = ["reporter", "channel", "client", "occurred_at"]
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]


@pytest.mark.parametrize("channel", ["sms", "telegram", "whatsapp"])
async def test_who_sends_a_receipt_code_is_told_how_the_report_stands(channel: str) -> None:
    """In words, and no report is kept of it."""
    by = provider()
    receipt = (await by.world.post(b'{"text":"Er wordt gedeald","anonymous":true}')).json()
    by.world.statuses.kept = {receipt["reference"]: Kept({"verdict": "hold"}, {}, {})}
    kept = len(reports(by.world))
    code = grouped(receipt["receipt_code"])
    if channel == "whatsapp":
        await by.whatsapp(type="text", text={"body": code})
        said = by.world.outbox.sent[-1][2].text
    else:
        said = (await (by.sms(code) if channel == "sms" else by.telegram(code))).text
    assert "Een coördinator bekijkt je melding." in said
    assert len(reports(by.world)) == kept
    assert by.world.drafts.written == {}


async def test_a_wrong_code_is_said_to_be_so() -> None:
    """In a friendly way; it is no report either."""
    by = provider()
    assert "Kijk de 16 cijfers na" in (await by.sms("0000 0000 0000 0000")).text
    assert reports(by.world) == []


async def test_a_code_that_can_not_be_looked_up_now_is_for_later() -> None:
    """The provider sends it again."""
    by = provider()
    by.world.claims.down = True
    assert (await by.sms("0000 0000 0000 0000")).status_code == 503

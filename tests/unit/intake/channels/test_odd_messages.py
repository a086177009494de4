"""Messages of providers that are odd in one respect: that costs neither the rest of them nor other messages."""

from typing import Any

import pytest

from buurtsein_intake.channels.message import moment
from tests.unit.intake.channels.provider import AT, provider
from tests.unit.intake.channels.signalen_client import BODY
from tests.unit.intake.fakes import KEY, reports

TEXT = "Er ligt glas op de Damstraat"
YEAR = 365 * 24 * 3600
TIMES = (-1, 0, 946_684_799, 4_102_444_800, 2**32 - 1, 2**63)


@pytest.mark.parametrize("seconds", TIMES)
async def test_a_time_that_no_report_can_have_does_not_cost_the_message(seconds: int) -> None:
    """It is kept without a time, on every channel whose messages have one."""
    talk = provider()
    answers = [
        await talk.telegram(TEXT, date=seconds),
        await talk.whatsapp(type="text", text={"body": TEXT}, timestamp=str(seconds)),
        await talk.facebook(messaging=[talk.message(seconds * 1000, text=TEXT)]),
        await talk.facebook(changes=[talk.post(message=TEXT, created_time=seconds)]),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert [(each.text, each.occurred_at) for each in reports(talk.world)] == [(TEXT, None)] * 4


async def test_a_time_that_has_yet_to_come_does_not_cost_the_message() -> None:
    """A phone's clock may be years ahead; our own JSON is told so, where a sender can mend it."""
    talk, at = provider(clock="system"), AT + YEAR
    happened = str(moment(at))
    open311 = {"api_key": KEY, "service_code": "nuisance", "address_string": "Damstraat", "description": TEXT}
    signal = {**BODY, "text": TEXT, "incident_date_start": happened}
    async with talk.world.call() as client:
        answers = [
            await talk.telegram(TEXT, date=at),
            await talk.whatsapp(type="text", text={"body": TEXT}, timestamp=str(at)),
            await talk.facebook(messaging=[talk.message(at * 1000, text=TEXT)]),
            await client.post("/open311/v2/requests.json", data={**open311, "attribute[occurred_at]": happened}),
            await client.post("/signals/v1/public/signals/", json=signal),
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 201]
    assert [(each.text, each.occurred_at) for each in reports(talk.world)] == [(TEXT, None)] * 5


async def test_in_a_replay_no_time_has_yet_to_come() -> None:
    """There the messages say how late it is."""
    talk = provider()
    await talk.telegram(TEXT, date=AT + YEAR)
    assert [each.occurred_at for each in reports(talk.world)] == [moment(AT + YEAR)]


async def test_the_largest_numbers_that_telegram_gives_are_taken() -> None:
    """Its users and chats have up to 52 bits."""
    talk = provider()
    chat = {"id": 2**52 - 1, "type": "private"}
    message = {"message_id": 1, "chat": chat, "from": {"id": 2**52 - 1}, "date": AT, "text": TEXT}
    assert (await talk.update({"update_id": 1, "message": message})).status_code == 200
    assert [each.text for each in reports(talk.world)] == [TEXT]


ODD_MESSAGES: tuple[Any, ...] = (None, [], {}, {"sender": {}}, {"message": 1}, {"id": "", "type": "text"})


@pytest.mark.parametrize("odd", ODD_MESSAGES)
async def test_a_message_that_can_not_be_read_does_not_cost_the_others_of_a_call(odd: object) -> None:
    """Meta puts messages of many senders in one call, and would bring none of them otherwise."""
    talk = provider()
    answers = [
        await talk.facebook(messaging=[odd, talk.message(AT * 1000, text=TEXT)]),
        await talk.facebook(changes=[odd, talk.post(message=TEXT)]),
        await talk.whatsapps(odd, talk.received(type="text", text={"body": TEXT})),
    ]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [each.text for each in reports(talk.world)] == [TEXT] * 3


async def test_a_call_of_which_nothing_can_be_read_is_refused() -> None:
    """With the first thing that is wrong with it."""
    talk = provider()
    answer = await talk.whatsapps({"id": ""}, {"id": ""})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "id: String should have at least 1 character"


async def test_an_attachment_that_can_not_be_read_does_not_cost_its_message() -> None:
    """Messenger sends the preview of a link as an attachment without content."""
    talk = provider()
    attachments = [{"type": "fallback", "payload": None}, {"type": 1}]
    assert (await talk.messenger(text=TEXT, attachments=attachments)).status_code == 200
    assert [each.text for each in reports(talk.world)] == [TEXT]


@pytest.mark.parametrize(
    "entry",
    [
        {"changes": [{"field": "mention", "value": {"created_time": "2026-10-12T21:14:00+0000"}}]},
        {"messaging": [{"recipient": {"id": "1"}, "timestamp": AT * 1000, "optin": {"ref": "x"}}]},
    ],
)
async def test_what_is_no_message_is_passed_by(entry: dict[str, object]) -> None:
    """Pages have many more events than messages, each of another shape."""
    talk = provider()
    assert (await talk.facebook(**entry)).status_code == 200
    assert reports(talk.world) == []


@pytest.mark.parametrize("kind", ["video", "document"])
async def test_a_caption_is_kept_when_what_it_is_about_is_not(kind: str) -> None:
    """Residents film a fire and write below it where it is."""
    talk = provider()
    await talk.whatsapp(type=kind, **{kind: {"id": "1", "caption": TEXT}})
    assert [each.text for each in reports(talk.world)] == [TEXT]


HALVES = {
    "a first half": ("brand \ud83d hier", "brand \ufffd hier"),
    "a second half": ("brand \udd25", "brand \ufffd"),
    "halves the wrong way around": ("\udd25\ud83d brand", "\ufffd\ufffd brand"),
    "whole characters beside it": ("🔥\ud83d🔥", "🔥\ufffd🔥"),
    "an escaped backslash": (r"C:\ud83d 🔥", r"C:\ud83d 🔥"),
    "a backslash before it": ("\\\ud83d", "\\\ufffd"),
}


@pytest.mark.parametrize(("sent", "kept"), HALVES.values(), ids=HALVES)
async def test_half_a_character_costs_only_itself(sent: str, kept: str) -> None:
    """Apps that cut a text in the middle of an emoji send it; the other messages of the call are kept as well."""
    talk = provider()
    answers = [
        await talk.telegram(sent),
        await talk.whatsapps(*(talk.received(type="text", text={"body": each}) for each in (sent, TEXT))),
        await talk.facebook(messaging=[talk.message(AT * 1000, text=each) for each in (sent, TEXT)]),
    ]
    assert [answer.status_code for answer in answers] == [200] * 3
    found = [each.text for each in reports(talk.world)]
    assert (found[:2], found[3]) == ([kept, kept], kept)


async def test_a_message_of_half_a_character_reports_nothing() -> None:
    """There is nothing left of it."""
    talk = provider()
    assert (await talk.telegram("\ud83d")).status_code == 200
    assert reports(talk.world) == []

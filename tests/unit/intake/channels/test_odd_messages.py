"""Messages of providers that are odd in one respect: that costs neither the rest of them nor other messages."""

import pytest

from tests.unit.intake.channels.test_conformance import reports
from tests.unit.intake.channels.test_talking import provider

TEXT = "Er ligt glas op de Damstraat"
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


async def test_the_largest_numbers_that_telegram_gives_are_taken() -> None:
    """Its users and chats have up to 52 bits."""
    talk = provider()
    chat = {"id": 2**52 - 1, "type": "private"}
    assert (await talk.telegram(TEXT, chat=chat, **{"from": {"id": 2**52 - 1}})).status_code == 200
    assert [each.text for each in reports(talk.world)] == [TEXT]

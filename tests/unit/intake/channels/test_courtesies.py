"""What senders say besides their reports: greetings, thanks, the commands of a bot. None of it is a report."""

import pytest

from tests.unit.intake.channels.test_conformance import reports
from tests.unit.intake.channels.test_talking import Provider, provider

TEXT = "Er ligt glas op de Damstraat, 112 is niet gebeld"


def texts(talk: Provider) -> list[str]:
    """Return the texts that were kept."""
    return [each.text for each in reports(talk.world)]


@pytest.mark.parametrize("word", ["/start", "/start ", "/help", "/start@buurtsein_bot", "Hoi", "goede avond!", "Hello"])
async def test_who_greets_is_told_what_to_do(word: str) -> None:
    """And the report that follows is that sentence alone, as over every other channel."""
    talk = provider()
    assert (await talk.telegram(word)).json()["text"].startswith("Bij gevaar: bel nu 112. Vertel wat je ziet")
    await talk.telegram(TEXT)
    assert texts(talk) == [TEXT]


async def test_what_follows_a_command_is_the_report() -> None:
    """Groups call bots so."""
    talk = provider()
    await talk.telegram(f"/melding@buurtsein_bot {TEXT}")
    assert texts(talk) == [TEXT]


async def test_a_path_is_not_a_command() -> None:
    """Only what Telegram takes for one is."""
    talk = provider()
    await talk.telegram("/tussen/ de flats ligt glas")
    assert texts(talk) == ["/tussen/ de flats ligt glas"]


@pytest.mark.parametrize("words", ["Bedankt!", "dank je wel", "Thank you very much", "ok", "Hartelijk dank hoor"])
async def test_thanks_are_no_report_and_need_no_answer(words: str) -> None:
    """Whoever thanks would be asked whether 112 was called."""
    talk = provider()
    await talk.sms(TEXT)
    assert "<Message>" not in (await talk.sms(words)).text
    assert texts(talk) == [TEXT]


async def test_a_courtesy_leaves_the_question_standing() -> None:
    """What comes next answers it."""
    talk = provider()
    await talk.sms("Er ligt glas op de Damstraat")
    await talk.sms("hallo")
    await talk.sms("nee")
    assert [each.saar.police_called for each in reports(talk.world)] == [None, False]


@pytest.mark.parametrize("words", ["Hallo?", "Hoi, er is brand", "ok brand", "Help", "👍"])
async def test_what_says_more_than_a_courtesy_is_kept(words: str) -> None:
    """Nothing that may be a report is lost."""
    talk = provider()
    await talk.sms(words)
    assert texts(talk) == [words]


@pytest.mark.parametrize("caption", ["stop", "Bedankt!"])
async def test_a_photo_is_kept_whatever_its_caption_says(caption: str) -> None:
    """It is what there is to see that matters."""
    talk = provider()
    await talk.telegram(caption=caption, photo=[{"file_id": "a", "width": 1, "height": 1}])
    assert texts(talk) == [caption]


async def test_who_wants_no_answers_is_not_greeted() -> None:
    """Until they want answers again."""
    talk = provider()
    await talk.telegram("/stop")
    assert (await talk.telegram("hoi")).json() == {}
    assert (await talk.telegram("/start")).json()["text"].startswith("Bij gevaar")

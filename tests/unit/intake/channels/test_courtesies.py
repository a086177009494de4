"""What senders say besides their reports: greetings, thanks, the commands of a bot. None of it is a report."""

import pytest

from tests.unit.intake.channels.provider import Provider, provider
from tests.unit.intake.fakes import reports

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


WISHES = {
    "nl": [
        "Hoi, ik wil iets melden",
        "ik wil graag een melding doen",
        "Goedemorgen! Kan ik hier (anoniem) iets melden? 🙂",
        "Waar kan ik een klacht indienen a.u.b.",
        "zou u een melding voor mij kunnen maken",
        "Ik heb een tip",
    ],
    "en": [
        "Can I report something here?",
        "Hello, I’d like to make a report please",
        "I have an incident to report",
        "how do i file a complaint with you",
    ],
}
BEGINS = {"nl": "Bij gevaar: bel nu 112. Vertel wat je ziet", "en": "If there is danger, call 112 now. Tell us what"}


@pytest.mark.parametrize(("language", "words"), [(name, each) for name in WISHES for each in WISHES[name]])
async def test_who_wants_to_report_something_is_asked_what(language: str, words: str) -> None:
    """And the report that follows is that sentence alone."""
    talk = provider()
    assert BEGINS[language] in (await talk.telegram(words)).json()["text"]
    assert texts(talk) == []
    await talk.telegram(TEXT)
    assert texts(talk) == [TEXT]


@pytest.mark.parametrize(
    "words",
    [
        "Hoi, ik wil iets melden: er ligt glas op straat",
        "Ik wil een inbraak melden",
        "I want to report a fire",
        "Can I report someone shooting here?",
        "Ik heb het al gemeld",
        "ik wil melden dat het probleem er nog is",
        "Ik wil iets melden 🔥",
        "Hallo 🔥",
        "Kan ik hier iets?",
    ],
)
async def test_a_wish_with_content_is_kept_whole(words: str) -> None:
    """Whatever a word outside of the wish says, it may be the report."""
    talk = provider()
    await talk.telegram(words)
    assert texts(talk) == [words]


async def test_a_wish_after_a_report_begins_another() -> None:
    """Though a question about the first one stands."""
    talk = provider()
    await talk.telegram("Er ligt glas op de Damstraat")
    await talk.telegram("Ik wil nog iets melden")
    await talk.telegram("De lantaarn is stuk")
    assert texts(talk) == ["Er ligt glas op de Damstraat", "De lantaarn is stuk"]
    assert [each.edit_of for each in reports(talk.world)] == [None, None]


async def test_a_wish_after_a_photo_lets_the_words_complete_it() -> None:
    """What is on it is still to be told."""
    talk = provider()
    await talk.telegram(location={"latitude": 52.1, "longitude": 5.1})
    await talk.telegram("Ik wil iets melden")
    await talk.telegram("Er ligt glas")
    assert texts(talk) == ["(zonder tekst)", "Er ligt glas"]

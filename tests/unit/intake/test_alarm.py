"""Whether words say that 112 was called: only a plain statement counts."""

import time

import pytest

from buurtsein_intake.alarm import answered, police_called
from buurtsein_intake.channels.message import Message, report_of
from tests.unit.intake.fakes import World

SAID: list[tuple[str, bool | None]] = [
    ("112 gebeld.", True),
    ("Brand! 112 is gebeld, gebruik de lift niet.", True),
    ("Ik heb 112 gebeld maar zie nog niemand", True),
    ("1-1-2 gebeld", True),
    ("De buurvrouw belde 112 en wacht buiten", True),
    ("Politie is gewaarschuwd", True),
    ("Ik ben 112 aan het bellen", True),
    ("brandweer is onderweg", True),
    ("I've called 112", True),
    ("Called the fire brigade, stay inside", True),
    ("112 has been called.", True),
    ("112 nog niet gebeld. Update: 112 is nu gebeld.", True),
    ("112 gebeld. Bel 112 als je hem ziet", True),
    ("112 is nog niet gebeld", False),
    ("nog niet gebeld", False),
    ("Niemand heeft 112 gebeld", False),
    ("Bel 112!", False),
    ("Kan iemand 112 bellen?", False),
    ("Someone should call 112", False),
    ("I haven't called 112 yet", False),
    ("Is 112 al gebeld?", None),
    ("heeft iemand 112 gebeld", None),
    ("Has anyone called 112?", None),
    ("Ik ga 112 bellen", None),
    ("Als 112 gebeld is hoor ik het graag", None),
    ("Politie gebeld via 0900-8844", None),
    ("De man loopt onderweg naar de politie", None),
    ("Er is geen politie te zien", None),
    ("Op nummer 112 heb ik de corporatie gebeld", None),
    ("Kerkstraat 112: er werd gebeld", None),
    ("112 euro gestolen, winkel gebeld", None),
    ("De straatlantaarn doet het niet", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "called"), SAID)
def test_only_a_plain_statement_says_that_112_was_called(text: str, called: bool | None) -> None:
    """Requests and negations say that it was not; questions, intentions and conditions say nothing."""
    assert police_called(text) is called


@pytest.mark.parametrize(
    ("text", "called"),
    [("is gebeld", True), ("nee, maar de buurman heeft gebeld", True), ("nog niet gebeld", False), ("misschien", None)],
)
def test_an_answer_need_not_name_112(text: str, called: bool | None) -> None:
    """The question did."""
    assert answered(text) is called


@pytest.mark.parametrize("text", ["112 " * 16_000, "niet gebeld " * 5_000, "?" * 64_000, "112 is " * 9_000 + "gebeld"])
def test_no_text_takes_long(text: str) -> None:
    """Work grows with the length of a text and no faster."""
    before = time.process_time()
    police_called(text)
    assert time.process_time() - before < 1.0


@pytest.mark.parametrize(("said", "expected"), [(None, True), (False, False)])
def test_a_channels_own_word_counts_before_the_text(said: bool | None, expected: bool) -> None:
    """Only where it says nothing are the words read."""
    report = report_of(Message(channel="open311", key="k", text="112 is gebeld.", police_called=said))
    assert report.police_called is expected


async def test_the_words_count_in_our_own_json_too() -> None:
    """The same sentence gives the same event over every channel."""
    world = World()
    await world.post(b'{"text": "Brand in de kelder, 112 is gebeld"}')
    assert b'"saar":{"police_called":true}' in world.log.records[0][2]

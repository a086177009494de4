"""Which language each sentence of a message is in."""

import pytest

from buurtsein_moderation.assess import assess
from buurtsein_moderation.language import BOTH, spoken
from buurtsein_moderation.text import normalise
from buurtsein_moderation.words import marked, read

from .given import shipped

DUTCH = "De lantaarn op de hoek is al een week kapot en het is daar nu erg donker."
ENGLISH = "The street light on the corner has been broken for a week and it is very dark there now."

ONLY_ENGLISH = ["Kill all muslims.", "Those pakis are all thieves.", "Jews are rats.", "Fucking pakis.", "Muslims out!"]
ONLY_DUTCH = ["Alle moslims moeten dood.", "Joden zijn ratten.", "Vuile kutmarokkanen.", "Die polen zijn dieven."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er staat een auto voor de deur van de buren", {"nl"}),
        ("There is a car in front of the door of my neighbours", {"en"}),
        ("De man was in het huis of in de schuur", {"nl"}),
        ("Brand!", BOTH),
        ("", BOTH),
        ("Hallo, is this the right group voor de straat", BOTH),
    ],
)
def test_common_words_tell_the_language(text: str, expected: set[str]) -> None:
    """Short and mixed messages may be in either; words of both languages tell nothing."""
    assert spoken(read(marked(normalise(text).text)), [])[0].somewhere == expected


def test_each_sentence_has_its_own_language() -> None:
    """One that tells nothing is in that of the message, and may be in either."""
    words = [
        "de",
        "lamp",
        "is",
        "kapot",
        ".",
        "they",
        "leave",
        ".",
        "hallo",
        "buren",
        ".",
        "er",
        "staat",
        "een",
        "auto",
    ]
    told, possible = spoken(words, [4, 7, 10])
    assert [told.within(slice(at, at + 1)) for at in range(4)] == [{"nl"}, {"en"}, {"nl"}, {"nl"}]
    assert possible.within(slice(2, 3)) == BOTH
    assert told.partly == {"nl", "en"}


def test_the_language_that_is_known_of_a_message_holds_for_all_of_it() -> None:
    """A sentence in the other language is read in both."""
    told, _ = spoken(["they", "must", "go", ".", "de", "lamp", "is", "kapot"], [3], "nl")
    assert told.within(slice(0, 1)) == BOTH
    assert told.within(slice(1, 2)) == {"nl"}


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    ("grave", "around"), [*((one, DUTCH) for one in ONLY_ENGLISH), *((one, ENGLISH) for one in ONLY_DUTCH)]
)
def test_what_is_grave_is_found_in_a_text_in_the_other_language(grave: str, around: str, place: int) -> None:
    """Before it, between its sentences and behind it."""
    sentences = [around, around]
    sentences.insert(place, grave)
    assert assess(" ".join(sentences), shipped()).verdict != "publish"


@pytest.mark.parametrize(
    ("urgent", "around"),
    [
        ("There is a man with a knife in the street!", DUTCH),
        ("Er is brand bij de buren, vlammen uit het dak!", ENGLISH),
    ],
)
def test_what_is_urgent_is_found_in_a_text_in_the_other_language(urgent: str, around: str) -> None:
    """The emergency networks get it."""
    assert assess(f"{around} {urgent}", shipped()).kind.type == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "Er was gisteren brand in de gang. Slim dat de kinderen hun jas bij de deur hadden, zei de brandweer.",
        "Die gang is te smal. Hoe kan een kind daar langs met een fiets? Er hangt ook een bad aan de muur.",
        "I saw a kind man near the gang of trees. He made a slim path there. All the kids were glad.",
        "We had a bad week: the brand new bin was stolen. The hoe and the spade are still in the shed.",
        "Sorry, my Dutch is bad. Er staat al dagen een fietswrak tegen de muur. Can the municipality take it away?",
        "De buren hebben een slet bank op straat gezet. Can someone help to carry it? Het is best zwaar.",
    ],
)
def test_words_that_mean_something_else_in_the_other_language_are_harmless(text: str) -> None:
    """A sentence whose language is plain is read in that language."""
    assert assess(text, shipped()).verdict == "publish"

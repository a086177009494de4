"""Friendly or factual words elsewhere in a message excuse nothing grave."""

import pytest

from buurtsein_moderation.assess import assess

from .given import shipped

FRIENDLY = {
    "nl": (
        "Goedemorgen buren, wat fijn dat jullie er allemaal zijn.",
        "De straatlamp bij nummer 12 is weer kapot.",
        "Ik heb het gemeld bij de gemeente.",
        "Dank voor de fijne avond gisteren.",
        "De container aan de Dorpsstraat is vol.",
        "Er ligt glas op het fietspad bij de school.",
        "Morgen komt de monteur langs.",
        "Fijn dat iedereen meehelpt met opruimen.",
    ),
    "en": (
        "Good morning neighbours, lovely that you are all here.",
        "The street light at number 12 is broken again.",
        "I reported it to the council.",
        "Thanks for the nice evening.",
        "The bin on Mill Street is full.",
        "There is glass on the cycle path near the school.",
        "The engineer comes tomorrow.",
        "The council will clean it on Wednesday.",
    ),
}
GRAVE = {
    "Die kutmarokkanen zijn allemaal dieven.": "nl",
    "Alle moslims moeten dood.": "nl",
    "Joden zijn ratten.": "nl",
    "Klik op http://rabo-verificatie.xyz/login om je rekening te bevestigen.": "nl",
    "Those fucking pakis are all thieves.": "en",
    "All muslims must die.": "en",
    "Jews are rats.": "en",
    "Turks are worthless.": "en",
}


@pytest.mark.parametrize("text", GRAVE)
@pytest.mark.parametrize("before", [0, 4, 8])
@pytest.mark.parametrize("many", [1, 10])
def test_what_is_grave_does_not_pass_among_many_friendly_sentences(text: str, before: int, many: int) -> None:
    """Before, in the middle and behind; one word that exempts a message is always among so many."""
    friendly = FRIENDLY[GRAVE[text]]
    padded = [*friendly[:before] * many, text, *friendly[before:] * many]
    assert assess(" ".join(padded), shipped()).verdict != "publish"


@pytest.mark.parametrize("text", ["Joden zijn ratten", "Zwarten zijn apen"])
def test_what_is_grave_does_not_pass_in_one_long_friendly_sentence(text: str) -> None:
    """Only the words around it tell whether it is meant well, not all of its sentence."""
    others = ", ".join(sentence.rstrip(".").lower() for sentence in FRIENDLY["nl"])
    assert assess(f"{others}, {others}, {text}", shipped()).verdict != "publish"


def test_what_exempts_a_grave_finding_does_so_near_it() -> None:
    """A long message about what somebody was called is no slur."""
    told = "Mijn zoon werd op het plein uitgescholden voor kutmarokkaan en geslagen."
    assert assess(" ".join([*FRIENDLY["nl"], told, *FRIENDLY["nl"]]), shipped()).verdict == "publish"


def test_a_long_message_that_is_friendly_passes() -> None:
    """Its length by itself says nothing against it."""
    assert assess(" ".join(FRIENDLY["nl"] * 10), shipped()).verdict == "publish"


EXEMPTS = {
    "nl": ["Ik heb het gemeld bij de gemeente.", "Racisme is fout.", "Mijn zoon is gepest.", "Ik ben zelf een Turk."],
    "en": ["Somebody shouted in the street.", "Racism is wrong.", "My son was called names.", "I am a Turk myself."],
}


@pytest.mark.parametrize(
    ("text", "exempt"),
    [(text, exempt) for text, language in GRAVE.items() if "http" not in text for exempt in EXEMPTS[language]],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_exempts_one_sentence_of_a_short_message_does_not_exempt_another(
    text: str, exempt: str, *, first: bool
) -> None:
    """Whether it comes before or behind what is said of a group."""
    assert assess(f"{exempt} {text}" if first else f"{text} {exempt}", shipped()).verdict != "publish"


@pytest.mark.parametrize(
    "text",
    [
        "Er stond op de muur: Joden zijn ratten. Ik heb het gemeld.",
        "Op de muur is gekalkt:\nJoden zijn ratten\nWie haalt het weg?",
        "Iemand riep: kutmarokkanen! Ik heb aangifte gedaan.",
        "'Joden zijn ratten' stond er vanochtend op de muur van de school. Dat is racisme.",
        "It was sprayed on the wall:\nJews are rats\nWho can clean it?",
        "Heard 'cripples should not be on the bus' today. Shame on whoever says that.",
        "Er lag een brief met 'vieze homo's weg' op de mat. We doen aangifte.",
    ],
)
def test_what_announces_or_rejects_words_exempts_them(text: str) -> None:
    """In their own sentence, in one before it with a colon, or in one behind it that says `that`."""
    assert assess(text, shipped()).verdict == "publish"


WEIGHED = {
    "nl": "Het is altijd hetzelfde soort volk dat hier de boel verziekt",
    "en": "Ever since those people moved in the whole street stinks, we all know why",
}


@pytest.mark.parametrize("language", WEIGHED)
@pytest.mark.parametrize("place", [0, 3, 8])
@pytest.mark.parametrize("many", [2, 4])
def test_what_only_weighs_is_not_lost_among_many_friendly_sentences(language: str, place: int, many: int) -> None:
    """A sentence of a long message that would be held by itself is held with it."""
    friendly = FRIENDLY[language]
    padded = [*friendly[:place] * many, f"{WEIGHED[language]}.", *friendly[place:] * many]
    assert [assess(text, shipped()).verdict for text in (WEIGHED[language], " ".join(padded))] == ["hold", "hold"]


@pytest.mark.parametrize("language", WEIGHED)
@pytest.mark.parametrize("place", [0, 3, 8])
def test_what_only_weighs_is_not_lost_between_commas(language: str, place: int) -> None:
    """What would be held by itself is held as a clause of one long sentence."""
    friendly = [sentence.rstrip(".").lower() for sentence in FRIENDLY[language]]
    text = WEIGHED[language].split(",")[0].lower()
    joined = ", ".join([*friendly[:place], text, *friendly[place:]])
    assert [assess(each, shipped()).verdict for each in (text, joined)] == ["hold", "hold"]


@pytest.mark.parametrize("text", [text.rstrip(".") for text in GRAVE if "http" not in text])
@pytest.mark.parametrize("place", [0, 4, 8])
def test_what_is_grave_does_not_pass_in_a_sentence_with_many_commas(text: str, place: int) -> None:
    """Friendly clauses around it excuse it as little as friendly sentences do."""
    friendly = [sentence.rstrip(".").lower() for sentence in FRIENDLY[GRAVE[text + "."]]]
    assert assess(", ".join([*friendly[:place], text, *friendly[place:], *friendly]), shipped()).verdict != "publish"

"""What phrases, lists, forms and emoji of a pack match."""

import pytest

from buurtsein_moderation.compiling import PackError, compile_packs
from buurtsein_moderation.text import normalise

from .given import engine, pack, rule

LISTS = {"animal": ("cat", "dog*"), "pet": ("{animal}", "goldfish", "brown {animal}")}


def _found(phrase: str, text: str, language: str = "any") -> str | None:
    one = rule(matches={"phrases": [phrase]}, examples={"match": ["x"], "not": ["y"]}, exempt=[])
    rules = compile_packs([pack(one, lists=LISTS, language=language)], examples=False)
    found = rules.match(normalise(text), None if language == "any" else language).findings
    return text[found[0].start : found[0].end] if found else None


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("get lost", "Oh, GET  LOST please", "GET  LOST"),
        ("get lost", "get-lost", "get-lost"),
        ("get lost", "forget lost", None),
        ("get lost", "get. Lost again", None),
        ("scooter*", "two scooters", "scooters"),
        ("scooter*", "motorscooter", None),
        ("*scooter", "a motorscooter!", "motorscooter"),
        ("mar*an*", "die marokkanen daar", "marokkanen"),
        ("mar*an*", "de markt", None),
        ("for * hours", "for three hours", "for three hours"),
        ("for * hours", "for three long hours", None),
        ("for * hours", "for hours, for ten hours", "for ten hours"),
        ("two * hours * long", "all two full hours very long", "two full hours very long"),
        ("two * hours * long", "all of two hours very long", None),
        ("hoera*", f"oh hoera{'xyz' * 20}!", f"hoera{'xyz' * 20}"),
        ("café", "the Cafe", "Cafe"),
        ("% off", "now 50% off", "% off"),
        (".apk", "thing.apk", "apk"),
        ("let op:", "let op: glad", "let op"),
        ("let op:", "let op hem", None),
        ("john's", "John’s dog", "John’s"),
        ("auto's", "de autos", "autos"),
        ("john", "John's dog", "John"),
        ("{animal}", "concat", None),
        ("my {animal}", "my doggy", "my doggy"),
        ("my {animal}", "my, well, doggy", None),
        ("my {pet}", "my goldfish", "my goldfish"),
        ("my {pet} {animal}", "my brown dog cat", "my brown dog cat"),
        ("bad{animal}", "badcat", "badcat"),
        ("🐒", "go 🐒🐒", "🐒"),
        ("{animal} 🐷", "a dog 🐷 x", "dog 🐷"),
    ],
)
def test_a_phrase_is_whole_words(phrase: str, text: str, expected: str | None) -> None:
    """Stars widen it, lists fill it in, and the span is the author's own text."""
    assert _found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "language"),
    [
        ("stelen~", "ze hebben gestolen", "nl"),
        ("stelen~ alles", "hij steelt alles", "nl"),
        ("inbreken~", "er is ingebroken", "nl"),
        ("steal~", "they stole it", "en"),
        ("burglary~", "three burglaries", "en"),
        ("marokkanen", "die marokanen", "nl"),
        ("stupid people", "stupid ppl", "en"),
    ],
)
def test_forms_and_spellings_are_those_of_the_language(phrase: str, text: str, language: str) -> None:
    """They are written out when packs are compiled and cost a message nothing."""
    assert _found(phrase, text, language) is not None
    assert _found(phrase, text) is None


def test_lemmas_are_all_forms_of_a_word() -> None:
    """As in phrases with `~`."""
    one = rule(matches={"lemmas": ["kick"]}, examples={"match": ["he kicked it"], "not": ["a kicker's day"]})
    with pytest.raises(PackError, match="must not match"):
        engine(one, language="en")


def test_a_phrase_that_stands_for_too_many_is_refused() -> None:
    """Two long lists inside one word would not fit in memory."""
    lists = {"many": tuple(f"word{number}" for number in range(200))}
    with pytest.raises(PackError, match="stands for 40000 others, more than 20000"):
        engine(rule(matches={"phrases": ["{many}{many}"]}), lists=lists)

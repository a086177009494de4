"""The forms of words."""

import pytest

from buurtsein_moderation.spelling import forms


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pakken", {"pak", "pakt", "pakte", "pakten", "gepakt", "pakken"}),
        ("slaan", {"sla", "slaat", "sloeg", "sloegen", "geslagen"}),
        ("zeuren", {"zeur", "zeurt", "zeurde", "gezeurd"}),
        ("beloven", {"beloof", "belooft", "beloofde", "beloofd"}),
        ("reizen", {"reis", "reist", "reisde", "gereisd"}),
        ("wandelen", {"wandel", "wandelt", "gewandeld"}),
        ("inbreken", {"inbreekt", "inbrak", "ingebroken", "inbrekend"}),
        ("verbranden", {"verbrandt", "verbrand", "verbrandde"}),
        ("bedriegen", {"bedriegt", "bedroog", "bedrogen"}),
        ("dief", {"dief", "dieven"}),
        ("man", {"man", "mannen", "mannetje"}),
        ("huis", {"huizen", "huisje"}),
        ("sukkel", {"sukkels", "sukkeltje"}),
        ("vies", {"vieze", "viezer", "viest"}),
        ("dom", {"domme", "dommer", "domst"}),
    ],
)
def test_dutch_words_are_inflected(word: str, expected: set[str]) -> None:
    """Strong and weak verbs, prefixes, plurals, diminutives and degrees."""
    assert expected <= set(forms("nl").inflected(word))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kick", {"kick", "kicks", "kicked", "kicking"}),
        ("stop", {"stopped", "stopping", "stops"}),
        ("lie", {"lies", "lied", "lying"}),
        ("chase", {"chases", "chased", "chasing"}),
        ("burglary", {"burglaries"}),
        ("punch", {"punches", "punched"}),
        ("dirty", {"dirtier", "dirtiest"}),
        ("thief", {"thieves"}),
        ("steal", {"stole", "stolen", "stealing"}),
    ],
)
def test_english_words_are_inflected(word: str, expected: set[str]) -> None:
    """Regular by their spelling, irregular by a table."""
    assert expected <= set(forms("en").inflected(word))


def test_a_language_without_a_table_inflects_nothing() -> None:
    """Packs for any language say every form."""
    assert list(forms("any").inflected("kick")) == ["kick"]

"""Words that were written so that no rule would see them."""

import pytest

from buurtsein_moderation.text import normalise

from .given import engine, rule

RULES = engine(
    rule(
        matches={"phrases": ["fool", "idiot", "kut{group}", "kanker*", "zooi", "🔪 you"]},
        examples={"match": ["you fool"], "not": ["x"]},
    ),
    lists={"group": ("maroon", "moon")},
)


@pytest.mark.parametrize(
    ("text", "disguised"),
    [
        ("you f00l", "f00l"),
        ("what an 1d1ot!", "1d1ot"),
        ("a f*ol", "f*ol"),
        ("a k@nkerwijf here", "k@nkerwijf"),
        ("an f-o-o-l", "f-o-o-l"),
        ("you f o o l", "f o o l"),
        ("you f.o.o.l", "f.o.o.l"),
        ("die kut-maroon", "kut-maroon"),
        ("wat een zoooooi", "zoooooi"),
        ("you foooool", "foooool"),
        ("ƒооl, fооl", "fооl"),
        ("🔪 you", "🔪 you"),
    ],
)
def test_a_disguised_word_is_known(text: str, disguised: str) -> None:
    """And the finding names what the author wrote."""
    (found,) = RULES.match(normalise(text)).findings
    assert text[found.start : found.end] == disguised


@pytest.mark.parametrize(
    "text",
    [
        "plate 84-ZPL-2 at 21u30",
        "4 of 10 for 20 euro",
        "a b c d e",
        "foo-bar and moon-base",
        "f.o.r. sale",
        "my e-mail is a1b2@c3d4.example",
        "🔪",
    ],
)
def test_what_hides_no_word_stays_as_it_is(text: str) -> None:
    """Plates, times, amounts and initials are what they are."""
    assert RULES.match(normalise(text)).findings == ()


def test_words_around_a_disguise_are_read_with_it() -> None:
    """A phrase of several words may have one of them disguised that some rule knows by itself."""
    rules = engine(
        rule(matches={"phrases": ["you fool now"]}, examples={"match": ["you fool now"], "not": ["x"]}),
        rule(id="alone", matches={"phrases": ["fool"]}, examples={"match": ["fool"], "not": ["x"]}),
    )
    text = "well, you f.o.o.l now!"
    assert [text[one.start : one.end] for one in rules.match(normalise(text)).findings] == [
        "you f.o.o.l now",
        "f.o.o.l",
    ]

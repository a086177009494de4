"""What neighbours do not see, and what they do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.values import TEXT_LIMIT, Redaction
from buurtsein_text.folding import fold
from buurtsein_text.redaction import CANDIDATES, LIMIT, PLACEHOLDERS, apply, bounded, find, redacted


def _hidden(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find(fold(text))]


@pytest.mark.parametrize(
    ("kind", "private"),
    [
        ("phone", "06-12345678"),
        ("phone", "06 12 34 56 78"),
        ("phone", "0612345678"),
        ("phone", "020-1234567"),
        ("phone", "(0317) 123456"),
        ("phone", "+31 6 12345678"),
        ("phone", "+31(0)612345678"),
        ("phone", "0031612345678"),
        ("phone", "+32 470 12 34 56"),
        ("phone", "０６-１２３４５６７８"),
        ("email", "jan.de.vries+buurt@mail.example.org"),
        ("plate", "84-ZPL-2"),
        ("plate", "r-519-dp"),
        ("plate", "GB 002 B"),
        ("plate", "RK482P"),
        ("iban", "NL91ABNA0417164300"),
        ("iban", "nl91 abna 0417 1643 00"),
        ("iban", "BE68 5390 0754 7034"),
        ("bsn", "123456782"),
        ("bsn", "1234.56.782"),
    ],
)
def test_private_parts_are_hidden(kind: str, private: str) -> None:
    """In the middle of a sentence, and nothing around them goes along."""
    assert _hidden(f"Ik zag {private}, daar bij de brug.") == [(kind, private)]


@pytest.mark.parametrize(
    "public",
    [
        "bel 112 of 0900-8844",
        "gratis nummer 0800-1234567",
        "om 14:30 uur, 12-10-2026",
        "van 05-10-2026 14.30 tot laat",
        "€ 1.250,00 schade",
        "lantaarnpaal 123456",
        "melding SIG-123456782",
        "zaak 123456789",
        "FR91ABNA0417164301",
        "1013 AB Amsterdam",
        "1013AB Amsterdam",
        "huisnummers 12 tot 14, 3 hoog",
        "trein van 10 uur 15 min 5",
        "volg @buurt op straat",
        "WhatsApp groep A2-b",
    ],
)
def test_what_is_not_private_stays(public: str) -> None:
    """Public numbers, times, amounts, references, postal codes and numbers that fail their check."""
    assert _hidden(public) == []


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("kenteken eindigt op TX-9, grijs", "TX-9"),
        ("Pools kenteken WX 4821K reed weg", "WX 4821K"),
        ("plate starting with KT-551", "KT-551"),
    ],
)
def test_partial_and_foreign_plates_are_known_by_the_word_before_them(text: str, plate: str) -> None:
    """Without the word they would be any code."""
    assert _hidden(text) == [("plate", plate)]
    assert _hidden(text.replace("kenteken", "code").replace("plate", "code")) == []


def test_an_iban_does_not_take_the_next_word_along() -> None:
    """Words of four letters look like more of the account."""
    assert _hidden("NL91 ABNA 0417 1643 00 voor mijn huur") == [("iban", "NL91 ABNA 0417 1643 00")]


def test_placeholders_say_what_was_there() -> None:
    """The rest of the text stays as it was, offsets are those of the original."""
    text = "Café: bel 06-12345678 of mail 😀 a@b.example"
    redactions = find(fold(text))
    assert apply(text, redactions) == "Café: bel [telefoonnummer] of mail 😀 [e-mailadres]"


def test_more_than_an_event_holds_hides_the_rest() -> None:
    """Nothing leaks because there is too much of it."""
    text = "a@b.nl " * (LIMIT + 20) + "and the end"
    redactions = find(fold(text))
    assert len(redactions) == LIMIT
    assert redactions[-1].end == len(text)
    assert "@" not in apply(text, redactions)


def test_more_candidates_than_are_looked_at_hide_the_rest() -> None:
    """Whoever writes a thousand things that are nearly private does not slip one past."""
    text = "BE68 5390 0754 7035, " * (CANDIDATES + 1) + "en dan NL91 ABNA 0417 1643 00"
    assert apply(text, find(fold(text))).endswith(PLACEHOLDERS["iban"])


def test_a_redacted_text_is_the_text_with_placeholders() -> None:
    """Offsets are those of the original, whatever letters stand before what is hidden."""
    assert redacted("Café 😀: bel Zoë Jansen, 06-12345678.") == "Café 😀: bel [naam], [telefoonnummer]."


def test_a_public_text_fits_in_an_event() -> None:
    """Placeholders can be longer than what they hide."""
    text = ("0612345678 " * 95 + "x" * TEXT_LIMIT)[:TEXT_LIMIT]
    public = apply(text, find(fold(text)))
    assert len(public) > TEXT_LIMIT
    assert len(bounded(public)) == TEXT_LIMIT
    assert bounded("short") == "short"


PARTS = st.sampled_from(
    [
        "Anja ",
        "buurman Henk",
        "mevrouw de Wit",
        "J.P. van den Berg",
        "Kerkstraat 12",
        "nr 40",
        "@kev_020",
        "insta: kev_020",
        "kat Max",
        "\n",
        "\u0301",
        "06-12345678",
        "NL91ABNA0417164300",
        "84-ZPL-2",
        "a@b.example",
        "123456782",
        "+31",
        "kenteken",
        "é",
        "😀",
        "-",
        " ",
    ]
)


WORDS = st.sampled_from(
    ["zijn insta is", "kent.", "op naam van", "mijn zoon", "is", "BSN", "rekeningnummer", "groet,", "Roos"]
)


@given(st.lists(st.one_of(PARTS, st.text(max_size=5)), max_size=40).map("".join))
def test_redactions_are_in_order_inside_the_text_and_apart(text: str) -> None:
    """Whatever the text, spans are valid, and hiding twice finds nothing new inside what was hidden."""
    redactions = find(fold(text))
    ends = [0, *(one.end for one in redactions)]
    assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, redactions, strict=False))
    assert all(one.kind in PLACEHOLDERS for one in redactions)
    assert len(redactions) <= LIMIT


@given(st.lists(st.one_of(PARTS, WORDS), max_size=30).map(" ".join))
def test_hiding_again_leaves_the_placeholders(text: str) -> None:
    """What was moderated before may be moderated again."""
    public = apply(text, find(fold(text)))
    placeholders = [match.span() for match in re.finditer(r"\[[a-z-]+\]", public)]
    again = [(one.start, one.end) for one in find(fold(public))]
    assert not any(start < last and first < end for start, end in again for first, last in placeholders)


def test_every_placeholder_is_safe_from_redaction() -> None:
    """A text that was moderated before is not changed again."""
    text = " ".join(PLACEHOLDERS.values())
    assert find(fold(text)) == ()
    assert Redaction(kind="phone", start=0, end=1).kind in PLACEHOLDERS


@pytest.mark.parametrize("text", ["kat Maxkat Max ", "It was Shaz ", "Max "])
def test_a_text_may_end_in_a_space_behind_a_name(text: str) -> None:
    """There is no word behind it that could tell whether it is one."""
    assert all(one.end <= len(text) for one in find(fold(text)))

"""The line of words, and the way back from it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_moderation.disguise import Plain
from buurtsein_moderation.reading import Reading
from buurtsein_moderation.text import normalise
from buurtsein_moderation.words import line, marked, read, spans


def _line(text: str) -> str:
    return line(read(marked(normalise(text).text)))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Get  lost, now", " get lost now "),
        ("Gone. Why? Help!", " gone . why ? help . "),
        ("first\nsecond", " first . second "),
        ("the auto's of John's", " the auto s of john s "),
        ("don't, z'n 'quoted' words", " dont zn quoted words "),
        ("www.example.org costs 1,50", " www example org costs 1 50 "),
        ("25% off", " 25 % off "),
        ("Bij dhr. Jansen, nr. 5", " bij dhr jansen nr 5 "),
        ("well... yes", " well yes "),
        ("", "  "),
    ],
)
def test_words_stand_between_single_spaces(written: str, expected: str) -> None:
    """Ends of sentences are words, other marks part words, and apostrophes are not there."""
    assert _line(written) == expected


@given(st.text(alphabet=st.sampled_from("ab1é'%.?! \n,-\u0301😀"), max_size=120))
def test_every_word_of_the_line_has_its_place(text: str) -> None:
    """Words and their places are found in two ways, which must agree."""
    marks = marked(normalise(text).text)
    assert [word.split() for word in read(marks)] == [read(marks[start:end]) for start, end in spans(marks)]


@given(st.text(alphabet=st.sampled_from("ab1é'%.?! \n,-\u0301😀"), min_size=1, max_size=120))
def test_a_word_leads_back_to_characters_of_the_original(text: str) -> None:
    """Inside the text, in order and not empty."""
    reading = Reading(normalise(text))
    places = [reading.original(at, at + 1) for at in range(len(reading.words))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


def test_plain_words_take_the_place_of_what_was_disguised() -> None:
    """And lead back to all that they were written with."""
    text = "you f 0 0 l, really"
    reading = Reading(normalise(text), [Plain(4, 11, "fool")])
    assert reading.line == " you fool really "
    start, end = reading.original(1, 2)
    assert text[start:end] == "f 0 0 l"


def test_words_of_the_line_lead_back_to_their_places() -> None:
    """From where they stand in the line."""
    reading = Reading(normalise("Gone. Why not?"))
    assert reading.line == " gone . why not ? "
    assert reading.place_in_line(8, 15) == (2, 4)


def test_clauses_end_at_pauses_and_conjunctions() -> None:
    """And with their sentence."""
    reading = Reading(normalise("I was there, he left because it rained. Good"))
    ends = [0, *reading.clauses, len(reading.words)]
    clauses = [" ".join(reading.words[start:end]) for start, end in pairwise(ends)]
    assert clauses == ["i was there", "he left", "because it rained", ". good"]

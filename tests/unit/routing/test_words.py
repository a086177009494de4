"""Groups of words, found as people write them."""

import pytest

from buurtsein_routing.words import WordGroups, alike, content_words, normalised

GROUPS = WordGroups({"g": ["lift", "*deur", "lekt*", "*lamp*", "in de fik", "coördinator", "don't share"]})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("De LIFT is stuk", ("lift",)),
        ("een liftster", ()),
        ("voordeur en deur", ("voordeur", "deur")),
        ("deurbel", ()),
        ("het lekte, lekt nog", ("lekte", "lekt")),
        ("straatlampen uit, lamp aan", ("straatlampen", "lamp")),
        ("staat in  de\nfik!", ("in de fik",)),
        ("Beste Coördinator", ("coordinator",)),
        ("beste coordinator", ("coordinator",)),
        ("please don’t share", ("don't share",)),
        ("lift lift", ("lift",)),
        ("", ()),
    ],
)
def test_a_word_is_found_whole_whatever_its_capitals_and_accents(text: str, found: tuple[str, ...]) -> None:
    """A star stands for further letters, a space for any white space."""
    assert GROUPS.found("g", normalised(text)) == found
    assert GROUPS.holds("g", normalised(text)) == bool(found)


def test_content_words_leave_out_the_commonest_and_the_shortest() -> None:
    """What is left tells one event from another."""
    assert content_words("Er is weer een FIETS gestolen, 112 is gebeld") == {"fiets", "gestolen"}


@pytest.mark.parametrize(
    ("one", "other", "share"), [({1, 2}, {2, 3}, 1 / 3), ({1}, {1}, 1), (set(), set(), 0), ({1}, set(), 0)]
)
def test_alike_is_the_share_of_marks_in_common(one: set[int], other: set[int], share: float) -> None:
    """Two empty texts have nothing in common."""
    assert alike(frozenset(one), frozenset(other)) == pytest.approx(share)


def test_a_hostile_text_takes_no_time() -> None:
    """The longest text of one letter, and one of endless near misses, are searched at once."""
    for text in ("a" * 4000, "lamplam" * 570, "in de " * 660):
        assert isinstance(GROUPS.found("g", normalised(text)), tuple)

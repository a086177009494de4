"""Groups of words, found as people write them."""

import pytest

from buurtsein_routing.words import WordGroups, alike, content_words, normalised

GROUPS = WordGroups(
    {"g": ["lift", "*deur", "lekt*", "*lamp*", "in de fik", "coördinator", "don't share", "naar binnen klim*"]}
)
TWO = WordGroups({"heat": ["brand*", "brand"], "fire": ["brand", "in brand"]})


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
        ("please don’t share", ("don t share",)),
        ("share, don't", ()),
        ("staat in de fikse zon", ()),
        ("naar binnen, klimmend", ("naar binnen klimmend",)),
        ("lift lift", ("lift",)),
        ("", ()),
    ],
)
def test_a_word_is_found_whole_whatever_its_capitals_and_accents(text: str, found: tuple[str, ...]) -> None:
    """A star stands for further letters, a space for whatever is between two words."""
    assert GROUPS.spoken(normalised(text)) == ({"g": found} if found else {})


def test_a_word_can_be_of_several_groups() -> None:
    """Each group names it once."""
    assert TWO.spoken("in brand gestoken, brand") == {"heat": ("brand",), "fire": ("in brand", "brand")}


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
        assert len(GROUPS.spoken(normalised(text))) <= 1

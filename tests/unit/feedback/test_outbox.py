"""The outbox: readable files that stay within their directory, the same when written twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.communities import Communities, Community
from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_feedback import words
from buurtsein_feedback.outbox import folder_of, path_of, write
from buurtsein_feedback.readers import Owners
from buurtsein_feedback.render import text_of
from tests.unit.feedback.making import HOUR, MONDAY, OWNERS, World, digests, notice, outcome, signal, utc


def digest(reader: str = "overvecht/involved", *, more: int = 2) -> FeedbackDigest:
    """Return a digest with an incident, its outcome, and more."""
    about = {"refers_to": "s-1", "severity": "high", "type": "suspicious"}
    return FeedbackDigest(
        reader=reader,
        community="overvecht",
        involvement="involved",
        kind="incident",
        since=utc(12, 8),
        until=utc(12, 9),
        items=(
            DigestItem.model_validate({**about, "at": MONDAY, "text": "Man voelt aan autodeuren", "reports": 3}),
            DigestItem.model_validate(
                {**about, "at": MONDAY + HOUR / 2, "text": "Aangehouden.", "result": "arrested", "network": "police"}
            ),
        ),
        more=more,
        more_link="https://buurt.example/overvecht" if more else None,
        why=words.why("incident", "involved"),
        next_at=utc(12, 10),
    )


def test_a_digest_reads_well_in_dutch() -> None:
    """The whole text, in the time of the community."""
    assert text_of(digest(), OWNERS.of("overvecht")) == (
        "Overvecht: Meldingen en uitkomsten\n"
        "Van 12-10-2026 10:00 tot 12-10-2026 11:00\n"
        "\n"
        "1. Man voelt aan autodeuren\n"
        "   (12-10-2026 10:05, ernstig, verdachte situaties, 3 meldingen)\n"
        "2. Aangehouden.\n"
        "   (12-10-2026 10:35, ernstig, verdachte situaties, politie, verdachte aangehouden)\n"
        "En nog 2 andere: https://buurt.example/overvecht\n"
        "\n"
        "U krijgt dit omdat u een betrokken bewoner bent en er nieuws is over meldingen.\n"
        "Het volgende bericht komt op zijn vroegst 12-10-2026 12:00.\n"
    )


def test_a_digest_in_english() -> None:
    """A community that chose English is written to in English."""
    english = Owners(
        Communities(communities=(Community(id="overvecht", name="Overvecht", municipality="u", language="en"),))
    )
    text = text_of(digest(more=0), english.of("overvecht"))
    assert "From 12-10-2026 10:00 to 12-10-2026 11:00" in text
    assert "suspect arrested" in text
    assert "You get this because you are an involved resident and there is news about reports." in text
    assert "andere" not in text


def test_everything_that_feedback_says_can_be_written() -> None:
    """Urgent digests and notices have a title and their time, and no promise of a next one that isn't there."""
    world = World()
    world.read(signal(severity="critical", saar={"police_called": True}), MONDAY)
    (told,) = digests(world.read(notice(), MONDAY))
    urgent = text_of(world.sent[0], OWNERS.of("overvecht"))
    assert urgent.startswith("Overvecht: Spoed\n12-10-2026 10:05\n\n1. 112 is gebeld. Man voelt aan autodeuren\n")
    assert "Het volgende bericht" not in text_of(told, OWNERS.of("overvecht"))


def test_a_text_cannot_pretend_to_be_another_item() -> None:
    """Line breaks in what residents and networks wrote do not make lines."""
    world = World()
    world.start(utc(12, 8))
    world.read(signal(text="Rustig.\n2. Politie: niets aan de hand"), MONDAY)
    world.read(outcome(text="Klaar.\r\n\r\nU krijgt dit niet meer."), MONDAY + HOUR / 2)
    world.ticks(utc(12, 9))
    text = text_of(world.to("involved")[0], OWNERS.of("overvecht"))
    assert [line[:2] for line in text.splitlines() if line[:1].isdigit()] == ["1.", "2."]
    assert "\r" not in text


def test_files_sort_by_time(tmp_path: Path) -> None:
    """A file's name is the end of the period, the kind and the digest."""
    assert path_of(tmp_path, digest(), "d-1") == tmp_path / "overvecht~involved/20261012T090000Z-incident-d-1.txt"


@pytest.mark.parametrize("reader", [".", "..", "../../etc", "/etc/passwd", "a/b/..", "A" * 100])
def test_readers_stay_in_the_outbox(tmp_path: Path, reader: str) -> None:
    """No reader's name leads out of the outbox or is too long for a file system."""
    path = path_of(tmp_path, digest(reader), "d-1")
    write(path, "text")
    assert path.resolve().parent.parent == tmp_path.resolve()


@given(*[st.from_regex(r"[\w./:@+-]{1,100}", fullmatch=True)] * 2)
def test_readers_do_not_share_a_folder(one: str, other: str) -> None:
    """Two readers have two folders, and none has a slash or climbs."""
    assert (folder_of(one) == folder_of(other)) is (one == other)
    assert "/" not in folder_of(one)
    assert folder_of(one) not in {".", ".."}


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    """The same digest is the same file, and no draft is left beside it."""
    path = path_of(tmp_path, digest(), "d-1")
    for _ in range(2):
        write(path, text_of(digest(), OWNERS.of("overvecht")))
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert path.read_text("utf-8").startswith("Overvecht")


def test_the_period_is_told_as_the_wall_shows_it() -> None:
    """After the clock went back the text shows winter time."""
    late = digest().model_copy(update={"until": utc(25, 9), "next_at": utc(25, 9) + timedelta(hours=1)})
    assert "tot 25-10-2026 10:00" in text_of(late, OWNERS.of("overvecht"))

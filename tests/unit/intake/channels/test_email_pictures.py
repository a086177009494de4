"""Which attachments of an e-mail are photos of what happened."""

import pytest

from buurtsein_intake.channels.email_mime import pictures_of, read
from buurtsein_intake.channels.message import WITHOUT_WORDS
from tests.unit.intake.channels.mails import post, report, written
from tests.unit.intake.fakes import World, reports
from tests.unit.intake.photos.pictures import SECRET, annotated_png, annotated_webp, camera_photo


async def test_a_picture_alone_is_a_report() -> None:
    """With the picture as its photo, of which nothing but its pixels is kept."""
    world, mail = World(), written("")
    mail.add_attachment(camera_photo(), maintype="image", subtype="jpeg", filename="Joke.jpg")
    await post(world, mail)
    [found] = reports(world)
    assert (found.text, len(found.photos)) == (WITHOUT_WORDS, 1)
    assert SECRET not in (await world.photos.read(found.photos[0]) or SECRET)


async def test_what_is_no_photo_costs_no_report() -> None:
    """Whatever it says it is."""
    mail = written()
    mail.add_attachment(b"<svg/>", maintype="image", subtype="jpeg", filename="x.jpg")
    assert (await report(mail)).photos == ()


@pytest.mark.parametrize(
    ("kind", "content", "taken"),
    [
        ("image/png", annotated_png(), True),
        ("image/heic", b"some kind of picture", True),
        ("application/octet-stream", camera_photo(), True),
        ("application/pdf", annotated_webp(), True),
        ("application/octet-stream", b"data", False),
        ("text/plain", b"text", False),
    ],
)
def test_a_picture_is_known_by_its_bytes_or_by_its_kind(kind: str, content: bytes, *, taken: bool) -> None:
    """Phones send photos as data of any kind; what else is attached does not count."""
    mail = written()
    mail.add_attachment(content, *kind.split("/"), filename="x")
    assert pictures_of(read(mail.as_bytes())) == ((content,) if taken else ())


@pytest.mark.parametrize(
    ("size", "disposition", "taken"), [(99, "inline", 0), (99, "attachment", 1), (20000, "inline", 1)]
)
def test_the_logo_of_a_signature_is_no_picture_of_what_happened(size: int, disposition: str, taken: int) -> None:
    """It is small and stands within the text; photos that do are larger."""
    mail = written()
    mail.add_attachment(b"x" * size, "image", "png", cid="<1@x>", disposition=disposition)
    assert len(pictures_of(read(mail.as_bytes()))) == taken


def test_of_many_pictures_the_five_largest_are_taken_in_their_order() -> None:
    """Each once."""
    mail = written()
    for size in (3, 9, 1, 5, 7, 9, 2, 8):
        mail.add_attachment(b"x" * size, "image", "png")
    assert [len(each) for each in pictures_of(read(mail.as_bytes()))] == [3, 9, 5, 7, 8]

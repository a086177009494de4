"""What remains of a photo: its pixels, and nothing else that its file held."""

import io

import pytest
from PIL import Image

from buurtsein_intake.photos.picture import SIDE, NoPhotoError, TooManyPixelsError, plain
from tests.unit.intake.photos.pictures import (
    SECRET,
    annotated_png,
    annotated_webp,
    bomb,
    camera_photo,
    encoded,
    picture,
)


def opened(photo: bytes) -> Image.Image:
    """Return a photo as an image."""
    return Image.open(io.BytesIO(photo))


def segments(photo: bytes) -> list[int]:
    """Return the markers of a JPEG's segments before its scan."""
    found, at = [], 2
    while photo[at + 1] != 0xDA:
        found.append(photo[at + 1])
        at += 2 + int.from_bytes(photo[at + 2 : at + 4])
    return found


@pytest.mark.parametrize("photo", [camera_photo(), annotated_png(), annotated_webp()], ids=["jpeg", "png", "webp"])
def test_nothing_but_pixels_remains(photo: bytes) -> None:
    """No EXIF, place, XMP, profile, comment or thumbnail; of the segments of a JPEG only what it needs."""
    assert SECRET in photo
    made = plain(photo)
    assert SECRET not in made
    assert set(segments(made)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert not opened(made).getexif()
    assert made.endswith(b"\xff\xd9")
    assert made.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize(
    ("orientation", "size", "reds"), [(1, (40, 20), (2, 10)), (6, (20, 40), (10, 2)), (3, (40, 20), (37, 10))]
)
def test_a_photo_is_upright(orientation: int, size: tuple[int, int], reds: tuple[int, int]) -> None:
    """As the camera was held, which only its metadata said."""
    made = opened(plain(camera_photo(orientation)))
    red, _, blue = made.convert("RGB").getpixel(reds)  # type: ignore[misc]
    assert (made.size, red > 200, blue < 50) == (size, True, True)


@pytest.mark.parametrize("size", [(5000, 1000), (1000, 5000)])
def test_a_large_photo_is_made_smaller(size: tuple[int, int]) -> None:
    """Its longest side is bounded, its proportions stay."""
    made = opened(plain(encoded(picture(size), "JPEG")))
    assert max(made.size) == SIDE
    assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.01)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixels_is_taken(mode: str) -> None:
    """Grey, palettes, transparency, print colours."""
    image = picture().convert("L").convert(mode) if mode == "I;16" else picture(mode=mode)
    made = opened(plain(encoded(image, "JPEG" if mode == "CMYK" else "PNG")))
    assert (made.mode, made.size) == ("RGB", (40, 20))


def test_what_is_transparent_becomes_white() -> None:
    """And not whatever colour lies below it."""
    made = opened(plain(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG")))
    assert min(made.getpixel((4, 4))) > 250  # type: ignore[arg-type]


def test_the_same_photo_makes_the_same_picture() -> None:
    """So that its hash says which photo it is, whatever else the file held."""
    assert plain(camera_photo()) == plain(encoded(picture(), "JPEG"))


def test_of_several_frames_the_first_remains() -> None:
    """An animation is no photo."""
    moving = encoded(picture(), "WEBP", save_all=True, append_images=[Image.new("RGB", (40, 20))] * 3, lossless=True)
    made = opened(plain(moving))
    assert getattr(made, "n_frames", 1) == 1
    assert made.getpixel((2, 10))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("size", [(60_000, 60_000), (1_000_000, 51), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    """Few bytes may stand for very many pixels."""
    with pytest.raises(TooManyPixelsError):
        plain(bomb(*size))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        encoded(picture(), "GIF"),
        encoded(picture(), "TIFF"),
        camera_photo()[:400],
        b"\xff\xd8\xff\xe0" + b"\0" * 50,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"RIFF\x10\0\0\0WEBPVP8 ",
        bomb(50, 50),
    ],
)
def test_what_is_no_whole_photo_is_refused(content: bytes) -> None:
    """Whatever it says that it is."""
    with pytest.raises(NoPhotoError):
        plain(content)

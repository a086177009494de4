"""A photo of anyone's as a plain picture: what can be seen of it, and nothing else that the file held.

Run as a process of its own (`python -m`): a photo on standard input, the picture on standard output. Decoders are where
hostile files do harm; here they have no secrets, a bounded memory and time, and can be ended at any moment.
"""

import contextlib
import io
import resource
import sys
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS: Final = ("JPEG", "PNG", "WEBP")
SIDE: Final = 2048
"""Pixels of the longest side that is kept."""

PIXELS: Final = 50_000_000
"""Pixels of a photo that is taken, which is more than phones make."""

TOO_MANY_PIXELS: Final = 4
NO_PHOTO: Final = 5

_QUALITY: Final = 85
_MEMORY: Final = 1024**3
_SECONDS: Final = 15
_WHITE: Final = (255, 255, 255)


class TooManyPixelsError(ValueError):
    """Raised for a photo that would take too much memory."""


class NoPhotoError(ValueError):
    """Raised for bytes that are no whole photo."""


def plain(photo: bytes) -> bytes:
    """Return a photo as a JPEG of at most 2048 pixels a side, upright, of its pixels only.

    The kind of file is seen from the bytes. Of several frames it is the first. Raises `TooManyPixelsError` before
    anything is decoded, and `NoPhotoError` when the bytes are no whole JPEG, PNG or WebP.
    """
    try:
        with Image.open(io.BytesIO(photo), formats=FORMATS) as image:
            if image.width * image.height > PIXELS:
                raise TooManyPixelsError
            # A JPEG can be decoded at a fraction of its size, which takes a fraction of time and memory.
            image.draft("RGB", (SIDE, SIDE))
            return _encoded(_opaque(image))
    except Image.DecompressionBombError as error:
        raise TooManyPixelsError from error
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError) as error:
        raise NoPhotoError from error


def _opaque(image: Image.Image) -> Image.Image:
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(image)
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    layered = upright.convert("RGBA")
    paper = Image.new("RGBA", layered.size, (*_WHITE, 255))
    return Image.alpha_composite(paper, layered).convert("RGB")


def _encoded(image: Image.Image) -> bytes:
    # A new image of the same pixels: what an image carries along, such as a profile or a comment, would be saved too.
    pixels = Image.frombytes("RGB", image.size, image.tobytes())
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def main() -> int:
    """Turn standard input into standard output; returns an exit code."""
    for limit, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        # Not every system can limit everything.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
    try:
        picture = plain(sys.stdin.buffer.read())
    except TooManyPixelsError:
        return TOO_MANY_PIXELS
    except (NoPhotoError, MemoryError):
        return NO_PHOTO
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Photos as cameras and others make them."""

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = b"geheim-7f3a"
"""Stands in every place of a file where something can be hidden."""

_MAKE, _ORIENTATION, _GPS, _LATITUDE = 0x010F, 0x0112, 0x8825, 2


def picture(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, (250, 0, 0))
    image.paste((0, 0, 250), (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def camera_exif(orientation: int = 1) -> Image.Exif:
    """Return what a camera says about where and with what a photo was taken."""
    exif = Image.Exif()
    exif[_MAKE] = SECRET.decode()
    exif[_ORIENTATION] = orientation
    exif.get_ifd(_GPS).update({1: "N", _LATITUDE: (52.0, 22.0, 5.5), 29: SECRET.decode()})
    return exif


def camera_photo(orientation: int = 1) -> bytes:
    """Return a JPEG with a secret in EXIF and GPS, XMP, a profile, a comment, a thumbnail and after its end."""
    photo = encoded(
        picture(),
        "JPEG",
        exif=camera_exif(orientation).tobytes() + thumbnail(),
        xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
        icc_profile=b"profile " + SECRET,
        comment=SECRET,
    )
    return photo + b"trailer " + SECRET


def thumbnail() -> bytes:
    """Return a small picture with a secret, as EXIF holds one."""
    return encoded(picture((8, 8)), "JPEG", comment=SECRET)


def annotated_png() -> bytes:
    """Return a PNG with a secret in its texts, its EXIF and a chunk of its own."""
    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=False)
    info.add(b"prVt", SECRET)
    return encoded(picture(), "PNG", pnginfo=info, exif=camera_exif(), icc_profile=b"profile " + SECRET)


def annotated_webp() -> bytes:
    """Return a WebP with a secret in its EXIF, XMP and profile."""
    return encoded(picture(), "WEBP", exif=camera_exif(), xmp=SECRET, icc_profile=b"profile " + SECRET)


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a PNG of few bytes that says that it has very many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0" * 99)) + _chunk(b"IEND")


def _chunk(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

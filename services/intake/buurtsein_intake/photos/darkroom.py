"""Makes photos plain in processes of their own: few at once, each within a time."""

import asyncio
import sys
from typing import Final

from buurtsein_intake.photos import picture
from buurtsein_runtime.problems import Problem, Refused

_COMMAND: Final = (sys.executable, "-m", picture.__name__)
_AT_ONCE: Final = 2


class Darkroom:
    """Makes photos plain; each may take `seconds`."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def plain(self, photo: bytes) -> bytes:
        """Return the picture of a photo (see `picture.plain`).

        Raises `Refused` (413, 415) when it is none or one that takes too much.
        """
        async with self._free:
            return await self._process(photo)

    async def _process(self, photo: bytes) -> bytes:
        # Without our environment, so without our secrets.
        process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
        )
        try:
            async with asyncio.timeout(self._seconds):
                made, _ = await process.communicate(photo)
        except TimeoutError as error:
            raise Refused(TOO_BIG) from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == picture.TOO_MANY_PIXELS:
            raise Refused(TOO_BIG)
        if process.returncode or not made:
            raise Refused(NO_PHOTO)
        return made


TOO_BIG: Final = Problem(
    413,
    "too-large",
    "The photo is too large",
    f"At most {picture.PIXELS // 1_000_000} million pixels are taken; send a smaller version of it.",
)


NO_PHOTO: Final = Problem(
    415,
    "not-a-photo",
    "This is not a photo that can be read",
    f"Send a whole {', '.join(picture.FORMATS)} file; save a photo of another kind (such as HEIC) as JPEG.",
    headers={"Accept-Post": "image/jpeg, image/png, image/webp, multipart/form-data"},
)

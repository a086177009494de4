"""Receipt codes in Redis, by keyed hashes, and a bound on guessing them."""

from typing import Final

from redis.asyncio import Redis

from buurtsein_intake.codes import Found
from buurtsein_intake.exchange import reaching
from buurtsein_intake.scripts import FIND_CODE
from buurtsein_runtime.problems import Problem, Refused

_WINDOW_SECONDS: Final = 60


class RedisCodes:
    """Looks codes up in Redis; of all callers together, so many `wrong` ones a minute are answered."""

    def __init__(self, redis: Redis, *, wrong: int, status_seconds: int) -> None:
        self._script = redis.register_script(FIND_CODE)
        self._wrong = wrong
        self._status_seconds = status_seconds

    async def find(self, name: str) -> Found | None:
        """Return the report of a code, nothing for a wrong one; who guesses makes everyone wait for a moment."""
        async with reaching():
            wait, found = await self._script(args=[name, self._wrong, _WINDOW_SECONDS, self._status_seconds])
        if wait:
            raise Refused(_too_many_wrong(wait))
        return Found(*found.split("|", 1)) if found else None


def _too_many_wrong(seconds: int) -> Problem:
    """Return the answer while there were too many wrong codes."""
    return Problem(
        429,
        "too-many-wrong-codes",
        "There were too many wrong codes",
        "Somebody may be guessing codes. Send the same request again after the time in Retry-After.",
        headers={"Retry-After": str(seconds), "Cache-Control": "no-store"},
    )

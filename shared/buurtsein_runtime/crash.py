"""To stop is to crash: nothing is held that a transaction doesn't keep, and the supervisor starts what ends."""

import os
from collections.abc import Awaitable
from typing import NoReturn

import structlog

EXIT_CRASH = 70

_LOG = structlog.get_logger()


def leave(reason: str, code: int = EXIT_CRASH) -> NoReturn:
    """End the process at once."""
    os.write(2, f"worker leaves: {reason}\n".encode())
    os._exit(code)


async def or_leave(work: Awaitable[None]) -> None:
    """Do the work, or end the process with it half done: then nothing of it was committed, and it is done again."""
    try:
        await work
    except Exception as error:
        _LOG.exception("crash")
        leave(repr(error))

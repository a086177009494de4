"""How clients reach intake: a request, and an answer or none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, NamedTuple, Protocol

import aiohttp

from buurtsein_platform.fault.reports import Submission

_HEADERS: Final = {"Authorization": "Bearer local-demo-key", "Content-Type": "application/json"}


class Answer(NamedTuple):
    """What intake answered."""

    status: int
    body: bytes


class Post(Protocol):
    """Sends one request."""

    async def __call__(self, submission: Submission, seconds: float) -> Answer | None:
        """Return the answer, None when there is none in time or the connection broke."""
        ...


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Post]:
    """Keep connections to intake for the time of the block."""
    async with aiohttp.ClientSession(url, headers=_HEADERS, connector=aiohttp.TCPConnector(limit=0)) as session:

        async def post(submission: Submission, seconds: float) -> Answer | None:
            """Send one request."""
            headers = {"Idempotency-Key": f'"{submission.key}"'}
            limit = aiohttp.ClientTimeout(total=seconds)
            try:
                async with session.post(
                    submission.path, data=submission.body, headers=headers, timeout=limit
                ) as answer:
                    return Answer(answer.status, await answer.read())
            except (aiohttp.ClientError, TimeoutError, OSError):
                return None

        yield post

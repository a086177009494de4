"""Clients that try again with the same key until each of their reports is accepted, and sometimes after that."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from random import Random
from typing import Final

from pydantic import BaseModel

from buurtsein_platform.fault.http import Post
from buurtsein_platform.fault.reports import Submission, outcome

_AGAIN: Final = frozenset({409, 429, 500, 502, 503, 504})
_CLIENTS: Final = 32
_GIVE_UP_SECONDS: Final = 240.0
_LONG, _SHORT = 10.0, 0.03
"""Seconds that a client waits for an answer, and that an impatient one does: its answer is lost, not its report."""

_IMPATIENT, _REPEATS, _OUTCOMES = 0.03, 0.05, 0.04
"""Of all requests: those sent by an impatient client, those sent again although they were accepted, outcomes."""


Connect = Callable[[], AbstractAsyncContextManager[Post]]
"""Opens connections to intake."""


class _Receipt(BaseModel):
    reference: str | None = None
    id: str | None = None

    @property
    def given(self) -> str:
        return self.reference or self.id or ""


@dataclass(slots=True)
class Books:
    """What the clients know: the reference of each accepted report, and what should not have been."""

    accepted: dict[str, str] = field(default_factory=dict)
    outcomes: int = 0
    attempts: int = 0
    retries: int = 0
    repeats: int = 0
    problems: list[str] = field(default_factory=list)


class Clients:
    """Some tens of clients at once; `accepted` is told of every report that is new to them."""

    def __init__(self, connect: Connect, seed: int, accepted: Callable[[], None]) -> None:
        self.books = Books()
        self._connect = connect
        self._random = Random(f"clients {seed}")  # noqa: S311
        self._accepted = accepted

    async def send(self, reports: Sequence[Submission], left: Callable[[], float]) -> None:
        """Send the reports, spread over the seconds that are `left` as long as the platform keeps up."""
        waiting: asyncio.Queue[Submission | None] = asyncio.Queue(maxsize=_CLIENTS)
        async with self._connect() as post, asyncio.TaskGroup() as tasks:
            for _ in range(_CLIENTS):
                tasks.create_task(self._work(post, waiting))
            await _pace(reports, left, waiting)

    async def _work(self, post: Post, waiting: "asyncio.Queue[Submission | None]") -> None:
        while report := await waiting.get():
            reference = await self._deliver(post, report)
            if reference is None:
                continue
            self.books.accepted[report.key] = reference
            self._accepted()
            if self._random.random() < _REPEATS:
                await self._repeat(post, report, reference)
            if self._random.random() < _OUTCOMES:
                self.books.outcomes += await self._deliver(post, outcome(report, reference, self._random)) is not None

    async def _repeat(self, post: Post, report: Submission, reference: str) -> None:
        self.books.repeats += 1
        again = await self._deliver(post, report)
        if again != reference:
            self.books.problems.append(f"{report.key} was accepted as {reference} and then as {again}")

    async def _deliver(self, post: Post, submission: Submission) -> str | None:
        """Return the reference given, None when it was refused for good or for too long."""
        pause, until = 0.1, time.monotonic() + _GIVE_UP_SECONDS
        while time.monotonic() < until:
            self.books.attempts += 1
            answer = await post(submission, _SHORT if self._random.random() < _IMPATIENT else _LONG)
            if answer and answer.status == 202:
                return _Receipt.model_validate_json(answer.body).given
            if answer and answer.status not in _AGAIN:
                said = answer.body[:300].decode("utf-8", "replace")
                self.books.problems.append(f"{submission.key}: {answer.status} {said}")
                return None
            self.books.retries += 1
            await asyncio.sleep(pause * self._random.uniform(0.5, 1.5))
            pause = min(pause * 2, 2.0)
        self.books.problems.append(f"{submission.key} was not accepted within {_GIVE_UP_SECONDS:.0f} s")
        return None


async def _pace(
    reports: Sequence[Submission], left: Callable[[], float], waiting: "asyncio.Queue[Submission | None]"
) -> None:
    for number, report in enumerate(reports):
        await asyncio.sleep(max(left(), 0.0) / (len(reports) - number))
        await waiting.put(report)
    for _ in range(_CLIENTS):
        await waiting.put(None)

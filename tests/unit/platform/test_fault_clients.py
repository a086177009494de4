"""The clients of the fault suite: they don't give up, and they notice an answer that should not be."""

import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from buurtsein_platform.fault.clients import Clients
from buurtsein_platform.fault.http import Answer, Post
from buurtsein_platform.fault.reports import Submission, reports

Rule = Callable[[Submission, int], Answer | None]


class Intake:
    """Answers by a rule that is given each request and how often its key was seen before."""

    def __init__(self, rule: Rule) -> None:
        self.seen: dict[str, list[bytes]] = {}
        self._rule = rule

    async def __call__(self, submission: Submission, seconds: float) -> Answer | None:  # noqa: ARG002
        """Answer one request."""
        attempts = self.seen.setdefault(submission.key, [])
        attempts.append(submission.body)
        return self._rule(submission, len(attempts) - 1)


@asynccontextmanager
async def connected_to(intake: Intake) -> AsyncIterator[Post]:
    """Connect clients to an intake."""
    yield intake


def accept(submission: Submission, _: int) -> Answer:
    """Accept anything; the reference follows from the key, as a good intake does it."""
    name = "id" if submission.path == "/v1/outcomes" else "reference"
    return Answer(202, json.dumps({name: submission.key}).encode())


async def sent(rule: Rule, count: int = 40) -> tuple[Clients, Intake, int]:
    """Send reports to an intake; returns the clients, the intake and how many acceptances were told of."""
    intake, told = Intake(rule), 0

    def tell() -> None:
        nonlocal told
        told += 1

    clients = Clients(partial(connected_to, intake), 1, tell)
    await clients.send(tuple(reports(count, 1)), lambda: 0.0)
    return clients, intake, told


async def test_every_report_is_accepted_once_and_told_of() -> None:
    """Repeats of what was accepted are counted and tell nobody anything."""
    clients, intake, told = await sent(accept, 200)
    assert (len(clients.books.accepted), told, clients.books.problems) == (200, 200, [])
    assert clients.books.repeats > 0
    assert clients.books.outcomes == len([key for key in intake.seen if "outcome" in key]) > 0


async def test_an_attempt_that_failed_is_made_again_unchanged() -> None:
    """After 503, 409 and a connection that broke, the same key and body are sent again."""

    def stumble(submission: Submission, attempt: int) -> Answer | None:
        return (None, Answer(503, b""), Answer(409, b""), accept(submission, attempt))[min(attempt, 3)]

    clients, intake, _ = await sent(stumble, 10)
    assert len(clients.books.accepted) == 10
    assert clients.books.retries >= 30
    assert all(len(bodies) >= 4 and len(set(bodies)) == 1 for bodies in intake.seen.values())


async def test_a_refusal_is_a_problem_and_not_tried_again() -> None:
    """A client knows that the same request will be refused again."""
    clients, intake, told = await sent(lambda *_: Answer(422, b"text: too long"), 5)
    assert told == 0
    assert clients.books.problems[0] == "fault-1-0: 422 text: too long"
    assert {len(bodies) for bodies in intake.seen.values()} == {1}


async def test_another_reference_for_a_repeat_is_a_problem() -> None:
    """A retry that makes a second report is what must not be."""

    def forget(submission: Submission, attempt: int) -> Answer:
        return Answer(202, json.dumps({"reference": f"{submission.key}-{attempt}"}).encode())

    clients, _, _ = await sent(forget, 200)
    assert len(clients.books.problems) == clients.books.repeats > 0
    assert "and then as" in clients.books.problems[0]


async def test_reports_are_spread_over_the_time_that_is_left() -> None:
    """They end when it does, however it is counted."""
    begun = time.monotonic()
    clients = Clients(partial(connected_to, Intake(accept)), 1, lambda: None)
    await clients.send(tuple(reports(20, 1)), lambda: begun + 0.3 - time.monotonic())
    assert 0.25 < time.monotonic() - begun < 5

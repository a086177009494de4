"""The clients of the fault suite: they don't give up, and they notice an answer that should not be."""

import json
import time
from collections.abc import Callable

import httpx

from buurtsein_platform.fault.clients import Clients
from buurtsein_platform.fault.reports import reports

Answer = Callable[[httpx.Request, int], httpx.Response]


class Intake:
    """Answers by a rule that is given each request and how often its key was seen before."""

    def __init__(self, answer: Answer) -> None:
        self.seen: dict[str, list[bytes]] = {}
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        attempts = self.seen.setdefault(request.headers["Idempotency-Key"], [])
        attempts.append(request.content)
        return self._answer(request, len(attempts) - 1)


def accept(request: httpx.Request, _: int) -> httpx.Response:
    """Accept anything; the reference follows from the key, as a good intake does it."""
    reference = request.headers["Idempotency-Key"].strip('"')
    return httpx.Response(202, json={"id" if request.url.path == "/v1/outcomes" else "reference": reference})


async def sent(answer: Answer, count: int = 40) -> tuple[Clients, Intake, int]:
    """Send reports to an intake; returns the clients, the intake and how many acceptances were told of."""
    intake, told = Intake(answer), 0

    def tell() -> None:
        nonlocal told
        told += 1

    clients = Clients("http://intake", 1, tell, transport=httpx.MockTransport(intake))
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

    def stumble(request: httpx.Request, attempt: int) -> httpx.Response:
        if attempt == 0:
            raise httpx.ReadError("reset")
        return httpx.Response(503 if attempt == 1 else 409) if attempt < 3 else accept(request, attempt)

    clients, intake, _ = await sent(stumble, 10)
    assert len(clients.books.accepted) == 10
    assert clients.books.retries >= 30
    assert all(len(bodies) >= 4 and len(set(bodies)) == 1 for bodies in intake.seen.values())


async def test_a_refusal_is_a_problem_and_not_tried_again() -> None:
    """A client knows that the same request will be refused again."""
    clients, intake, told = await sent(lambda *_: httpx.Response(422, text="text: too long"), 5)
    assert told == 0
    assert clients.books.problems[0] == "fault-1-0: 422 text: too long"
    assert {len(bodies) for bodies in intake.seen.values()} == {1}


async def test_another_reference_for_a_repeat_is_a_problem() -> None:
    """A retry that makes a second report is what must not be."""

    def forget(request: httpx.Request, attempt: int) -> httpx.Response:
        reference = f"{request.headers['Idempotency-Key']}-{attempt}"
        return httpx.Response(202, content=json.dumps({"reference": reference}))

    clients, _, _ = await sent(forget, 200)
    assert len(clients.books.problems) == clients.books.repeats > 0
    assert "and then as" in clients.books.problems[0]


async def test_requests_say_who_they_are_from() -> None:
    """They carry the key of the local application and are JSON."""
    headers: list[httpx.Headers] = []

    def note(request: httpx.Request, attempt: int) -> httpx.Response:
        headers.append(request.headers)
        return accept(request, attempt)

    await sent(note, 1)
    assert headers[0]["Authorization"].startswith("Bearer ")
    assert headers[0]["Content-Type"] == "application/json"


async def test_reports_are_spread_over_the_time_that_is_left() -> None:
    """They end when it does, however it is counted."""
    begun = time.monotonic()
    clients = Clients("http://intake", 1, lambda: None, transport=httpx.MockTransport(Intake(accept)))
    await clients.send(tuple(reports(20, 1)), lambda: begun + 0.3 - time.monotonic())
    assert 0.25 < time.monotonic() - begun < 5

"""The demo's client does what a client must: the same key until the message is accepted."""

from collections.abc import Iterator

import httpx
import pytest

from buurtsein_platform.demo_client import KEY, IntakeClient
from buurtsein_platform.errors import PlatformError

Answer = httpx.Response | httpx.TransportError

ACCEPTED = httpx.Response(202, json={"reference": "r-1"})
LATER = {"Retry-After": "0"}


class Intake:
    """Answers requests in turn and keeps them."""

    def __init__(self, *answers: Answer) -> None:
        self._answers: Iterator[Answer] = iter(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Give the next answer."""
        self.requests.append(request)
        answer = next(self._answers)
        if isinstance(answer, httpx.TransportError):
            raise answer
        return answer


def client(intake: Intake, patience: float = 10.0) -> IntakeClient:
    """Return a client of an intake that is not really there."""
    return IntakeClient("http://intake.test", transport=httpx.MockTransport(intake), patience=patience, pause=0.0)


def test_an_accepted_message_is_sent_once_with_its_key() -> None:
    """The request carries the application's key and the message's."""
    intake = Intake(ACCEPTED)
    with client(intake) as sender:
        assert sender.post("/v1/reports", {"text": "x"}, key="week/wk-001") == {"reference": "r-1"}
    (request,) = intake.requests
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert request.headers["Idempotency-Key"] == '"week/wk-001"'
    assert sender.retries == 0


@pytest.mark.parametrize(
    "first",
    [
        httpx.Response(503, headers=LATER),
        httpx.Response(409, headers=LATER),
        httpx.Response(500, headers=LATER),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("no answer"),
    ],
)
def test_what_may_work_later_is_sent_again_unchanged(first: Answer) -> None:
    """Whether intake is down, busy with it or was killed over it: same key, same body."""
    intake = Intake(first, ACCEPTED)
    with client(intake) as sender:
        sender.post("/v1/reports", {"text": "x"}, key="k")
    one, two = intake.requests
    assert (one.content, one.headers["Idempotency-Key"]) == (two.content, two.headers["Idempotency-Key"])
    assert sender.retries == 1


def test_what_is_refused_is_not_sent_again() -> None:
    """A mistake in a message does not go away by itself."""
    intake = Intake(httpx.Response(422, text="the field text is missing"))
    with client(intake) as sender, pytest.raises(PlatformError, match="k was refused: 422 the field text is missing"):
        sender.post("/v1/reports", {}, key="k")
    assert len(intake.requests) == 1


def test_patience_ends() -> None:
    """A platform that stays down is said to be down."""
    intake = Intake(httpx.ConnectError("refused"), httpx.ConnectError("refused"))
    with client(intake, patience=-1.0) as sender, pytest.raises(PlatformError, match="nothing answers"):
        sender.post("/v1/reports", {}, key="k")

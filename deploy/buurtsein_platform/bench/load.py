"""An HTTP client that costs little: prepared requests over connections that stay open."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from buurtsein_platform.errors import PlatformError


@dataclass(slots=True)
class Answers:
    """What came back: how many by status, and for each request when it was sent and answered (POSIX seconds)."""

    statuses: Counter[int] = field(default_factory=Counter)
    sent: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    bodies: dict[int, bytes] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Return the time from the first request to the last answer."""
        return max(self.answered.values()) - min(self.sent.values())

    def accepted_per_second(self, status: int = 202) -> float:
        """Return the rate; raises `PlatformError` when a request was not accepted, which `status` says."""
        if set(self.statuses) != {status}:
            raise PlatformError(f"not everything was accepted: {dict(self.statuses)}")
        return len(self.answered) / self.seconds


def post(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Return a whole POST request."""
    parts = urlsplit(url)
    lines = {"Host": parts.netloc, "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {parts.path} HTTP/1.1\r\n{head}\r\n".encode() + body


async def send_all(
    url: str, requests: Sequence[bytes], *, connections: int = 32, per_second: float | None = None
) -> Answers:
    """Send every request, as fast as the connections allow or at a steady rate, and return the answers."""
    parts = urlsplit(url)
    answers, todo, loop = Answers(), iter(enumerate(requests)), asyncio.get_running_loop()
    begin = loop.time() + 0.1
    clients = [_Client(todo, answers, begin, per_second) for _ in range(connections)]
    for client in clients:
        await loop.create_connection(partial(_itself, client), parts.hostname or "", parts.port or 80)
    await asyncio.gather(*(client.done for client in clients))
    return answers


class _Client(asyncio.Protocol):
    def __init__(
        self, todo: Iterator[tuple[int, bytes]], answers: Answers, begin: float, per_second: float | None
    ) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._todo = todo
        self._answers = answers
        self._begin = begin
        self._per_second = per_second
        self._received = b""
        self._current = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if found and len(body) >= _length(head):
            self._note(int(head.split(None, 2)[1]), body)
            self._received = b""
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("the server closed the connection"))

    def _note(self, status: int, body: bytes) -> None:
        self._answers.statuses[status] += 1
        self._answers.answered[self._current] = time.time()
        self._answers.bodies[self._current] = body

    def _next(self) -> None:
        found = next(self._todo, None)
        if found is None:
            self.done.set_result(None)
            self._transport.close()
        elif self._per_second:
            at = self._begin + found[0] / self._per_second
            asyncio.get_running_loop().call_at(at, self._send, *found)
        else:
            self._send(*found)

    def _send(self, number: int, request: bytes) -> None:
        self._current = number
        self._answers.sent[number] = time.time()
        self._transport.write(request)  # type: ignore[attr-defined]


def _itself(client: _Client) -> _Client:
    return client


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise PlatformError("an answer without Content-Length")

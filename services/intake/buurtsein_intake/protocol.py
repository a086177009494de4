"""How requests arrive: uvicorn's protocol with bounds on the head of a request, so that no caller holds a connection.

The bounds on a body are those of `buurtsein_runtime.bodies`. Bytes that are no HTTP are answered as problems, too.
"""

import asyncio
from http import HTTPStatus
from typing import Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from buurtsein_runtime import problems
from buurtsein_runtime.problems import MEDIA_TYPE, Problem

HEAD_BYTES: Final = 32 * 1024
"""Bytes of a request's path and headers."""

HEADERS: Final = 100
"""How many headers a request may have."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection; each head on it is complete within `head_seconds`, or the connection ends."""

    head_seconds = 10.0

    _deadline: asyncio.TimerHandle | None = None
    _head = 0
    _refusal: Problem | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass bytes on, and wait for the rest of a head, or of a body that nobody reads any more."""
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._in_head():
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._refuse(problems.large_head(HEAD_BYTES, HEADERS))
        if self._in_head() or self.cycle.response_complete:
            self._wait()
        else:
            self._head = 0
            self._stop_waiting()

    def on_headers_complete(self) -> None:
        """Begin the request, unless its head is too large."""
        size = len(self.url) + sum([len(name) + len(value) for name, value in self.headers])
        if size > HEAD_BYTES or len(self.headers) > HEADERS:
            self._refusal = problems.large_head(HEAD_BYTES, HEADERS)
            raise ValueError("the head is too large")
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Answer what is no HTTP, or whatever else made the parser stop."""
        self._refuse(self._refusal or problems.no_http())

    def _in_head(self) -> bool:
        return self.cycle is None or "method" not in self.scope

    def _wait(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.head_seconds, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if self._head:
            self._refuse(problems.of_status(HTTPStatus.REQUEST_TIMEOUT))
        else:
            self.transport.close()

    def _refuse(self, problem: Problem) -> None:
        """End the connection, with an answer unless another one is under way."""
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            body = problem.body()
            own = ((b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body)))
            headers = (*self.server_state.default_headers, *own, (b"connection", b"close"))
            lines = b"".join(b"%b: %b\r\n" % header for header in headers)
            self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[problem.status], lines, body))
        self.transport.close()

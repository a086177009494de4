"""How requests arrive: uvicorn's protocol with bounds on time and size, so that no caller holds a connection.

How large a body may be is said where it is read. Bytes that are no HTTP are answered as problems, too.
"""

import asyncio
from http import HTTPStatus
from typing import Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from buurtsein_runtime import problems
from buurtsein_runtime.parser import SteadyParser
from buurtsein_runtime.problems import MEDIA_TYPE, Problem

HEAD_BYTES: Final = 32 * 1024
"""Bytes of a request's path and headers."""

HEADERS: Final = 100
"""How many headers a request may have."""

_BYTES_PER_SECOND: Final = 8 * 1024
"""How fast a body must be for more time: a photo over a bad connection is no attack."""

_LINGER_SECONDS: Final = 1.0
"""How long a caller that was refused has to read why (RFC 9112, section 9.6)."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection; each head and each body on it is complete within `seconds`, or the connection ends.

    A body that is fast enough has more time, as with Apache's RequestReadTimeout. A request that arrives whole costs
    nothing here.
    """

    seconds = 10.0
    parser: SteadyParser

    _deadline: asyncio.TimerHandle | None = None
    _since = 0.0
    _received = 0
    _refusal: Problem | None = None
    _ended = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self.parser = SteadyParser(self, self._head)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass bytes on, and wait for the rest of a request."""
        if self._ended:
            return
        super().data_received(data)
        if self._whole():
            self._stop_waiting()
        elif not self._ended and not self.transport.is_closing():
            self._received += len(data)
            self._wait()
            if self._in_head() and self._received > HEAD_BYTES:
                self._refuse(problems.large_head(HEAD_BYTES, HEADERS))

    def on_headers_complete(self) -> None:
        """Begin the request, unless its head is too large."""
        size = len(self.url) + sum([len(name) + len(value) for name, value in self.headers])
        if size > HEAD_BYTES or len(self.headers) > HEADERS:
            self._refusal = problems.large_head(HEAD_BYTES, HEADERS)
            raise ValueError("the head is too large")
        if self.parser.asks_for_upgrade:
            return
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End the request, unless it is read again as one that asks for no upgrade."""
        if not self.parser.asks_for_upgrade:
            super().on_message_complete()

    def _head(self) -> bytes:
        begin = b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
        lines = (b"%b: %b" % header for header in self.headers if header[0] != b"upgrade")
        return b"\r\n".join((begin, *lines, b"", b""))

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Answer what is no HTTP, or whatever else made the parser stop."""
        self._refuse(self._refusal or problems.NO_HTTP)

    def _in_head(self) -> bool:
        return self.cycle is None or "method" not in self.scope

    def _whole(self) -> bool:
        """Tell whether a request arrived and waits for its answer; else what came, came to nothing so far."""
        return not self._in_head() and not self.cycle.more_body and not self.cycle.response_complete

    def _wait(self) -> None:
        if self._deadline is None:
            self._since = self.loop.time()
            self._deadline = self.loop.call_later(self.seconds, self._too_late)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._received = 0

    def _too_late(self) -> None:
        self._deadline = None
        body = not self._in_head() and not self.cycle.response_complete
        more = self._since + self.seconds + self._received / _BYTES_PER_SECOND - self.loop.time()
        if body and more > self.seconds / 100:
            self._deadline = self.loop.call_later(more, self._too_late)
        elif self._received and (body or self._in_head()):
            self._refuse(problems.of_status(HTTPStatus.REQUEST_TIMEOUT))
        else:
            self.transport.close()

    def _refuse(self, problem: Problem) -> None:
        """End the connection, with an answer unless another one is under way; the application sees a caller leave."""
        if not self.transport.is_closing() and not self._answering():
            body = problem.body()
            own = ((b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body)))
            headers = (*self.server_state.default_headers, *own, (b"connection", b"close"))
            lines = b"".join(b"%b: %b\r\n" % header for header in headers)
            self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[problem.status], lines, body))
        self._end()

    def _end(self) -> None:
        """Let go of the caller in a moment: closing at once, with bytes unread, would take the answer back."""
        self._ended = True
        self._stop_waiting()
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.transport.can_write_eof() and not self.transport.is_closing():
            self.transport.write_eof()
        self.loop.call_later(_LINGER_SECONDS, self.transport.close)

    def _answering(self) -> bool:
        if self.cycle is None or self.cycle.response_complete:
            return False
        return self._in_head() or self.cycle.response_started or bool(self.pipeline)

"""The mail server of intake: takes e-mail for our own addresses over SMTP and hands it to the channel of e-mail.

250 means kept, as 202 does over HTTP; what can't be kept now gets 451, and the sender's mail server tries again.
Source: RFC 5321 (SMTP), 1870 (SIZE), 3207 (STARTTLS), 3463 and 7372 (enhanced status codes).
"""

import asyncio
import logging
import ssl
import time
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final, cast
from urllib.parse import urlsplit

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from buurtsein_events.results import Later
from buurtsein_intake.channels.adapter import Call
from buurtsein_intake.channels.desk import Desk
from buurtsein_intake.channels.email import MAIL_LIMIT, Email
from buurtsein_intake.channels.email_trust import is_ours
from buurtsein_intake.channels.webhook import keep
from buurtsein_intake.settings import IntakeSettings
from buurtsein_runtime import metrics
from buurtsein_runtime.problems import Problem, Refused

_RECIPIENTS: Final = 10
_LINE: Final = 64 * 1024
_BYTES: Final = 2 * MAIL_LIMIT
_LINES: Final = 250_000
_CALLS: Final = {"EHLO": 10, "HELO": 10, "DATA": 50, "*": 200}
_LATER: Final = "451 4.3.0 It can't be kept now; send it again later"
_ANSWERS: Final = {403: "550 5.7.26", 413: "552 5.3.4"}
_TOO_MUCH: Final = b"552 5.3.4 The mail is too large\r\n"
_GOING: Final = b"421 4.3.2 This server is about to end\r\n"
_TOO_MANY: Final = b"421 4.3.2 Too many connections; come back later\r\n"

_LOG = structlog.get_logger()


class MailServer:
    """Listens for mail while there is a port for it."""

    def __init__(self, settings: IntakeSettings, adapter: Email, desk: Desk, *, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._handler = Handler(adapter, desk, settings.email_recipients, now)
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        # The library writes addresses to its log.
        logging.getLogger("mail.log").disabled = True

    async def start(self) -> None:
        """Listen, if there is a port; raises `OSError` when it is taken or a certificate can't be read."""
        settings = self._settings
        if settings.smtp_port:
            tls, loop = _tls(settings), asyncio.get_running_loop()
            self._server = await loop.create_server(
                lambda: self._answering(tls), settings.http_host, settings.smtp_port
            )

    async def stop(self) -> None:
        """Listen no longer, and let the mails that are under way come to an end."""
        if self._server:
            self._server.close()
            for connection in tuple(self._connections):
                connection.leave()
            while self._connections:
                await asyncio.wait([connection.gone for connection in self._connections])

    def _answering(self, tls: ssl.SSLContext | None) -> asyncio.Protocol:
        if len(self._connections) >= self._settings.smtp_connections:
            return _Busy()
        return Connection(
            self._handler,
            self._connections,
            hostname=urlsplit(self._settings.public_url).hostname or "localhost",
            seconds=self._settings.smtp_seconds,
            tls=tls,
        )


class Handler:
    """What is done with each command; the library calls these by their names."""

    def __init__(self, adapter: Email, desk: Desk, recipients: Collection[str], now: Callable[[], datetime]) -> None:
        self._adapter = adapter
        self._desk = desk
        self._recipients = recipients
        self._now = now

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Return what is offered; logging in is not part of it."""
        session.host_name = hostname
        return [line for line in responses if not line.startswith("250-AUTH")]

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take our own addresses only, and not many at once."""
        if len(envelope.rcpt_tos) >= _RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if not is_ours(address, self._recipients):
            metrics.REFUSED.labels("550").inc()
            return "550 5.1.1 There is no such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Return 250 once the report is kept, or why it is not."""
        started = time.perf_counter()
        answer = await self._take(Call(method="POST", url="", now=self._now(), body=_delivered(envelope)))
        status = answer[:3]
        if status != "250":
            metrics.REFUSED.labels(status).inc()
        _LOG.info("mail", status=int(status), ms=round((time.perf_counter() - started) * 1000, 1), channel="email")
        return answer

    async def handle_exception(self, error: Exception) -> str:
        """Return that it is our fault; what went wrong is logged by its kind, since its words could be the sender's."""
        _LOG.error("mail_failed", error=type(error).__name__)
        return _LATER

    async def _take(self, call: Call) -> str:
        try:
            await keep(self._adapter, call, self._desk)
        except Refused as refused:
            return _answer(refused.problem)
        except Later:
            return _LATER
        return "250 2.0.0 Kept"


class Connection(SMTP):
    """One connection, which takes no more memory than its mail may, and ends between mails when it has to."""

    line_length_limit = _LINE

    def __init__(
        self,
        handler: Handler,
        connections: "set[Connection]",
        *,
        hostname: str,
        seconds: float,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(
            handler,
            data_size_limit=MAIL_LIMIT,
            hostname=hostname,
            ident="Buurtsein",
            tls_context=tls,
            timeout=seconds,
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
            command_call_limit=_CALLS,
            loop=asyncio.get_running_loop(),
        )
        self._open = connections
        self._open.add(self)
        self.gone: asyncio.Future[None] = self.loop.create_future()
        self._receiving = self._leaving = False
        self._bytes, self._lines = _BYTES, _LINES

    def data_received(self, data: bytes) -> None:
        """Pass data on; end the connection when it is more than any mail, which the library would keep on reading."""
        self._bytes -= len(data)
        self._lines -= data.count(b"\n")
        if self._bytes >= 0 and self._lines >= 0:
            super().data_received(data)
        else:
            self._end(_TOO_MUCH)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Take a mail."""
        self._receiving, self._bytes, self._lines = True, _BYTES, _LINES
        await super().smtp_DATA(arg)
        self._receiving = False
        if self._leaving:
            self.leave()

    def leave(self) -> None:
        """End the connection, after the mail under way if there is one."""
        self._leaving = True
        if not self._receiving:
            self._end(_GOING)

    def _end(self, words: bytes) -> None:
        if self.transport and not self.transport.is_closing():
            self._writer.write(words)
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for another connection."""
        self._open.discard(self)
        if not self.gone.done():
            self.gone.set_result(None)
        super().connection_lost(error)


class _Busy(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.WriteTransport, transport).write(_TOO_MANY)
        transport.close()


def _tls(settings: IntakeSettings) -> ssl.SSLContext | None:
    if settings.smtp_certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.smtp_certificate, settings.smtp_key)
    return context


def _delivered(envelope: Envelope) -> bytes:
    """Return a mail with what its envelope says as headers, as a mail server delivers it (RFC 5321, section 4.4)."""
    content = envelope.original_content or b""
    to = "".join(f"Delivered-To: {address}\r\n" for address in envelope.rcpt_tos)
    return f"Return-Path: <{(envelope.mail_from or '').strip('<>')}>\r\n{to}".encode() + content


def _answer(problem: Problem) -> str:
    if problem.status == 409:
        return _LATER
    detail = " ".join(problem.detail.encode("ascii", "replace").decode().split())
    return f"{_ANSWERS.get(problem.status, '554 5.6.0')} {detail[:400]}"

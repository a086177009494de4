"""E-mail over SMTP to a real intake: what is answered with 250 is in Kafka, once, and nothing else is."""

import asyncio
import re
import signal
import smtplib
import socket
import ssl
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import pytest
import trustme

from buurtsein_events.reports import ReportReceived
from buurtsein_platform.platform import Platform
from tests.platform.intake_process import Process, eventually, received

pytestmark = pytest.mark.kafka

SENDER = "joke@example.net"
TO = "Overvecht@buurtsein.example"


class Mail:
    """An intake that listens for mail, and a mail program."""

    def __init__(self, surroundings: dict[str, str], certificate: Path) -> None:
        authority, self.trust = trustme.CA(), ssl.create_default_context()
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(certificate))
        authority.configure_trust(self.trust)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        own = {"BUURTSEIN_SMTP_PORT": str(self.port), "BUURTSEIN_EMAIL_RECIPIENTS": '["buurtsein.example"]'}
        self.intake = Process({**surroundings, **own, "BUURTSEIN_SMTP_CERTIFICATE": str(certificate)})

    async def send(self, mail: EmailMessage | bytes, to: str = TO) -> int:
        """Return the status that a mail is answered with, over an encrypted connection."""
        content = mail if isinstance(mail, bytes) else mail.as_bytes()
        return await asyncio.to_thread(self._send, content, to)

    def _send(self, content: bytes, to: str) -> int:
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            client.starttls(context=self.trust)
            client.ehlo()
            client.mail(SENDER)
            status, _ = client.rcpt(to)
            return client.data(content)[0] if status == 250 else status


def written(text: str) -> EmailMessage:
    """Return a mail that tells of something."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = SENDER, TO, "Glas", f"<{uuid4()}@example.net>"
    mail.set_content(f"{text}\n\nMet vriendelijke groet,\nJoke\n")
    return mail


@pytest.fixture(scope="module")
async def mail(kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Mail]:
    """Start an intake that listens for mail."""
    surroundings = {"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url}
    mail = Mail(surroundings, tmp_path_factory.mktemp("tls") / "certificate.pem")
    await mail.intake.start()
    yield mail
    await mail.intake.http.aclose()
    await mail.intake.stop()


async def kept(bootstrap: str, text: str) -> list[ReportReceived]:
    """Return the reports in Kafka that say `text`."""
    found = [event.data for event in await received(bootstrap, [text])]
    return [each for each in found if isinstance(each, ReportReceived)]


async def test_a_mail_becomes_an_event_without_its_sender(mail: Mail, kafka_bootstrap: str) -> None:
    """With the community that the address names, and a pseudonym."""
    text = f"Glas op straat {uuid4()}"
    assert await mail.send(written(text)) == 250
    [report] = await kept(kafka_bootstrap, text)
    assert (report.channel, report.client, report.text, report.community) == ("email", "email", text, "overvecht")
    assert re.fullmatch("m-[0-9a-f]{20}", report.reporter or "")
    assert SENDER not in report.model_dump_json()


async def test_while_kafka_is_stopped_the_mail_comes_later_and_once(
    mail: Mail, platform: Platform, kafka_bootstrap: str
) -> None:
    """451 keeps it in the queue of the sender's server, whose next attempts are one report."""
    text = f"Glas op straat {uuid4()}"
    letter = written(text)
    platform.kill("kafka", signal.SIGSTOP)
    try:
        assert await mail.send(letter) == 451
    finally:
        platform.kill("kafka", signal.SIGCONT)

    async def is_taken() -> bool:
        return await mail.send(letter) == 250

    await eventually(is_taken)
    assert await mail.send(letter) == 250
    assert len({report.report_id for report in await kept(kafka_bootstrap, text)}) == 1


async def test_while_the_store_is_down_the_mail_comes_later(mail: Mail, platform: Platform) -> None:
    """Nothing is taken that could not be recognised when it comes again."""
    platform.stop_program("store")
    try:
        assert await mail.send(written(f"Glas {uuid4()}")) == 451
    finally:
        platform.start_program("store")
    await mail.intake.ready()

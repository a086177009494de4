"""The mail server, with mail programs that talk to it over a socket: what it takes, from whom, and how much of it."""

import asyncio
import smtplib
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import structlog
import trustme

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from buurtsein_intake.channels.registry import email
from buurtsein_intake.smtp import MailServer
from tests.unit.intake.fakes import World, settings
from tests.unit.intake.photos.pictures import camera_photo

MAIL = b"From: Joke <joke@example.net>\r\nMessage-ID: <1@example.net>\r\n\r\nEr ligt glas op straat.\r\n"
TO = "woensel@buurtsein.example"


@asynccontextmanager
async def served(**changes: object) -> AsyncIterator[tuple[World, int]]:
    """Serve mail for buurtsein.example on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    world = World(**{"smtp_port": port, "email_recipients": ("buurtsein.example", "meldpunt@example.org"), **changes})
    intake = world.intake
    adapter = email(intake.settings, intake.keyring, intake.known)
    server = MailServer(intake.settings, adapter, intake.desk, now=intake.clock.now)
    await server.start()
    yield world, port
    await server.stop()


async def talk(port: int, conversation: Callable[[smtplib.SMTP], object]) -> object:
    """Return what a mail program gets out of a conversation."""

    def run() -> object:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="client", timeout=20) as client:
            return conversation(client)

    return await asyncio.to_thread(run)


def sending(content: bytes = MAIL, *to: str) -> Callable[[smtplib.SMTP], object]:
    """Return the conversation that sends a mail, and what it is answered."""

    def send(client: smtplib.SMTP) -> object:
        client.ehlo()
        client.mail("joke@example.net")
        for each in to or (TO,):
            client.rcpt(each)
        return client.data(content)

    return send


def reports(world: World) -> list[ReportReceived]:
    """Return the reports that were kept."""
    found = [decode(value).data for _, _, value in world.log.records]
    return [each for each in found if isinstance(each, ReportReceived)]


async def test_250_means_kept_and_the_envelope_names_the_community() -> None:
    """Also when the mail says nothing of to whom it was sent."""
    async with served() as (world, port):
        assert await talk(port, sending()) == (250, b"2.0.0 Kept")
        [report] = reports(world)
    assert (report.text, report.community, report.channel) == ("Er ligt glas op straat.", "woensel", "email")


async def test_a_picture_that_is_mailed_is_a_photo_of_the_report(tmp_path: Path) -> None:
    """It is there when the mail is answered."""
    mail = message_from_bytes(MAIL, policy=policy.SMTP)
    mail.add_attachment(camera_photo(), "image", "jpeg")
    async with served(photos=tmp_path) as (world, port):
        assert await talk(port, sending(mail.as_bytes())) == (250, b"2.0.0 Kept")
        [report] = reports(world)
        assert await world.photos.read(report.photos[0])


async def test_a_mail_for_two_of_our_addresses_is_one_report() -> None:
    """And so is one that comes again."""
    async with served() as (world, port):
        await talk(port, sending(MAIL, TO, "overvecht@buurtsein.example"))
        await talk(port, sending())
        assert len(world.log.records) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (TO, 250),
        ("Meldpunt+woensel@Example.org", 250),
        ("other@example.org", 550),
        ("someone@example.net", 550),
        ("woensel%example.net@example.com", 550),
    ],
)
async def test_only_our_own_addresses_are_served(address: str, status: int) -> None:
    """Nothing is relayed."""
    async with served() as (_, port):
        answer = await talk(port, lambda client: (client.ehlo(), client.mail("a@example.net"), client.rcpt(address))[2])
    assert isinstance(answer, tuple)
    assert answer[0] == status


@pytest.mark.parametrize("part", ["log", "claims"])
async def test_what_cannot_be_kept_now_comes_later(part: str) -> None:
    """451, and nothing is accepted; the next attempt is."""
    async with served() as (world, port):
        getattr(world, part).down = True
        assert await talk(port, sending()) == (451, b"4.3.0 It can't be kept now; send it again later")
        getattr(world, part).down = False
        assert await talk(port, sending()) == (250, b"2.0.0 Kept")
        assert len(world.log.records) == 1


@pytest.mark.parametrize(
    ("mail", "code"),
    [
        (b"no headers at all", b"5.6.0"),
        (b"Authentication-Results: mx.example; dkim=fail; spf=fail\r\n" + MAIL, b"5.7.26"),
    ],
)
async def test_what_can_not_become_a_report_goes_back_with_the_reason(mail: bytes, code: bytes) -> None:
    """For good: sending it again would not help."""
    async with served(email_authserv="mx.example") as (world, port):
        answer = await talk(port, sending(mail))
        assert isinstance(answer, tuple)
        assert answer[0] in {550, 554}
        assert answer[1].startswith(code)
        assert world.log.records == []


async def test_a_bounce_is_taken_and_is_no_report() -> None:
    """Refusing it would make another bounce."""
    async with served() as (world, port):

        def bounce(client: smtplib.SMTP) -> object:
            client.ehlo()
            client.mail("")
            client.rcpt(TO)
            return client.data(MAIL)[0]

        assert await talk(port, bounce) == 250
        assert world.log.records == []


async def test_a_mail_that_is_too_large_is_refused_before_and_after_it_is_sent() -> None:
    """By the size that is declared, and by the size that it has."""
    large = MAIL + b"x" * 70 + b"\r\n" * 100
    async with served() as (world, port):
        declared = await talk(port, lambda client: (client.ehlo(), client.mail("a@example.net", ["SIZE=99999999"]))[1])
        sent = await talk(port, sending(large + (b"x" * 70 + b"\r\n") * 150_000))
        assert isinstance(declared, tuple)
        assert isinstance(sent, tuple)
        assert (declared[0], sent[0], world.log.records) == (552, 552, [])


@pytest.mark.parametrize("endless", [b"x" * 65536, b"\r\n" * 32768])
async def test_a_mail_without_end_is_cut_off(endless: bytes) -> None:
    """Whether its lines never end or are many."""
    async with served() as (_, port):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"EHLO a\r\nMAIL FROM:<a@b.nl>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode())
        with pytest.raises(ConnectionError):
            await repeat(writer, endless)
        writer.close()


async def repeat(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Send the same again and again, far more than any mail has."""
    for _ in range(1000):
        writer.write(data)
        await writer.drain()


async def test_there_are_at_most_as_many_connections_as_recipients_allow_for() -> None:
    """One connection too many is told to come back, and one recipient too many too."""
    async with served(smtp_connections=1) as (_, port):

        def crowd(client: smtplib.SMTP) -> object:
            client.ehlo()
            client.mail("a@example.net")
            answers = [client.rcpt(f"{number}@buurtsein.example")[0] for number in range(11)]
            with pytest.raises(smtplib.SMTPConnectError) as refused:
                smtplib.SMTP("127.0.0.1", port, timeout=20)
            return answers[-1], refused.value.smtp_code

        assert await talk(port, crowd) == (452, 421)
        assert await talk(port, lambda client: client.noop()[0]) == 250


async def test_who_says_nothing_is_not_waited_for() -> None:
    """The connection ends by itself."""
    async with served(smtp_seconds=0.2) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert (await reader.read()).startswith(b"220 ")
        writer.close()


async def test_the_end_of_the_server_lets_a_mail_come_to_its_end() -> None:
    """A mail under way is answered, a connection without one is closed."""
    async with served() as (world, port):
        idle, _ = await asyncio.open_connection("127.0.0.1", port)
        busy, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"EHLO a\r\nMAIL FROM:<a@b.nl>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode())
        await busy.readuntil(b"354 End data with <CR><LF>.<CR><LF>\r\n")

        async def finish_once_the_server_ends() -> bytes:
            said = await idle.read()
            writer.write(MAIL + b".\r\n")
            return said

        finishing = asyncio.create_task(finish_once_the_server_ends())
    assert b"421 4.3.2" in await finishing
    assert (await busy.read()).startswith(b"250 2.0.0 Kept")
    assert len(world.log.records) == 1


async def test_mail_can_come_encrypted_and_nobody_can_log_in(tmp_path: Path) -> None:
    """With STARTTLS when there is a certificate."""
    authority, certificate = trustme.CA(), tmp_path / "certificate.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    context = ssl.create_default_context()
    authority.configure_trust(context)
    async with served(smtp_certificate=certificate) as (world, port):

        def encrypted(client: smtplib.SMTP) -> object:
            client.starttls(context=context)
            client.ehlo()
            return client.has_extn("auth"), sending()(client)

        assert await talk(port, encrypted) == (False, (250, b"2.0.0 Kept"))
        assert len(world.log.records) == 1


async def test_one_line_is_logged_for_each_mail_without_who_sent_it() -> None:
    """Not by us and not by the library."""
    async with served() as (_, port):
        with structlog.testing.capture_logs() as lines:
            await talk(port, sending())
    assert [(line["event"], line["status"], line["channel"]) for line in lines] == [("mail", 250, "email")]
    assert "example" not in repr(lines)


def test_settings_without_recipients_are_refused() -> None:
    """A server that takes nothing is a mistake; no port means no server."""
    with pytest.raises(SystemExit, match="BUURTSEIN_EMAIL_RECIPIENTS"):
        settings(smtp_port=2525)
    assert settings(smtp_port="").smtp_port == 0

"""An e-mail from its headers on: for which community it is, of whom, of when, and which mails are not taken."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_intake.channels.adapter import Call
from buurtsein_intake.channels.email import Email
from buurtsein_intake.clients import Clients, Keyring
from buurtsein_intake.validation import Known
from buurtsein_runtime.problems import Refused
from tests.unit.intake.channels.fixtures import fixtures
from tests.unit.intake.channels.mails import HEADERS, TEXT, post, report, written
from tests.unit.intake.fakes import NOW, World

FORGED = "mx.example; dkim=fail (no key) header.d=x; spf=fail smtp.mailfrom=x"


@pytest.mark.parametrize(
    ("to", "community"),
    [
        ("Overvecht@buurtsein.example", "overvecht"),
        ("Meldpunt <melden+woensel@buurtsein.example>", "woensel"),
        ("melden@buurtsein.example", None),
        ("overvecht@elsewhere.example", None),
    ],
)
async def test_an_address_of_ours_may_name_the_community(to: str, community: str | None) -> None:
    """Before the at, or after a plus."""
    assert (await report(written(To=to), email_recipients=("buurtsein.example",))).community == community


async def test_the_sender_is_a_pseudonym_and_nothing_else() -> None:
    """The same one for the same address, however it is written."""
    one = await report(written(From="Joke Test <Joke@Example.net>"))
    two = await report(written(From="joke@example.net", Message_ID="<2@x>"))
    assert one.reporter == two.reporter
    assert "joke" not in one.model_dump_json().lower()


async def test_the_same_mail_is_one_report_and_nobody_takes_the_id_of_another() -> None:
    """By its Message-ID and sender, or by its bytes where it has no id."""
    world = World()
    await post(world, written())
    await post(world, written("Anders gezegd"))
    await post(world, written("Van een ander", From="mo@example.net"))
    for _ in range(2):
        await post(world, b"From: a@example.net\r\n\r\nzonder id")
    assert len(world.log.records) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"From": "Mailer-Daemon@example.net"},
    ],
)
async def test_machines_are_not_answered_and_not_reported(headers: dict[str, str]) -> None:
    """Their mail is taken, and that is all."""
    world = World()
    answer = await post(world, written(**headers))
    assert (answer.status_code, answer.json(), world.log.records) == (202, {"references": []}, [])


@pytest.mark.parametrize(
    ("results", "status"),
    [
        (FORGED, 403),
        ("mx.example 1; spf = fail; dkim=fail (a; b)", 403),
        ("mx.example; dkim=fail; dkim=pass; spf=fail", 202),
        ("mx.example; dkim=fail; spf=softfail", 202),
        ("mx.example; none", 202),
        ("other.example; dkim=fail; spf=fail", 202),
        ("", 202),
    ],
)
async def test_only_our_own_mail_server_says_that_a_sender_is_forged(results: str, status: int) -> None:
    """And only when both DKIM and SPF fail."""
    mail = HEADERS + f"Authentication-Results: {results}\r\n\r\n{TEXT}".encode()
    assert (await post(World(email_authserv="mx.example"), mail)).status_code == status


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Tue, 13 Oct 2026 02:41:00 +0200", "2026-10-13T02:41:00+02:00"),
        ("Tue, 13 Oct 2026 00:41:00 -0000", "2026-10-13T00:41:00+00:00"),
        ("Tue, 13 Oct 2066 02:41:00 +0200", None),
        ("Tue, 13 Oct 1926 02:41:00 +0200", None),
        ("gisteren", None),
    ],
)
async def test_the_date_counts_when_it_can_be_true(date: str, at: str | None) -> None:
    """One that can't costs no report."""
    found = await report(HEADERS + f"Date: {date}\r\n\r\n{TEXT}".encode())
    assert found.occurred_at == (datetime.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"no headers",
        b"Message-ID: <1@x>\r\n\r\nhoi",
        HEADERS + b"\r\n",
        HEADERS + b"\r\n> quoted only",
        HEADERS + b"X: " + b"x" * 200_000 + b"\r\n\r\nhoi",
        HEADERS + b"\r\n" + b"x\r\n" * 250_000,
        HEADERS + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nhoi\r\n" * 600,
        HEADERS + b"Content-Type: message/rfc822\r\n\r\n" * 60,
    ],
)
async def test_what_says_nothing_or_takes_too_much_is_refused_with_the_cure(mail: bytes) -> None:
    """So that the sender hears that it did not arrive."""
    answer = await post(World(), mail)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:buurtsein:problem:unreadable-mail")


async def test_a_mail_is_taken_from_clients_and_up_to_ten_megabytes() -> None:
    """Who can't prove to be one of our mail servers is refused, and what is too large is not read."""
    world = World()
    path, headers = "/v1/channels/email", {"Content-Type": "message/rfc822"}
    assert (await world.post(b"x", path, key="wrong", **headers)).status_code == 401
    assert (await world.post(b"x" * (10 * 1024 * 1024 + 1), path, **headers)).status_code == 413


PIECES = [b"multipart/mixed", b"boundary=", b"\r\n", b"--", b"=?utf-8?q?", b'"', b"(", b"\xff", b"\0", b"charset="]


@given(
    mail=st.sampled_from([each.body[:4000] for each in fixtures("email")]),
    changes=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 20), st.sampled_from(PIECES)), max_size=8),
)
def test_whatever_is_broken_is_read_or_refused(mail: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    """The library's grammars fail in many ways; none of them gets out."""
    for at, length, piece in changes:
        mail = mail[:at] + piece + mail[at + length :]
    assert read_or_refused(mail) in {"read", 400, 403}


def read_or_refused(mail: bytes) -> str | int:
    """Return the status with which the adapter refuses a mail, if it does."""
    adapter = Email(Keyring(Clients(clients=())), lambda _: Known(frozenset(), (), None), authserv="mx.example")
    try:
        adapter.parse(Call(method="POST", url="", now=NOW, body=mail))
    except Refused as refused:
        return refused.problem.status
    return "read"

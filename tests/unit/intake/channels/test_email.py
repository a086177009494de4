"""What of an e-mail becomes the report: the sender's own words, with the subject where it says more."""

import base64
from datetime import datetime
from email.message import EmailMessage

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from buurtsein_intake.channels.adapter import Call
from buurtsein_intake.channels.email import Email
from buurtsein_intake.channels.email_mime import pictures_of, read
from buurtsein_intake.channels.email_replies import own_words
from buurtsein_intake.channels.email_subject import report_text
from buurtsein_intake.channels.message import WITHOUT_WORDS
from buurtsein_intake.clients import Clients, Keyring
from buurtsein_intake.validation import Known
from buurtsein_runtime.problems import Refused
from tests.unit.intake.channels.fixtures import fixtures
from tests.unit.intake.fakes import NOW, World
from tests.unit.intake.photos.pictures import SECRET, annotated_png, annotated_webp, camera_photo

TEXT = "Er ligt glas op straat."
HEADERS = b"From: Joke <joke@example.net>\r\nMessage-ID: <1@example.net>\r\n"
FORGED = "mx.example; dkim=fail (no key) header.d=x; spf=fail smtp.mailfrom=x"


def written(text: str = TEXT, **headers: str) -> EmailMessage:
    """Return a mail; headers are named with underscores."""
    mail = EmailMessage()
    for name, value in {"From": "joke@example.net", "Message_ID": "<1@example.net>", **headers}.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


async def post(world: World, mail: EmailMessage | bytes) -> httpx.Response:
    """Post a mail as a mail server does."""
    content = mail if isinstance(mail, bytes) else mail.as_bytes()
    return await world.post(content, "/v1/channels/email", **{"Content-Type": "message/rfc822"})


async def report(mail: EmailMessage | bytes, **settings: object) -> ReportReceived:
    """Return the report that a mail becomes."""
    world = World(**settings)
    answer = await post(world, mail)
    assert answer.status_code == 202, answer.text
    [(_, _, value)] = world.log.records
    data = decode(value).data
    assert isinstance(data, ReportReceived)
    return data


@pytest.mark.parametrize(
    "rest",
    [
        "-- \nJoke Test\n06-12345671",
        "Met vriendelijke groet,\n\nJoke Test\nHaarlemmerdijk 999",
        "Groetjes Joke",
        "mvg",
        "Kind regards,\nJoke",
        "Verstuurd vanaf mijn iPhone",
        "Outlook voor Android downloaden",
        "Op ma 12 okt. 2026 om 18:00 schreef Buurt <buurt@example.net>:\n> Er is ingebroken. 112 gebeld.",
        "Op 12 okt. 2026 om 18:00 heeft Buurt <buurt@example.net>\nhet volgende geschreven:\n\nEr is ingebroken.",
        "On Mon, 12 Oct 2026 at 18:00, Buurt\n<buurt@example.net> wrote:\n> Burglary.",
        "Am 12.10.2026 um 18:00 schrieb Buurt:\n> Einbruch.",
        "Le lun. 12 oct. 2026 à 18:00, Buurt <buurt@example.net> a écrit :\n> Vol.",
        "-----Oorspronkelijk bericht-----\nVan: Buurt\nEr is ingebroken.",
        "Van: Buurt <buurt@example.net>\nVerzonden: maandag 12 oktober 2026 18:00\nAan: Joke\nEr is ingebroken.",
        "*From:* Buurt\n*Sent:* Monday\nBurglary.",
        "________________________________\nVan: Buurt\nEr is ingebroken.",
        "> Er is ingebroken.",
    ],
)
def test_what_follows_the_own_words_is_left_out(rest: str) -> None:
    """Quotations, signatures and what devices add, in the manners of mail programs and languages."""
    assert own_words(f"{TEXT}\n\n{rest}", forwarded=False).strip() == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "Op 12 oktober schreef iemand met verf op de muur:\nweg met de bank",
        "Van de week stond er een auto.\nDatum: 12 oktober",
        "Groeten mensen elkaar hier nog?\nHet is donker.",
        "Met groet stuur ik u hierbij de lijst van lampen die al weken kapot zijn:\nA\nB",
        "De bank is stuk -- en de lamp ook",
    ],
)
def test_what_only_looks_like_a_quotation_stays(text: str) -> None:
    """Residents, too, tell what someone wrote and when."""
    assert own_words(text, forwarded=False) == text


def test_what_is_written_between_quoted_lines_and_after_the_greeting_counts() -> None:
    """Answers below each question, and a postscript."""
    assert own_words("> Waar?\nOp de hoek.\n> Wanneer?\nNet.", forwarded=False) == "Op de hoek.\nNet."
    text = f"{TEXT}\nGroet,\nJoke\nPS 112 is gebeld."
    assert own_words(text, forwarded=False) == f"{TEXT}\nPS 112 is gebeld."


@pytest.mark.parametrize(
    ("text", "forwarded"),
    [
        ("---------- Forwarded message ---------\nVan: Mo <mo@example.net>\nDate: ma\nSubject: x\n\n" + TEXT, False),
        (f"Begin doorgestuurd bericht:\n\n> Van: Mo\n> Datum: ma\n>\n> {TEXT}", False),
        (f"Van: Mo\nVerzonden: ma\nAan: Joke\nOnderwerp: glas\n\n{TEXT}", True),
    ],
)
def test_a_message_that_is_only_passed_on_is_the_report(text: str, *, forwarded: bool) -> None:
    """Without its headers; an answer without words is none."""
    assert own_words(text, forwarded=forwarded).strip() == TEXT


@pytest.mark.parametrize(
    ("subject", "body", "text"),
    [
        ("Glas", TEXT, TEXT),
        (
            "Inbraak Kerkstraat 12",
            "Twee mannen met een koevoet.",
            "Inbraak Kerkstraat 12. Twee mannen met een koevoet.",
        ),
        ("Lamp stuk bij de school!", "Zie foto", "Lamp stuk bij de school! Zie foto"),
        ("Lamp stuk bij de school", "", "Lamp stuk bij de school"),
        ("Verdachte persoon Haarlemmerdijk", "Man op de Haarlemmerdijk", "Man op de Haarlemmerdijk"),
        ("RE: Inbraak Kerkstraat 12", "Nog een", "Nog een"),
        ("Re[2]: Fwd: Weekbericht", "", ""),
        ("Fwd: lamp stuk bij de school", "", "lamp stuk bij de school"),
    ],
)
def test_the_subject_comes_first_where_it_says_more(subject: str, body: str, text: str) -> None:
    """A longer one, a number or a name; that of an answer belongs to another message."""
    assert report_text(subject, body, answers=False) == text


async def test_a_flowed_text_is_put_together() -> None:
    """Soft breaks are undone, also within a word when the sender says so."""
    flowed = (
        HEADERS + b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nHet glas ligt op de Kerk \r\nstraat.\r\n"
    )
    assert (await report(flowed)).text == "Het glas ligt op de Kerkstraat."


async def test_html_is_read_as_a_person_sees_it() -> None:
    """Blocks are lines, what is hidden or quoted does not count."""
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>Er ligt <b>gl</b>as</p>op straat.<br>"
        "<script>x</script><div class=gmail_quote>Op ma schreef x:<blockquote>Inbraak</blockquote></div></body></html>"
    )
    mail = written()
    mail.set_content(html, subtype="html")
    assert (await report(mail)).text == "Er ligt glas op straat."


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("us-ascii", "café".encode()),
        ("x-none", "café".encode()),
        ("utf-8", "café".encode("cp1252")),
        ("utf-8", "\ufeffcafé".encode()),
        ("idna", "café".encode()),
        ("utf-16-le", "café".encode("utf-16-le")),
    ],
)
async def test_a_charset_that_is_wrong_costs_no_report(charset: str, content: bytes) -> None:
    """What is declared is tried first, then what is usual."""
    body = (
        HEADERS + f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
    )
    assert (await report(body + base64.b64encode(content))).text == "café"


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


async def test_a_picture_alone_is_a_report() -> None:
    """With the picture as its photo, of which nothing but its pixels is kept."""
    world, mail = World(), written("")
    mail.add_attachment(camera_photo(), maintype="image", subtype="jpeg", filename="Joke.jpg")
    await post(world, mail)
    [(_, _, value)] = world.log.records
    data = decode(value).data
    assert isinstance(data, ReportReceived)
    assert (data.text, len(data.photos)) == (WITHOUT_WORDS, 1)
    assert SECRET not in (await world.photos.read(data.photos[0]) or SECRET)


async def test_what_is_no_photo_costs_no_report() -> None:
    """Whatever it says it is."""
    mail = written()
    mail.add_attachment(b"<svg/>", maintype="image", subtype="jpeg", filename="x.jpg")
    assert (await report(mail)).photos == ()


@pytest.mark.parametrize(
    ("kind", "content", "taken"),
    [
        ("image/png", annotated_png(), True),
        ("image/heic", b"some kind of picture", True),
        ("application/octet-stream", camera_photo(), True),
        ("application/pdf", annotated_webp(), True),
        ("application/octet-stream", b"data", False),
        ("text/plain", b"text", False),
    ],
)
def test_a_picture_is_known_by_its_bytes_or_by_its_kind(kind: str, content: bytes, *, taken: bool) -> None:
    """Phones send photos as data of any kind; what else is attached does not count."""
    mail = written()
    mail.add_attachment(content, *kind.split("/"), filename="x")
    assert pictures_of(read(mail.as_bytes())) == ((content,) if taken else ())


@pytest.mark.parametrize(
    ("size", "disposition", "taken"), [(99, "inline", 0), (99, "attachment", 1), (20000, "inline", 1)]
)
def test_the_logo_of_a_signature_is_no_picture_of_what_happened(size: int, disposition: str, taken: int) -> None:
    """It is small and stands within the text; photos that do are larger."""
    mail = written()
    mail.add_attachment(b"x" * size, "image", "png", cid="<1@x>", disposition=disposition)
    assert len(pictures_of(read(mail.as_bytes()))) == taken


def test_of_many_pictures_the_five_largest_are_taken_in_their_order() -> None:
    """Each once."""
    mail = written()
    for size in (3, 9, 1, 5, 7, 9, 2, 8):
        mail.add_attachment(b"x" * size, "image", "png")
    assert [len(each) for each in pictures_of(read(mail.as_bytes()))] == [3, 9, 5, 7, 8]


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

"""What of an e-mail are the sender's own words, in whichever form and charset, with the subject where it says more."""

import base64

import pytest

from buurtsein_intake.channels.email_replies import own_words
from buurtsein_intake.channels.email_subject import report_text
from tests.unit.intake.channels.mails import HEADERS, TEXT, report, written


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

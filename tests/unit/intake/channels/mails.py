"""E-mails as a mail server posts them, and the reports that they become."""

from email.message import EmailMessage

import httpx

from buurtsein_events.reports import ReportReceived
from tests.unit.intake.fakes import World, reports

TEXT = "Er ligt glas op straat."
HEADERS = b"From: Joke <joke@example.net>\r\nMessage-ID: <1@example.net>\r\n"


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
    [found] = reports(world)
    return found

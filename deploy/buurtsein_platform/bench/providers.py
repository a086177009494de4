"""Requests as each channel's provider sends and signs them, all with the same reports.

Source: the references of Meta, Telegram and Twilio, RFC 5322, Open311 GeoReport v2, Signalen and CloudEvents 1.0.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from buurtsein_platform.bench.reports import KEY

DOMAIN: Final = "buurtsein.example"
SETTINGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("BUURTSEIN_WHATSAPP_SECRET", "BUURTSEIN_FACEBOOK_SECRET"), "secret of Meta"),
    "BUURTSEIN_TELEGRAM_SECRET_TOKEN": "secret-of-Telegram",
    "BUURTSEIN_SMS_TOKEN": "token of Twilio",
    "BUURTSEIN_SMS_URL": f"https://{DOMAIN}/v1/channels/sms",
    "BUURTSEIN_EMAIL_RECIPIENTS": json.dumps([DOMAIN]),
    "BUURTSEIN_ADDRESS_LIMIT": json.dumps({"rate": 1_000_000, "burst": 1_000_000}),
}
"""With these intake serves every channel, also those that anybody may post to, as fast as it can."""

Report = Mapping[str, Any]
"""A report as the native endpoint takes it."""

_BEARER: Final = {"Authorization": f"Bearer {KEY}"}
_FORM: Final = "application/x-www-form-urlencoded"
_BODY_LIMIT: Final = 64 * 1024
_CATEGORY: Final = "/signals/v1/public/terms/categories/overig/sub_categories/overig"


class Sent(NamedTuple):
    """A request: where it goes, what it holds and which status says that it is kept."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    status: int


Way = Callable[[int, Report], Sent]
"""Writes a report as a channel's provider does, with a number that no other has, for ids and senders."""


def native(number: int, report: Report) -> Sent:
    """Return the report as it is."""
    headers = {**_BEARER, "Idempotency-Key": f'"channels-{number}"'}
    return Sent("/v1/reports", json.dumps(report).encode(), headers, 202)


def native_of_1_kib(number: int, report: Report) -> Sent:
    """Return the report with so many words that its body has 1 KiB."""
    length = len(report["text"]) + 1024 - len(json.dumps(report))
    return native(number, {**report, "text": f"{report['text']} {'Het is er donker. ' * 100}"[:length]})


def native_of_64_kib(number: int, report: Report) -> Sent:
    """Return the largest report: every field full of characters that JSON escapes, in 64 KiB, the limit of a body."""
    line = "ж" * 100
    person = dict.fromkeys(("sex", "age", "height", "clothing", "behaviour", "direction"), line)
    vehicle = dict.fromkeys(("kind", "colour", "make", "model", "plate", "direction"), line)
    full = {**report, "persons": [person] * 5, "vehicles": [vehicle] * 5}
    room = _BODY_LIMIT - len(json.dumps(full))
    lamps, dots = divmod(room, len(json.dumps("🔦")) - 2)
    return native(number, {**full, "text": report["text"] + "🔦" * lamps + "." * dots})


def whatsapp(number: int, report: Report) -> Sent:
    """Return a message on WhatsApp, signed."""
    sender = {"from": f"316{number}", "from_user_id": f"NL.{number}"}
    message = {**sender, "id": f"wamid.{number}", "timestamp": str(int(time.time())), "type": "text"}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31970102000", "phone_number_id": "106540352242922"},
        "contacts": [{"profile": {"name": "Joke"}, "wa_id": f"316{number}", "user_id": f"NL.{number}"}],
        "messages": [{**message, "text": {"body": report["text"]}}],
    }
    entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
    return _of_meta("/v1/channels/whatsapp", {"object": "whatsapp_business_account", "entry": [entry]})


def messenger(number: int, report: Report) -> Sent:
    """Return a message to a page, signed."""
    message = {"mid": f"m_{number}", "text": report["text"]}
    around = {"sender": {"id": str(number)}, "recipient": {"id": "682498302938465"}, "timestamp": _milliseconds()}
    entry = {"id": "682498302938465", "time": _milliseconds(), "messaging": [{**around, "message": message}]}
    return _of_meta("/v1/channels/facebook", {"object": "page", "entry": [entry]})


def page(number: int, report: Report) -> Sent:
    """Return a visitor's post on a page, signed."""
    post = {"from": {"id": str(number), "name": "Joke"}, "post_id": f"682498302938465_{number}", "item": "status"}
    value = {**post, "verb": "add", "created_time": int(time.time()), "message": report["text"]}
    entry = {"id": "682498302938465", "time": int(time.time()), "changes": [{"field": "feed", "value": value}]}
    return _of_meta("/v1/channels/facebook", {"object": "page", "entry": [entry]})


def telegram(number: int, report: Report) -> Sent:
    """Return a message in a private chat, with the secret token."""
    person = {"id": number, "is_bot": False, "first_name": "Joke", "language_code": "nl"}
    chat = {"id": number, "first_name": "Joke", "type": "private"}
    message = {"message_id": 1, "from": person, "chat": chat, "date": int(time.time()), "text": report["text"]}
    headers = {"X-Telegram-Bot-Api-Secret-Token": SETTINGS["BUURTSEIN_TELEGRAM_SECRET_TOKEN"]}
    return Sent("/v1/channels/telegram", _json({"update_id": number, "message": message}), headers, 200)


def sms(number: int, report: Report) -> Sent:
    """Return an SMS that Twilio passes on, signed."""
    ids = dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), f"SM{number:032}")
    empty = dict.fromkeys(("ToState", "ToCity", "ToZip", "FromState", "FromCity", "FromZip"), "")
    said = {
        "From": f"+316{number}",
        "To": "+3197010200000",
        "Body": report["text"],
        "NumMedia": "0",
        "NumSegments": "1",
    }
    fields = {**ids, **empty, **said, "AccountSid": f"AC{1:032}", "SmsStatus": "received", "ApiVersion": "2010-04-01"}
    signed = SETTINGS["BUURTSEIN_SMS_URL"] + "".join(name + value for name, value in sorted(fields.items()))
    digest = hmac.digest(SETTINGS["BUURTSEIN_SMS_TOKEN"].encode(), signed.encode(), hashlib.sha1)
    headers = {"Content-Type": _FORM, "X-Twilio-Signature": base64.b64encode(digest).decode()}
    return Sent("/v1/channels/sms", urlencode(fields).encode(), headers, 200)


def email(number: int, report: Report) -> Sent:
    """Return a mail as a mail server received it."""
    return Sent("/v1/channels/email", mail(number, report), {**_BEARER, "Content-Type": "message/rfc822"}, 202)


def mail(number: int, report: Report) -> bytes:
    """Return a mail of two parts, as mail programs write it."""
    written = EmailMessage()
    written["Message-ID"], written["Date"] = f"<{number}@example.net>", formatdate()
    written["From"], written["To"] = f"Joke <joke-{number}@example.net>", f"{report['community']}@{DOMAIN}"
    written["Subject"] = "Melding"
    written.set_content(f"{report['text']}\n\n-- \nJoke\n", cte="quoted-printable")
    written.add_alternative(f"<p>{report['text']}</p><p>-- <br>Joke</p>", subtype="html", cte="quoted-printable")
    return written.as_bytes(policy=written.policy.clone(linesep="\r\n"))


def open311(number: int, report: Report) -> Sent:
    """Return a service request, with the application's key."""
    where = {"lat": report["location"]["lat"], "long": report["location"]["lon"]}
    said = {"service_code": report["type"], "description": report["text"], "device_id": f"device-{number}"}
    body = urlencode({"api_key": KEY, **where, **said}).encode()
    return Sent("/open311/v2/requests.json", body, {"Content-Type": _FORM}, 200)


def signalen(number: int, report: Report) -> Sent:
    """Return a signal of a form for everybody."""
    where = {"type": "Point", "coordinates": [report["location"]["lon"], report["location"]["lat"]]}
    signal = {
        "source": "online",
        "text": report["text"],
        "location": {"geometrie": where},
        "category": {"sub_category": _CATEGORY},
        "reporter": {"email": f"joke-{number}@example.net"},
        "incident_date_start": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return Sent("/signals/v1/public/signals/", _json(signal), {}, 201)


def cloudevents(number: int, report: Report) -> Sent:
    """Return a structured event, with the application's key."""
    event = {
        "specversion": "1.0",
        "id": str(number),
        "source": "urn:nld:oin:00000000000000000000:systeem:buurtsein-bench",
        "type": "nl.buurtsein.report.submitted.v1",
        "time": datetime.now(UTC).isoformat(),
        "datacontenttype": "application/json",
        "data": report,
    }
    return Sent("/v1/events", _json(event), {**_BEARER, "Content-Type": "application/cloudevents+json"}, 202)


CHANNELS: Final[Mapping[str, Way]] = {
    "WhatsApp": whatsapp,
    "Telegram": telegram,
    "SMS": sms,
    "Messenger": messenger,
    "page": page,
    "e-mail": email,
    "Open311": open311,
    "Signalen": signalen,
    "CloudEvents": cloudevents,
}
"""Every channel over HTTP but the native one, which is the measure."""

SIZES: Final[Mapping[str, Way]] = {"1 KiB": native_of_1_kib, "64 KiB": native_of_64_kib}
"""The native endpoint with larger bodies."""


def _of_meta(path: str, content: object) -> Sent:
    body = _json(content)
    digest = hmac.new(SETTINGS["BUURTSEIN_WHATSAPP_SECRET"].encode(), body, hashlib.sha256).hexdigest()
    return Sent(path, body, {"X-Hub-Signature-256": f"sha256={digest}"}, 200)


def _json(content: object) -> bytes:
    return json.dumps(content).encode()


def _milliseconds() -> int:
    return int(time.time() * 1000)

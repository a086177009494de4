"""Requests that say in every way there is who sends them, and what became of them."""

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

import httpx
from redis.asyncio import Redis

from buurtsein_intake.channels.signatures import sha256_hex, twilio
from buurtsein_intake.identity import Identity
from buurtsein_intake.scripts import CODE_PREFIX, REPORT_PREFIX
from tests.platform.intake_process import HEADERS, Process
from tests.unit.intake.photos.pictures import SECRET, camera_photo

SECRET_HERE: Final = b"of-this-test"
RUN: Final = uuid4().hex[:12]
ADDRESS: Final = "127.19.84.7"
TRACE: Final = uuid4().hex

WHO: Final[Mapping[str, str]] = {
    "address of the connection": ADDRESS,
    "address that a proxy tells": "203.0.113.197",
    "User-Agent": f"agent-{RUN}",
    "cookie": f"cookie-{RUN}",
    "Referer": f"referer-{RUN}",
    "From": f"mail-{RUN}",
    "language": f"x-{RUN}",
    "a header of the application's own": f"device-{RUN}",
    "name": f"naam-{RUN}",
    "Idempotency-Key": f"sleutel-{RUN}",
    "query": f"query-{RUN}",
    "wrong key": f"wrong-{RUN}",
    "unknown path": f"path-{RUN}",
    "unknown field": f"field-{RUN}",
    "media type": f"media-{RUN}",
    "telephone number": f"+316{int(RUN, 16) % 10**8:08}",
    "telephone number without plus": f"316{int(RUN, 16) % 10**8:08}",
    "Telegram id": str(int(RUN, 16) % 10**9 + 5 * 10**9),
    "first name": f"voornaam-{RUN}",
    "what a fault was about": f"fault-{RUN}",
    "what a photo's file says": SECRET.decode(),
}
"""Each way in which a request says who sends it, and what it says."""

TELLING: Final[Mapping[str, str]] = {
    "X-Forwarded-For": "203.0.113.197",
    "Forwarded": "for=203.0.113.197",
    "X-Real-IP": "203.0.113.197",
    "User-Agent": WHO["User-Agent"],
    "Cookie": f"session={WHO['cookie']}",
    "Referer": f"https://x.example/{WHO['Referer']}",
    "From": f"{WHO['From']}@x.example",
    "Accept-Language": WHO["language"],
    "X-Device": WHO["a header of the application's own"],
}
SMS_URL: Final = "https://b.example/v1/channels/sms"
SETTINGS: Final[Mapping[str, str]] = {
    "BUURTSEIN_SECRET": SECRET_HERE.decode(),
    "BUURTSEIN_SMS_TOKEN": "t",
    "BUURTSEIN_SMS_URL": SMS_URL,
    "BUURTSEIN_TELEGRAM_SECRET_TOKEN": "t",
    "BUURTSEIN_WHATSAPP_SECRET": "t",
    "BUURTSEIN_WHATSAPP_VERIFY_TOKEN": "t",
}


@dataclass
class Trail:
    """All that was written, by where; what was answered; and what had to be found or not."""

    written: dict[str, bytes] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    anonymous: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    named: str = ""

    def where(self, what: str) -> list[str]:
        """Return the places where something stands."""
        return [place for place, content in self.written.items() if what.encode() in content]


class Talkative(Process):
    """An intake that logs all that it can, to a file."""

    def __init__(self, environment: Mapping[str, str], directory: Path) -> None:
        photos = {"BUURTSEIN_PHOTOS": str(directory / "photos")}
        super().__init__({**environment, **SETTINGS, **photos})
        self.environment["BUURTSEIN_LOG_LEVEL"] = "DEBUG"
        self.log = directory / f"{uuid4()}.log"
        way = httpx.AsyncHTTPTransport(local_address=ADDRESS)
        base = f"http://127.0.0.1:{self.port}"
        self.resident = httpx.AsyncClient(base_url=base, transport=way, headers={**HEADERS, **TELLING}, timeout=30)

    async def launch(self) -> None:
        """Start the process."""
        with self.log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "buurtsein_intake", env=self.environment, stdout=log, stderr=log
            )


async def anonymous(intake: Talkative, key: str, **fields: object) -> httpx.Response:
    """Post an anonymous report that says in every way who sends it."""
    headers = {
        "Idempotency-Key": f'"{WHO["Idempotency-Key"]}-{key}"',
        "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01",
        "Sec-Fetch-Site": "same-origin",
    }
    body = {"text": f"Woorden {RUN} {key}", "anonymous": True, "reporter": WHO["name"], **fields}
    path = "/v1/web/reports" if key == "web" else "/v1/reports"
    return await intake.resident.post(f"{path}?token={WHO['query']}", json=body, headers=headers)


async def report(intake: Talkative, made: Trail) -> None:
    """Send reports of who stays anonymous, of a member, and of senders on channels."""
    photo = await intake.resident.post("/v1/photos", content=camera_photo(), headers={"Content-Type": "image/jpeg"})
    for key in ("app", "web"):
        receipt = (await anonymous(intake, key, photos=[photo.json()["photo"]])).json()
        made.anonymous.append(receipt["reference"])
        made.codes.append(receipt["receipt_code"])
    answer = {"receipt_code": made.codes[0], "text": f"Woorden {RUN} anders", "reporter": WHO["name"]}
    made.statuses.append((await intake.resident.post("/v1/receipts/answer", json=answer)).status_code)
    made.statuses.append(
        (await intake.resident.post("/v1/receipts/status", json={"receipt_code": made.codes[1]})).status_code
    )
    await illustrate(intake, made)
    member = {"text": f"Woorden {RUN} lid", "reporter": WHO["name"]}
    made.named = (await intake.resident.post("/v1/reports", json=member)).json()["reference"]
    made.statuses += [
        (await intake.resident.post(path, content=body, headers=head)).status_code for path, body, head in messages()
    ]


async def illustrate(intake: Talkative, made: Trail) -> None:
    """Post an anonymous signal to Signalen's endpoint, and add a photo to it."""
    base = "/signals/v1/public"
    place = {"type": "Point", "coordinates": [4.88858, 52.38252]}
    signal = {
        "text": f"Woorden {RUN} signaal",
        "location": {"geometrie": place},
        "category": {"category_url": f"{base}/terms/categories/overig/sub_categories/overig"},
        "reporter": {},
        "incident_date_start": "2026-10-12T21:14:00+02:00",
    }
    reference = (await intake.resident.post(f"{base}/signals/", json=signal)).json()["signal_id"]
    form = httpx.Request("POST", "http://x", files={"file": (f"{WHO['name']}.jpg", camera_photo())})
    kind = {"Content-Type": form.headers["Content-Type"]}
    path = f"{base}/signals/{reference}/attachments"
    answer = await intake.resident.post(path, content=form.read(), headers=kind)
    made.statuses.append(answer.status_code)


def messages() -> Iterator[tuple[str, bytes, Mapping[str, str]]]:
    """Yield messages of senders on channels, as their providers post them, with all that these say about them."""
    number, person = WHO["telephone number"], int(WHO["Telegram id"])
    form = {"MessageSid": f"SM{RUN}", "From": number, "Body": f"Glas op straat {RUN}", "FromCity": WHO["first name"]}
    signature = twilio("t", SMS_URL, list(form.items()))
    kind = "application/x-www-form-urlencoded"
    yield "/v1/channels/sms", urlencode(form).encode(), {"X-Twilio-Signature": signature, "Content-Type": kind}
    user = {"id": person, "first_name": WHO["first name"], "username": WHO["name"]}
    chat = {**user, "type": "private"}
    message = {"message_id": 1, "from": user, "chat": chat, "date": 1_791_832_440, "text": f"Glas {RUN}"}
    update = json.dumps({"update_id": 1, "message": message}).encode()
    yield "/v1/channels/telegram", update, {"X-Telegram-Bot-Api-Secret-Token": "t"}
    one = {
        "from": number[1:],
        "id": f"wamid.{RUN}",
        "timestamp": "1791832440",
        "type": "text",
        "text": {"body": "Glas"},
    }
    contacts = [{"profile": {"name": WHO["first name"]}, "wa_id": number[1:]}]
    change = {"field": "messages", "value": {"contacts": contacts, "messages": [one]}}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": [change]}]}).encode()
    yield "/v1/channels/whatsapp", body, {"X-Hub-Signature-256": f"sha256={sha256_hex('t', body)}"}
    mail = EmailMessage()
    mail["From"] = f"{WHO['first name']} <{WHO['From']}@x.example>"
    mail.set_content(f"Glas {RUN}")
    mail.add_attachment(camera_photo(), "image", "jpeg", filename=f"{WHO['name']}.jpg")
    yield "/v1/channels/email", mail.as_bytes(), {"Content-Type": "message/rfc822"}


async def go_wrong(intake: Talkative, made: Trail, store: Redis) -> None:
    """Send what is refused, and what ends in a fault of ours."""
    send = intake.resident.post
    broken, unsound = "7" * 16, str(uuid4())
    await store.hset(REPORT_PREFIX + unsound, "received_at", WHO["what a fault was about"])
    await store.set(CODE_PREFIX + Identity(SECRET_HERE).code_name(broken), "broken")
    # After a fault the server closes the connection, and the next request must not be on it.
    last = {"Connection": "close"}
    answers = [
        await anonymous(intake, "blank", text=" ", location={"address": WHO["name"], "lat": "x"}),
        await anonymous(intake, "field", **{WHO["unknown field"]: WHO["name"]}),
        await send("/v1/reports", content=f'{{"text": "{WHO["name"]}'.encode()),
        await send("/v1/reports", content=b"x", headers={"Content-Type": f"text/{WHO['media type']}"}),
        await send("/v1/reports", content=WHO["name"].encode() * 9000),
        await send("/v1/reports", json={"text": "x"}, headers={"Authorization": f"Bearer {WHO['wrong key']}"}),
        await send("/v1/reports", json={"text": "x"}, headers={"Idempotency-Key": f'"{WHO["name"]}'}),
        await send(f"/v1/{WHO['unknown path']}", json={}),
        await send("/v1/channels/sms", content=WHO["name"].encode(), headers={"Content-Type": "text/plain"}),
        await send("/v1/photos", content=WHO["name"].encode(), headers={"Content-Type": "image/jpeg"}),
        await send("/v1/receipts/status", json={"receipt_code": broken, "n": 1}),
        await send("/v1/receipts/status", json={"receipt_code": broken}, headers=last),
        await intake.resident.get(f"/v1/reports/{unsound}", headers=last),
    ]
    await store.delete(REPORT_PREFIX + unsound)
    made.codes.append(broken)
    made.statuses += [answer.status_code for answer in answers]

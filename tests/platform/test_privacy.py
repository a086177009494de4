"""What is written of who reports, on a real Kafka and a real store: of an anonymous one nothing, of others a pseudonym.

Requests say who sends them in every way there is; then all that was written is searched: each topic, each key and value
of the store, the log at its most talkative, and the photos.
"""

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from aiokafka import AIOKafkaConsumer
from pydantic import SecretStr
from redis.asyncio import Redis

from buurtsein_intake.channels.signatures import sha256_hex, twilio
from buurtsein_intake.codes import grouped
from buurtsein_intake.identity import Identity
from buurtsein_intake.scripts import CODE_PREFIX, REPORT_PREFIX
from buurtsein_runtime.redis import connect
from buurtsein_runtime.settings import Settings
from tests.platform.intake_process import HEADERS, Process, eventually
from tests.unit.intake.photos.pictures import SECRET, camera_photo

pytestmark = pytest.mark.kafka

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


@pytest.fixture(scope="module")
async def trail(kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """Report in every way, also where it goes wrong, and return all that was written."""
    directory, made = tmp_path_factory.mktemp("privacy"), Trail()
    around = {"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url}
    store = connect(Settings(redis_url=SecretStr(redis_url)))
    intake = Talkative(around, directory)
    await intake.start()
    await report(intake, made)
    await go_wrong(intake, made, store)
    await intake.resident.aclose()
    await intake.stop(signal.SIGTERM)
    without_kafka = Talkative({**around, "BUURTSEIN_KAFKA_BOOTSTRAP": "127.0.0.1:9"}, directory)
    await without_kafka.launch()
    await eventually(lambda: without_kafka.answers("/healthz", 200))
    made.statuses += [(await anonymous(without_kafka, "later")).status_code]
    await without_kafka.resident.aclose()
    await without_kafka.stop(signal.SIGTERM)
    made.written = {
        "Kafka": await everything_in_kafka(kafka_bootstrap),
        "the store": await everything_in(store),
        "the log": b"".join(path.read_bytes() for path in directory.glob("*.log")),
        "the photos": b"".join(path.read_bytes() for path in directory.rglob("*.jpg")),
    }
    await store.aclose()
    return made


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


async def everything_in_kafka(bootstrap: str) -> bytes:
    """Return the keys, values and headers of all records of all topics."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    consumer.subscribe(sorted(topic for topic in await consumer.topics() if not topic.startswith("__")))
    found: list[bytes] = []
    while batch := await consumer.getmany(timeout_ms=2000):
        for records in batch.values():
            found += [b"%b %b %b" % (r.key or b"", r.value or b"", repr(r.headers).encode()) for r in records]
    await consumer.stop()
    return b"\n".join(found)


async def everything_in(store: Redis) -> bytes:
    """Return all keys of the store with what they hold."""
    found: list[object] = []
    read: dict[str, Callable[[str], Any]] = {
        "string": store.get,
        "hash": store.hgetall,
        "set": store.smembers,
        "zset": lambda key: store.zrange(key, 0, -1),
        "list": lambda key: store.lrange(key, 0, -1),
    }
    async for key in store.scan_iter():
        found += [key, await read[str(await store.type(key))](key)]
    return repr(found).encode()


async def test_every_way_of_going_wrong_was_gone(trail: Trail) -> None:
    """Accepted, refused in each manner, not kept now, a fault of ours."""
    assert set(trail.statuses) >= {200, 201, 202, 400, 401, 404, 413, 415, 422, 500, 503}


async def test_what_was_written_is_searched_where_it_is(trail: Trail) -> None:
    """Otherwise not finding anything would say nothing."""
    assert [set(trail.where(each)) for each in trail.anonymous] == [{"Kafka", "the store", "the log"}] * 2
    assert trail.where(f"Woorden {RUN} app") == ["Kafka"]
    assert b"JFIF" in trail.written["the photos"]
    assert b"Traceback" in trail.written["the log"]
    assert b'"status":500' in trail.written["the log"].replace(b" ", b"")


@pytest.mark.parametrize("way", WHO)
async def test_who_reports_stands_nowhere(trail: Trail, way: str) -> None:
    """Whatever the request said about it."""
    assert trail.where(WHO[way]) == []


async def test_the_trace_of_an_anonymous_report_begins_here(trail: Trail) -> None:
    """The caller's could lead to who reported."""
    assert trail.where(TRACE) == []


async def test_a_receipt_code_stands_nowhere(trail: Trail) -> None:
    """Neither as it is given nor as people read it."""
    assert [trail.where(code) + trail.where(grouped(code)) for code in trail.codes] == [[]] * len(trail.codes)


async def test_of_a_member_there_is_a_pseudonym(trail: Trail) -> None:
    """The same for all of their reports through one application, and it is in the event only."""
    pseudonym = Identity(SECRET_HERE).pseudonym("local-demo", WHO["name"])
    assert trail.where(pseudonym) == ["Kafka"]

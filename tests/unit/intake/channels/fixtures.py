"""Requests as the providers send them, with what each must give (tests/testdata/channels)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from tests.unit.intake.fakes import World

TESTDATA = Path(__file__).parents[3] / "testdata" / "channels"


@dataclass(frozen=True)
class Fixture:
    """One request; `expect` is accept, ignore, reject_auth, reject_malformed or safe, `events` what must come out."""

    channel: str
    name: str
    body: bytes
    method: str
    url: str
    headers: dict[str, str]
    expect: str
    events: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.channel}/{self.name}"


@cache
def fixtures(channel: str) -> tuple[Fixture, ...]:
    """Return the requests of a channel's folder, in order."""
    folder = TESTDATA / channel
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return tuple(_fixture(channel, folder, entry) for entry in manifest["fixtures"])


def situations() -> dict[str, dict[str, Any]]:
    """Return the situations that every channel tells of, by name, each with the event that it must give."""
    content = json.loads((TESTDATA / "parity.json").read_text("utf-8"))
    return {each["situation"]: each for each in content["situations"]}


def _fixture(channel: str, folder: Path, entry: dict[str, Any]) -> Fixture:
    around = json.loads((folder / entry["headers"]).read_text("utf-8")) if entry.get("headers") else {}
    return Fixture(
        channel=channel,
        name=entry["name"],
        body=(folder / entry["body"]).read_bytes(),
        method=around.get("method", "POST"),
        url=around.get("url", ""),
        headers=around.get("headers", {}),
        expect=entry["expect"],
        events=tuple(entry["events"]),
    )


@dataclass(frozen=True)
class Served:
    """A channel of the fixtures, the path on which intake serves it, and headers that the fixtures leave out."""

    folder: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


CHANNELS = (
    Served("whatsapp", "/v1/channels/whatsapp"),
    Served("telegram", "/v1/channels/telegram"),
    Served("sms-twilio", "/v1/channels/sms"),
    Served("facebook", "/v1/channels/facebook"),
    Served("open311", "/open311/v2/requests.json"),
    Served("signalen", "/signals/v1/public/signals/"),
    Served("cloudevents", "/v1/events"),
    Served("email", "/v1/channels/email", {"Content-Type": "message/rfc822", "Authorization": "Bearer test-token"}),
)


async def send(world: World, served: Served, fixture: Fixture) -> httpx.Response:
    """Send a request as the provider did."""
    async with world.call() as client:
        return await client.request(
            fixture.method, served.path, content=fixture.body, headers={**served.headers, **fixture.headers}
        )

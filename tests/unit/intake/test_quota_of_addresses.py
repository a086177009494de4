"""What needs no key takes tokens of the address that it comes from."""

import json

import httpx
import pytest

from buurtsein_intake.clients import RESERVED, Client
from tests.unit.intake.fakes import World, client

SIGNAL = {"text": "De lantaarn is kapot.", "location": {"address": {}, "geometrie": {"type": "Point"}}}


def world() -> World:
    """Return an intake whose addresses may send one request, and then one an hour."""
    return World(address_limit={"rate": 1 / 3600, "burst": 1})


async def twice(there: World, path: str, **headers: str) -> list[httpx.Response]:
    """Post to a path twice from one address."""
    async with there.call() as caller:
        return [await caller.post(path, json=SIGNAL, headers=headers) for _ in range(2)]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/v1/web/reports", {"Sec-Fetch-Site": "same-origin", "Idempotency-Key": "k"}),
        ("/v1/web/photos", {"Sec-Fetch-Site": "same-origin"}),
        ("/v1/receipts/answer", {}),
        ("/v1/receipts/status", {}),
        ("/signals/v1/public/signals/", {}),
    ],
)
async def test_an_address_that_sends_too_much_is_asked_to_wait(path: str, headers: dict[str, str]) -> None:
    """With when to come back, whatever came of the request before it."""
    first, second = await twice(world(), path, **headers)
    assert (first.status_code == 429, second.status_code) == (False, 429)
    assert int(second.headers["Retry-After"]) > 0


async def test_an_application_with_a_key_takes_no_tokens_of_its_address() -> None:
    """It has a limit of its own, or none."""
    there = world()
    body = json.dumps({"text": "De lantaarn is kapot."}).encode()
    assert [(await there.post(body)).status_code for _ in range(3)] == [202, 202, 202]


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_no_application_has_the_name_of_a_channel_of_ours(name: str) -> None:
    """It would share that channel's keys and pseudonyms."""
    with pytest.raises(ValueError, match="channel of intake itself"):
        Client.model_validate(client("app", "a").model_dump() | {"name": name})

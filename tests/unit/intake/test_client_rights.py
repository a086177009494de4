"""What a client may do over HTTP: its key, its scopes and networks, how often, and with which header."""

import json

import pytest

from tests.unit.intake.fakes import BODY, NOW, UNKNOWN, World, client, is_problem, reports

EVENT = {"specversion": "1.0", "id": "1", "source": "app", "type": "nl.buurtsein.report.submitted.v1"}
FORM = b"api_key=a&service_code=nuisance&lat=52.1&long=5.1&description=Glas+op+straat"


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic local-demo-key", "local-demo-key"])
async def test_without_a_known_key_nothing_is_read(given: str) -> None:
    """The answer says how to send a key, and names none."""
    answer = await World().post(b"{", Authorization=given)
    assert is_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_client_does_only_what_it_may() -> None:
    """A missing scope and another network are both 403, and say which."""
    world = World()
    outcome = {"reference": UNKNOWN, "community": "woensel", "network": "municipality", "result": "repaired"}
    world.keyring.learn(
        [client("app", "a", scopes=("reports:write",)), client("police", "p", networks=("police",))], NOW
    )
    refused = await world.post(json.dumps(outcome).encode(), "/v1/outcomes", key="a")
    assert is_problem(refused, 403)
    assert "outcomes:write" in refused.json()["detail"]
    assert is_problem(await world.post(json.dumps(outcome).encode(), "/v1/outcomes", key="p"), 403)
    mine = json.dumps({**outcome, "network": "police"}).encode()
    assert (await world.post(mine, "/v1/outcomes", key="p")).status_code == 202


async def test_a_client_that_sends_too_much_waits() -> None:
    """Others don't."""
    world = World()
    world.keyring.learn([client("app", "a", limit={"rate": 0.5, "burst": 2})], NOW)
    answers = [await world.post(BODY, key="a") for _ in range(3)]
    assert [each.status_code for each in answers] == [202, 202, 429]
    assert is_problem(answers[2], 429)
    assert (answers[2].headers["retry-after"], answers[2].headers["ratelimit"]) == ("2", '"client";r=0;t=2')
    assert (await world.post(BODY)).status_code == 202


async def test_a_client_can_be_made_to_name_its_requests() -> None:
    """Without a key it is told to send one."""
    world = World()
    world.keyring.learn([client("app", "a", idempotency_key_required=True)], NOW)
    assert is_problem(await world.post(BODY, key="a"), 400)
    assert (await world.post(BODY, key="a", Idempotency_Key='"k"')).status_code == 202


async def test_a_key_that_can_not_be_looked_up_now_is_for_later() -> None:
    """It may be a new one."""
    world = World()
    world.keyring.lose(NOW)
    assert is_problem(await world.post(BODY, key="new"), 503)


@pytest.mark.parametrize(
    ("path", "body", "headers", "statuses"),
    [
        ("/v1/events", BODY, {f"ce-{name}": value for name, value in EVENT.items()}, [202, 429]),
        ("/open311/v2/requests.json", FORM, {"Content-Type": "application/x-www-form-urlencoded"}, [200, 400]),
    ],
)
async def test_what_comes_over_a_channel_is_of_the_client_that_sends_it(
    path: str, body: bytes, headers: dict[str, str], statuses: list[int]
) -> None:
    """By its name, and from its tokens; GeoReport knows no 429."""
    world = World()
    world.keyring.learn([client("app", "a", limit={"rate": 0.5, "burst": 1})], NOW)
    answers = [await world.post(body, path, key="a", **headers) for _ in range(2)]
    assert [each.status_code for each in answers] == statuses
    assert [each.client for each in reports(world)] == ["app"]

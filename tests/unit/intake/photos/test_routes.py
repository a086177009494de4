"""The endpoints of photos: who may send, who may see."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import yaml

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from buurtsein_intake.photos.links import PhotoLinks
from buurtsein_intake.photos.store import system_now
from buurtsein_intake.photos.upload import PHOTO_LIMIT
from tests.unit.intake.fakes import KEY, World, settings
from tests.unit.intake.photos.pictures import camera_photo

ROUTING = Path(__file__).parents[4] / "services" / "routing" / "routing.yaml"
JPEG = {"Content-Type": "image/jpeg"}
DESK = {"Authorization": "Bearer desk"}
UNKNOWN = "0" * 64


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return an intake whose photos are in a directory of the test."""
    return World(photos=tmp_path)


async def upload(world: World, path: str = "/v1/photos", **request: object) -> httpx.Response:
    """Post a photo, or what else is given."""
    given = {"content": camera_photo(), "headers": {"Authorization": f"Bearer {KEY}", **JPEG}, **request}
    async with world.call() as client:
        return await client.post(path, **given)  # type: ignore[arg-type]


async def kept(world: World) -> str:
    """Return what a photo that is kept is known by."""
    return str((await upload(world)).json()["photo"])


async def ask(world: World, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
    """Get a path."""
    async with world.call() as client:
        return await client.get(path, headers=headers)


async def test_a_photo_can_be_the_body_or_the_file_of_a_form(world: World) -> None:
    """It is the same photo; other fields of the form are passed by."""
    body = await upload(world)
    headers = {"Authorization": f"Bearer {KEY}"}
    files = {"file": ("IMG_1.jpg", camera_photo(), "image/jpeg")}
    form = await upload(world, content=None, headers=headers, files=files, data={"note": "x" * 100})
    assert (body.status_code, form.status_code) == (201, 201)
    assert body.json()["photo"] == form.json()["photo"]


async def test_the_page_sends_photos_without_a_key_and_other_sites_do_not(world: World) -> None:
    """As with reports."""
    own = await upload(world, "/v1/web/photos", headers={**JPEG, "Sec-Fetch-Site": "same-origin"})
    elsewhere = await upload(world, "/v1/web/photos", headers={**JPEG, "Sec-Fetch-Site": "cross-site"})
    assert (own.status_code, elsewhere.status_code) == (201, 403)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"headers": JPEG}, 401),
        ({"headers": {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}}, 415),
        ({"headers": {"Authorization": f"Bearer {KEY}"}}, 415),
        ({"headers": {"Authorization": f"Bearer {KEY}", "Content-Type": "multipart/form-data"}}, 415),
        ({"headers": {"Authorization": f"Bearer {KEY}", "Content-Type": "multipart/form-data; boundary=x"}}, 400),
        (
            {
                "headers": {
                    "Authorization": f"Bearer {KEY}",
                    "Content-Type": f"multipart/form-data; boundary={'x' * 999}",
                }
            },
            400,
        ),
        ({"content": b"<svg onload='alert(1)'/>"}, 415),
        ({"content": b""}, 415),
        ({"content": b"\xff\xd8\xff" + b"x" * PHOTO_LIMIT}, 413),
    ],
)
async def test_what_is_no_photo_is_refused_with_the_cure(world: World, change: dict[str, Any], status: int) -> None:
    """In problem details; never a fault of ours."""
    answer = await upload(world, **change)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("files", "pointer"),
    [([("other", b"x")], "#/file"), ([("file", camera_photo()), ("file", camera_photo())], "#/file")],
)
async def test_a_form_must_hold_one_photo(world: World, files: list[tuple[str, bytes]], pointer: str) -> None:
    """None and two are refused, naming the field."""
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = await upload(world, content=None, headers=headers, files=files)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_body_without_a_length_is_read_no_further_than_the_limit(world: World) -> None:
    """What comes after it is not waited for."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 10 * PHOTO_LIMIT:
            sent += 1024 * 1024
            yield b"\xff" * 1024 * 1024

    answer = await upload(world, content=endless())
    assert answer.status_code == 413
    assert sent <= PHOTO_LIMIT + 2 * 1024 * 1024


async def test_the_event_loop_is_free_while_a_photo_is_made(world: World) -> None:
    """Other requests don't wait for it."""
    uploading = asyncio.create_task(upload(world))
    answers = 0
    while not uploading.done():
        assert (await ask(world, "/v1/form")).status_code == 200
        answers += 1
        await asyncio.sleep(0)
    assert uploading.result().status_code == 201
    assert answers > 3


async def test_too_many_photos_at_once_are_for_later(world: World) -> None:
    """What they hold in memory is bounded."""
    answers = await asyncio.gather(*(upload(world) for _ in range(20)))
    assert sorted({answer.status_code for answer in answers}) == [201, 503]
    assert {answer.headers.get("retry-after") for answer in answers if answer.status_code == 503} == {"3"}


async def test_a_report_carries_its_photos(world: World) -> None:
    """The event has what each is known by."""
    ref = await kept(world)
    answer = await world.post(f'{{"text":"Glas op straat","photos":["{ref}"]}}'.encode())
    data = decode(world.log.records[0][2]).data
    assert answer.status_code == 202
    assert isinstance(data, ReportReceived)
    assert data.photos == (ref,)


@pytest.mark.parametrize("ref", [UNKNOWN, "https://example.org/x.jpg", "../../../etc/passwd", ""])
async def test_a_report_with_an_unknown_photo_is_refused_naming_which(world: World, ref: str) -> None:
    """And nothing is kept of it."""
    first = await kept(world)
    answer = await world.post(f'{{"text":"Glas op straat","photos":["{first}","{ref}"]}}'.encode())
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/photos/1")
    assert "POST /v1/photos" in answer.json()["detail"]
    assert world.log.records == []


async def test_a_network_gets_a_link_and_sees_the_photo_with_it(world: World) -> None:
    """The link needs no key; what comes is a picture that browsers neither keep, guess at nor run."""
    ref = await kept(world)
    link = await ask(world, f"/v1/photos/{ref}/link?network=police", DESK)
    url = urlsplit(link.json()["url"])
    assert (link.status_code, f"{url.scheme}://{url.netloc}") == (200, "https://b.example")
    shown = await ask(world, f"{url.path}?{url.query}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.content == await world.photos.read(ref)
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("?network=community", DESK, 403),
        ("?network=fire_brigade", DESK, 403),
        ("?network=police", {"Authorization": f"Bearer {KEY}"}, 403),
        ("?network=police", {}, 401),
        ("?network=police", {"Authorization": "Bearer nobody"}, 401),
    ],
)
async def test_others_get_no_link(world: World, query: str, headers: dict[str, str], status: int) -> None:
    """Not neighbours, not another network, not the application that sent the photo, not who has no key."""
    ref = await kept(world)
    assert (await ask(world, f"/v1/photos/{ref}/link{query}", headers)).status_code == status


async def test_there_is_no_link_to_a_photo_that_is_not_there(world: World) -> None:
    """Such as one whose time is over."""
    assert (await ask(world, f"/v1/photos/{UNKNOWN}/link?network=police", DESK)).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"network": "community"},
        {"network": "fire_brigade"},
        {"expires": "9999999999"},
        {"expires": "soon"},
        {"expires": ""},
        {"signature": "0" * 64},
        {"signature": ""},
        {"signature": "é"},
    ],
)
async def test_a_link_that_was_changed_shows_nothing(world: World, change: dict[str, str]) -> None:
    """Each part of it is signed."""
    ref = await kept(world)
    link = (await ask(world, f"/v1/photos/{ref}/link?network=police", DESK)).json()["url"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert (await ask(world, f"/v1/photos/{ref}?{urlencode({**query, **change})}")).status_code == 403
    assert (await ask(world, f"/v1/photos/{UNKNOWN}?{urlencode(query)}")).status_code == 403


@pytest.mark.parametrize(
    ("network", "seconds", "status"), [("police", 60, 200), ("police", -1, 403), ("community", 60, 403)]
)
async def test_a_link_ends_and_is_never_for_neighbours(world: World, network: str, seconds: int, status: int) -> None:
    """Even one that we signed."""
    ref = await kept(world)
    links = PhotoLinks(world.settings.secret.get_secret_value().encode(), "")
    assert (await ask(world, links.link(ref, network, system_now() + timedelta(seconds=seconds)))).status_code == status


async def test_without_a_link_nobody_sees_a_photo(world: World) -> None:
    """Also not who knows what it is known by."""
    assert (await ask(world, f"/v1/photos/{await kept(world)}", DESK)).status_code == 403


def test_photos_are_for_the_networks_that_routing_gives_them_to() -> None:
    """The setting and routing's file say the same."""
    networks = yaml.safe_load(ROUTING.read_text("utf-8"))["networks"]
    given = {name for name, network in networks.items() if "photos" in network["fields"]}
    assert set(settings().photo_networks) == given

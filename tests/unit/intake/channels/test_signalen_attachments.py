"""Signalen's public endpoint of attachments: photos that are added to a signal, and errors in Signalen's own shape."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from buurtsein_events.reports import ReportReceived
from buurtsein_intake.channels.signalen_docs import SignalenAttachment
from buurtsein_intake.status import Kept
from tests.unit.intake.channels.signalen_client import BASE, BODY, UNKNOWN, post
from tests.unit.intake.fakes import World, reports
from tests.unit.intake.photos.pictures import SECRET, bomb, camera_photo, encoded, picture

CLOSED = ["Public uploads not allowed in current signal state."]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return an intake with photos of its own."""
    return World(photos=tmp_path)


async def signal(world: World, **changes: object) -> str:
    """Post a signal and return its id."""
    return str((await post(world, **changes)).json()["signal_id"])


async def attach(world: World, signal_id: str, photo: bytes | None = None, end: str = "") -> httpx.Response:
    """Add a photo as a browser does."""
    async with world.call() as client:
        files = {"file": ("lamp.jpg", photo or camera_photo(), "image/jpeg")}
        return await client.post(f"{BASE}/signals/{signal_id}/attachments{end}", files=files)


def photo(number: int) -> bytes:
    """Return one of many photos."""
    return encoded(picture((40 + number, 20)), "JPEG")


def said(report: ReportReceived) -> dict[str, object]:
    """Return what a report says, but for what an edit has of its own."""
    return report.model_dump(exclude={"report_id", "received_at", "edit_of", "photos"})


@pytest.mark.parametrize("end", ["", "/"])
async def test_a_photo_that_is_added_is_answered_with_what_it_is(world: World, end: str) -> None:
    """In the shape of Signalen; nothing but its pixels is kept."""
    reference = await signal(world)
    answer = await attach(world, reference, end=end)
    assert answer.status_code == 201, answer.text
    found = SignalenAttachment.model_validate(answer.json())
    assert found.links == {"self": {"href": f"https://b.example{BASE}/signals/{reference}/attachments"}}
    assert found.created_at == "2026-10-13T02:00:00Z"
    kept = await world.photos.read(found.location.rpartition("/")[2])
    assert kept
    assert SECRET not in kept


@pytest.mark.parametrize("reporter", [{}, {"email": "mo@example.org"}])
async def test_the_report_gets_the_photo_by_an_edit_that_says_the_same(
    world: World, reporter: dict[str, object]
) -> None:
    """Of the same reporter; of an anonymous one there is none."""
    reference = await signal(world, reporter=reporter, location={**BODY["location"], "address": {"woonplaats": "x"}})
    await attach(world, reference)
    first, edit = reports(world)
    assert said(edit) == said(first)
    assert (edit.edit_of, len(edit.photos), edit.reporter is None) == (reference, 1, not reporter)


async def test_every_edit_has_all_photos(world: World) -> None:
    """Also when a browser sends them at once; the same one again is one photo."""
    reference = await signal(world)
    answers = await asyncio.gather(*(attach(world, reference, photo(number % 3)) for number in range(4)))
    assert [answer.status_code for answer in answers] == [201] * 4
    assert [len(report.photos) for report in reports(world)] == [0, 1, 2, 3]


async def test_what_another_process_adds_meanwhile_is_in_the_last_edit(world: World) -> None:
    """Whichever of them is last."""
    reference = await signal(world)
    world.drafts.meanwhile = lambda draft: draft.model_copy(update={"photos": ("0" * 64,)})
    await attach(world, reference)
    assert [len(report.photos) for report in reports(world)] == [0, 1, 2]


async def test_a_signal_takes_five_photos(world: World) -> None:
    """The sixth is refused, and nothing is kept of it in the report."""
    reference = await signal(world)
    answers = [await attach(world, reference, photo(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [400]
    assert answers[-1].json() == {"file": ["A signal has at most 5 attachments."]}
    assert len(reports(world)[-1].photos) == 5


async def test_a_signal_that_is_no_longer_new_takes_no_photo(world: World) -> None:
    """Signalen tells that as a list."""
    reference = await signal(world)
    world.drafts.written.clear()
    world.statuses.kept = {reference: Kept({"received_at": "2026-10-13T02:00:00+00:00"}, {}, {})}
    answer = await attach(world, reference)
    assert (answer.status_code, answer.json()) == (400, CLOSED)


@pytest.mark.parametrize("reference", [UNKNOWN, "1", "x" * 300])
async def test_a_signal_that_is_not_there_is_not_found(world: World, reference: str) -> None:
    """Before anything is read."""
    answer = await attach(world, reference)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "valid image"), (bomb(), "million pixels"), (b"x" * (10 * 1024 * 1024 + 1), "10485760")],
)
async def test_what_is_no_photo_is_a_mistake_in_the_file(world: World, content: bytes, words: str) -> None:
    """The report is as it was."""
    answer = await attach(world, await signal(world), content)
    assert answer.status_code == 400
    assert words in answer.json()["file"][0]
    assert len(reports(world)) == 1


async def test_a_form_without_a_file_is_told_as_signalen_tells_it(world: World) -> None:
    """By the field."""
    reference = await signal(world)
    async with world.call() as client:
        answer = await client.post(f"{BASE}/signals/{reference}/attachments", files={"photo": b"x"})
    assert (answer.status_code, answer.json()) == (400, {"file": ["No file was submitted."]})


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("image/jpeg", 415, 'Unsupported media type "image/jpeg" in request.'),
        ("multipart/form-data", 400, "Multipart form parse error - "),
        ("multipart/form-data; boundary=x", 400, "Multipart form parse error - "),
    ],
)
async def test_what_is_no_form_is_refused(world: World, kind: str, status: int, words: str) -> None:
    """With a sentence."""
    path = f"{BASE}/signals/{await signal(world)}/attachments"
    answer = await world.post(b"no form", path, **{"Content-Type": kind})
    assert answer.status_code == status
    assert answer.json()["detail"].startswith(words)


@pytest.mark.parametrize("part", ["log", "drafts"])
async def test_while_a_store_does_not_answer_the_client_is_asked_to_come_back(world: World, part: str) -> None:
    """And the photo is then added once."""
    reference = await signal(world)
    store = getattr(world, part)
    store.down = True
    answer = await attach(world, reference)
    assert (answer.status_code, list(answer.json())) == (503, ["detail"])
    assert answer.headers["Retry-After"]
    store.down = False
    assert (await attach(world, reference)).status_code == 201
    assert [len(report.photos) for report in reports(world)] == [0, 1]


async def test_a_signal_is_kept_when_it_can_not_be_open_to_photos(world: World) -> None:
    """That is not remembered, and a photo is refused."""
    world.drafts.down = True
    reference = await signal(world)
    world.drafts.down = False
    assert len(reports(world)) == 1
    assert (await attach(world, reference)).status_code == 404


async def test_what_is_remembered_has_no_name(world: World) -> None:
    """Neither of the reporter nor of the file, and not the reference that leads to it."""
    reference = await signal(world, reporter={"email": "mo@example.org", "phone": "0612345671"})
    await attach(world, reference)
    remembered = json.dumps(list(world.drafts.written))
    written = json.dumps(list(world.drafts.written.values())) + repr(world.log.records)
    assert reference not in remembered
    assert not any(word in written for word in ("example.org", "0612345671", "lamp.jpg"))


async def test_a_photo_takes_a_token_of_its_address(tmp_path: Path) -> None:
    """As anything that needs no key."""
    world = World(photos=tmp_path, address_limit={"rate": 1, "burst": 2})
    reference = await signal(world)
    assert [(await attach(world, reference)).status_code for _ in range(2)] == [201, 429]

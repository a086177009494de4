"""A client of Open311, and what it gets."""

from collections.abc import Mapping
from xml.etree import ElementTree as Xml

import httpx

from buurtsein_intake.status import Kept
from tests.unit.intake.fakes import NOW, World

BASE = "/open311/v2"
FORM = {
    "api_key": "test-key",
    "service_code": "nuisance",
    "lat": "52.38252",
    "long": "4.88858",
    "description": "De lantaarn op de hoek doet het niet.",
}
UNKNOWN = "0c2b3a58-6d6b-8f0e-9d59-0a4c5a9f0f11"


async def get(world: World, path: str, **query: str) -> httpx.Response:
    """Get a resource."""
    async with world.call() as client:
        return await client.get(f"{BASE}/{path}", params=query)


async def file(world: World, **changes: str | None) -> httpx.Response:
    """File a service request; a field that is nothing is left out."""
    return await post(world, "json", changes)


async def post(world: World, form: str, changes: Mapping[str, str | None]) -> httpx.Response:
    """File a service request and have the answer in a format."""
    data = {name: value for name, value in {**FORM, **changes}.items() if value is not None}
    async with world.call() as client:
        return await client.post(f"{BASE}/requests.{form}", data=data)


async def filed(world: World, **changes: str | None) -> str:
    """File a service request and return its reference, once there is a status."""
    reference: str = (await file(world, **changes)).json()[0]["service_request_id"]
    stands(world, reference)
    return reference


def stands(world: World, reference: str, outcome: str | None = None, **fields: str) -> None:
    """Have a report stand somewhere."""
    outcomes = {"municipality": f"2026-10-14T09:00:00.000+00:00 {outcome}"} if outcome else {}
    status = Kept({"received_at": NOW.isoformat(), **fields}, outcomes, {})
    world.statuses.kept = {**world.statuses.kept, reference: status}


def errors(answer: httpx.Response, status: int) -> list[str]:
    """Return the descriptions of errors in JSON, which have the status as their code."""
    assert answer.status_code == status, answer.text
    found = answer.json()
    assert all(set(each) == {"code", "description"} and each["code"] == status for each in found)
    return [each["description"] for each in found]


def as_xml(answer: httpx.Response) -> Xml.Element:
    """Return an answer of ours as the element that it is."""
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    return Xml.fromstring(answer.content)  # noqa: S314 - our own

"""A client of Signalen's public API, and what it gets."""

from typing import Any

import httpx

from tests.unit.intake.fakes import World

BASE = "/signals/v1/public"
LAMP = "wegen-verkeer-straatmeubilair/sub_categories/lantaarnpaal-straatverlichting"
BODY: dict[str, Any] = {
    "text": "De lantaarn op de hoek doet het niet.",
    "location": {"geometrie": {"type": "Point", "coordinates": [4.88858, 52.38252]}},
    "category": {"sub_category": f"{BASE}/terms/categories/{LAMP}"},
    "reporter": {},
    "incident_date_start": "2026-10-12T21:14:00+02:00",
}
UNKNOWN = "0c2b3a58-6d6b-8f0e-9d59-0a4c5a9f0f11"


async def post(world: World, /, **changes: object) -> httpx.Response:
    """Post a signal; a field that is `...` is left out."""
    body = {name: value for name, value in {**BODY, **changes}.items() if value is not ...}
    async with world.call() as client:
        return await client.post(f"{BASE}/signals/", json=body)


async def get(world: World, path: str) -> httpx.Response:
    """Get a resource."""
    async with world.call() as client:
        return await client.get(f"{BASE}/{path}")


async def mistakes(**changes: object) -> object:
    """Return the errors that a signal is refused with."""
    world = World()
    answer = await post(world, **changes)
    assert (answer.status_code, world.log.records) == (400, []), answer.text
    return answer.json()


def at(lon: object, lat: object, **more: object) -> dict[str, object]:
    """Return a location."""
    return {"geometrie": {"type": "Point", "coordinates": [lon, lat]}, **more}

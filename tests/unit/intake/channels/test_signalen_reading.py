"""Signalen's public API over HTTP: what it tells of a signal, and the categories."""

import pytest

from buurtsein_intake.channels.signalen import number_of
from buurtsein_intake.channels.signalen_categories import slugs_in
from buurtsein_intake.status import Kept
from tests.unit.intake.channels.signalen_client import BASE, UNKNOWN, get, post
from tests.unit.intake.fakes import NOW, World


@pytest.mark.parametrize(
    ("fields", "outcome", "state"),
    [
        ({}, None, {"state": "OPEN", "state_display": "Open"}),
        ({"verdict": "hold"}, None, {"state": "OPEN", "state_display": "Open"}),
        ({"routed": "publish"}, "in_progress", {"state": "OPEN", "state_display": "Open"}),
        ({"routed": "publish"}, "repaired", {"state": "CLOSED", "state_display": "Gesloten"}),
        ({"verdict": "decline"}, None, {"state": "CLOSED", "state_display": "Gesloten"}),
    ],
)
async def test_a_signal_tells_whether_it_is_closed(fields: dict[str, str], outcome: str | None, state: object) -> None:
    """With the times of its posting and of what happened."""
    world = World()
    posted = (await post(world)).json()
    outcomes = {"municipality": f"2026-10-14T09:00:00.000+00:00 {outcome}"} if outcome else {}
    status = Kept({"received_at": NOW.isoformat(), **fields}, outcomes, {})
    world.statuses.kept = {posted["signal_id"]: status}
    found = (await get(world, f"signals/{posted['signal_id']}")).json()
    updated = "2026-10-14T09:00:00Z" if outcome else posted["updated_at"]
    assert found == {**posted, "status": state, "updated_at": updated}


@pytest.mark.parametrize("signal", [UNKNOWN, "123", "x" * 500])
async def test_a_signal_that_is_not_there_is_not_found(signal: str) -> None:
    """In the shape of Django REST framework."""
    answer = await get(World(), f"signals/{signal}")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


async def test_while_a_store_does_not_answer_the_client_is_asked_to_come_back() -> None:
    """For reading as for posting."""
    world = World()
    world.statuses.kept = {UNKNOWN: Kept({"received_at": NOW.isoformat()}, {}, {})}
    world.filings.down = world.claims.down = True
    for answer in (await post(world), await get(world, f"signals/{UNKNOWN}")):
        assert (answer.status_code, list(answer.json())) == (503, ["detail"])
        assert int(answer.headers["retry-after"]) > 0


def test_the_number_of_a_signal_is_stable_and_fits_javascript() -> None:
    """It follows from the reference; another reference has another one."""
    assert number_of(UNKNOWN) == number_of(UNKNOWN) != number_of(UNKNOWN[::-1])
    assert 0 < number_of(UNKNOWN) < 2**52


async def test_every_category_that_is_listed_is_one_that_a_signal_may_have() -> None:
    """The links lead to this installation."""
    world = World()
    found = (await get(world, "terms/categories/")).json()
    assert found["count"] == len(found["results"])
    links = [sub["_links"]["self"]["href"] for main in found["results"] for sub in main["sub_categories"]]
    assert all(link.startswith(f"https://b.example{BASE}/terms/categories/") for link in links)
    assert all(slugs_in(link) for link in links)
    assert (await post(world, category={"sub_category": links[0]})).status_code == 201


async def test_the_endpoint_is_not_served_where_the_installation_does_not_want_it() -> None:
    """It is open to anybody, so it can be closed."""
    assert (await post(World(signalen_public=False))).status_code == 404

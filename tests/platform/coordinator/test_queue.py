"""What waits for a coordinator: in pages, and measured."""

from tests.platform.coordinator.given import COORDINATOR, Desk
from tests.platform.intake_process import eventually


async def test_pages_follow_each_other(desk: Desk) -> None:
    """Oldest first, each matter once."""
    for _ in range(3):
        await desk.held(community="overvecht")
    path, found = "/v1/queue?community=overvecht&limit=2", []
    while path:
        page = (await desk.http.get(path, headers=COORDINATOR)).json()
        found += [(item["since"], item["case"]["report_id"]) for item in page["items"]]
        path = page.get("next")
    assert len(found) == len(set(found)) >= 3
    assert found == sorted(found)


async def test_the_queue_is_measured(desk: Desk) -> None:
    """How much waits, how long already, and how much of it for too long."""
    await desk.held(community="haarlemmerbuurt")
    await eventually(lambda: measures(desk, "buurtsein_waiting_cases", 1))
    assert await measures(desk, "buurtsein_overdue_cases", 0)


async def measures(desk: Desk, name: str, at_least: float) -> bool:
    """Tell whether a metric of the Haarlemmerbuurt is as high."""
    lines = (await desk.http.get("/metrics")).text.splitlines()
    found = [line for line in lines if line.startswith(f'{name}{{community="haarlemmerbuurt"}}')]
    return bool(found) and float(found[0].split()[1]) >= at_least

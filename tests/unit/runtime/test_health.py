"""The operational endpoints."""

import httpx
import pytest
from fastapi import FastAPI

from buurtsein_events.results import Count
from buurtsein_runtime import metrics
from buurtsein_runtime.health import Health, router


async def get(health: Health, path: str) -> httpx.Response:
    """Return the answer of a service with this health."""
    api = FastAPI()
    api.include_router(router(health))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://service") as client:
        return await client.get(path)


async def fine() -> str | None:
    """Find nothing wrong."""
    return None


async def broken() -> str | None:
    """Find something wrong."""
    return "no answer"


async def test_a_service_without_problems_is_ready() -> None:
    """Every check that finds nothing makes 200."""
    health = Health()
    health.ready["redis"] = fine
    assert (await get(health, "/readyz")).status_code == 200


async def test_a_failing_dependency_is_named_and_does_not_ask_for_a_restart() -> None:
    """Not ready, but alive: a restart would not help."""
    health = Health()
    health.ready["redis"] = broken
    answer = await get(health, "/readyz")
    assert (answer.status_code, answer.json()["problems"]) == (503, {"redis": "no answer"})
    assert (await get(health, "/healthz")).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_a_service_that_cannot_make_progress_is_neither_alive_nor_ready(path: str) -> None:
    """What only a restart cures fails both."""
    health = Health()
    health.alive["progress"] = broken
    assert (await get(health, path)).status_code == 503


async def test_metrics_show_what_decisions_counted() -> None:
    """A count of a decision arrives under its name and labels."""
    metrics.count([Count("routed", ("test-network",))])
    assert 'buurtsein_routed_total{network="test-network"} 1.0' in (await get(Health(), "/metrics")).text

"""What the benchmark sends is what the channels take: each request is one report, signed as intake verifies it."""

import json
import random
from typing import Any

import pytest

from buurtsein_platform.bench.channels import WAYS
from buurtsein_platform.bench.providers import SETTINGS, native_of_1_kib, native_of_64_kib
from buurtsein_platform.bench.reports import report
from tests.unit.intake.fakes import World, reports

HEADERS = {"Content-Type": "application/json"}


def said() -> dict[str, Any]:
    """Return a report."""
    return report(random.Random(1))  # noqa: S311


def settings() -> dict[str, object]:
    """Return the benchmark's settings as intake reads them from the environment."""
    return {
        name.removeprefix("BUURTSEIN_").lower(): json.loads(value) if value[0] in "[{" else value
        for name, value in SETTINGS.items()
    }


@pytest.mark.parametrize("name", WAYS)
async def test_a_request_of_the_benchmark_is_accepted_as_one_report(name: str) -> None:
    """With the same words over each channel, however large the body."""
    world = World(**settings(), clock="events")
    sent = WAYS[name](10_000_001, said())
    async with world.call() as client:
        answer = await client.post(sent.path, content=sent.body, headers={**HEADERS, **sent.headers})
    assert answer.status_code == sent.status
    [kept] = reports(world)
    assert kept.text.startswith(said()["text"])


def test_larger_bodies_have_the_size_that_they_are_named_after() -> None:
    """To the byte."""
    sizes = [len(way(10_000_001, said()).body) for way in (native_of_1_kib, native_of_64_kib)]
    assert sizes == [1024, 64 * 1024]

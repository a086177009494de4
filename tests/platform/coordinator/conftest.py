"""Moderation and routing for the tests of coordinators."""

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from buurtsein_moderation.loading import LADDER
from tests.platform.coordinator.given import Desk
from tests.platform.intake_process import Process

SHIPPED = (LADDER.parent / "coordinators.yaml").read_text("utf-8")


@pytest.fixture(scope="package")
async def desk(kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Start moderation and routing once for these tests."""
    home: Path = tmp_path_factory.mktemp("coordinator")
    other = {
        "name": "neighbour",
        "key_sha256": sha256(b"neighbour").hexdigest(),
        "communities": {"overvecht": "coordinator"},
    }
    (home / "coordinators.yaml").write_text(f"{SHIPPED}  - {json.dumps(other)}\n", "utf-8")
    surroundings = {
        "BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap,
        "BUURTSEIN_REDIS_URL": redis_url,
        "BUURTSEIN_COORDINATORS": str(home / "coordinators.yaml"),
        "BUURTSEIN_MODERATION_URL": "https://b.example",
    }
    services = [Process(surroundings, name) for name in ("moderation", "routing")]
    for service in services:
        await service.start()
    yield Desk(services[0], kafka_bootstrap)
    for service in services:
        await service.http.aclose()
        await service.stop()

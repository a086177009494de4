"""Intake does what its OpenAPI document says: schemathesis sends what it allows and what it doesn't."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.platform.intake_process import Process

pytestmark = pytest.mark.kafka

SECRETS = {
    f"BUURTSEIN_{name}": "secret"
    for name in (
        "WHATSAPP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
        "TELEGRAM_SECRET_TOKEN",
        "SMS_TOKEN",
        "FACEBOOK_SECRET",
        "FACEBOOK_VERIFY_TOKEN",
    )
}
ROOT = Path(__file__).parents[2]
SECONDS = 60
LIMIT = '{"rate": 1000000, "burst": 1000000}'
RUN = ("--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", "3", "--no-shrink", "--seed", "1")


@pytest.fixture(scope="module")
async def intake(
    kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Process]:
    """Start an intake that serves every channel, and on which wrong codes may be tried at will."""
    photos = str(tmp_path_factory.mktemp("photos"))
    around = {
        "BUURTSEIN_WRONG_CODES": "1000000",
        "BUURTSEIN_ADDRESS_LIMIT": LIMIT,
        "BUURTSEIN_PHOTOS": photos,
        **SECRETS,
    }
    process = Process({"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url, **around})
    await process.start()
    yield process
    await process.http.aclose()
    await process.stop()


async def test_every_operation_of_the_document_does_what_it_says(intake: Process) -> None:
    """All of schemathesis' checks: statuses, media types, headers, shapes, methods, keys, and no fault of ours."""
    command = (
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", "tests/platform/schemathesis.toml", "run"),
        *(f"http://127.0.0.1:{intake.port}/openapi.json", *RUN, "--max-time", str(SECONDS), "--no-color"),
    )
    run = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    said = (await run.communicate())[0].decode()
    assert run.returncode == 0, said

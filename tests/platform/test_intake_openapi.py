"""Intake does what its OpenAPI document says: schemathesis sends what it allows and what it doesn't.

And others can make a client of it: openapi-python-client makes one here, which is used against the running intake.
"""

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from uuid import uuid4

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
    run = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE)
    said = (await run.communicate())[0].decode()
    assert run.returncode == 0, said


@pytest.fixture(scope="module")
async def package(intake: Process, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Generate a client from the document and return its name; the generator must have nothing to remark."""
    home, name = tmp_path_factory.mktemp("client"), "generated_client"
    (home / "openapi.json").write_bytes((await intake.http.get("/openapi.json")).content)
    command = (
        *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning", "--meta", "none"),
        *("--config", "tests/platform/openapi_client.yaml"),
        *("--path", str(home / "openapi.json"), "--output-path", str(home / name)),
    )
    run = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE, stderr=STDOUT)
    said = (await run.communicate())[0].decode()
    assert run.returncode == 0, said
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(home))
        yield name


async def test_a_generated_client_sends_a_report_and_follows_it(intake: Process, package: str) -> None:
    """With its own models, on both ends."""
    client, models = import_module(package), import_module(f"{package}.models")
    post, get = (import_module(f"{package}.api.reports.{name}") for name in ("post_report", "get_report"))
    url = f"http://127.0.0.1:{intake.port}"
    async with client.AuthenticatedClient(base_url=url, token="local-demo-key", raise_on_unexpected_status=True) as own:
        where = models.LocationIn(lat=52.3833, lon=4.8864)
        report = models.ReportIn(text=f"Glas op straat {uuid4()}", location=where, community="haarlemmerbuurt")
        kept = await post.asyncio(client=own, body=report, idempotency_key=f'"{uuid4()}"')
        assert isinstance(kept, models.Receipt)
        status = await get.asyncio(kept.reference, client=own)
    assert isinstance(status, models.ReportStatus)
    assert (status.reference, status.status) == (kept.reference, models.ReportStatusStatus.RECEIVED)


async def test_a_generated_client_reads_what_is_wrong_with_a_report(intake: Process, package: str) -> None:
    """As a problem that names the field."""
    client, models = import_module(package), import_module(f"{package}.models")
    post = import_module(f"{package}.api.reports.post_report")
    async with client.AuthenticatedClient(base_url=f"http://127.0.0.1:{intake.port}", token="local-demo-key") as own:
        problem = await post.asyncio(client=own, body=models.ReportIn(text="Glas", community="nergens"))
    assert isinstance(problem, models.ProblemDetails)
    assert [error.pointer for error in problem.errors] == ["#/community"]

"""An intake and a browser for the tests of the page."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.platform.intake_process import Process
from tests.platform.page import browser as chromium

HERE = Path(__file__).parent
PROGRAM = chromium.found()
WITHOUT = pytest.mark.skip(reason="no Chromium on the path: apt install chromium, or any Chrome, gives one")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests of this directory where there is no browser."""
    for item in items:
        if PROGRAM is None and HERE in item.path.parents:
            item.add_marker(WITHOUT)


@pytest.fixture(scope="package")
async def intake(
    kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Process]:
    """Start intake once for these tests."""
    own = {"BUURTSEIN_PHOTOS": str(tmp_path_factory.mktemp("photos"))}
    process = Process({"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url, **own})
    await process.start()
    yield process
    await process.http.aclose()
    await process.stop()


@pytest.fixture(scope="package")
async def browser() -> AsyncIterator[Browser]:
    """Start the browser once for these tests."""
    assert PROGRAM
    async for browser in chromium.browsers(PROGRAM):
        yield browser

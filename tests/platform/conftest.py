"""A platform of its own for the tests: Kafka, the store and the topics, without the services, on ports of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from buurtsein_platform.platform import Platform
from buurtsein_platform.ports import scattered_ports

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this directory as one that needs Kafka."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.kafka)


def own_platform(home: Path, **environment: str) -> Platform:
    """Return a platform without services that takes no notice of a user's cluster and ends with these tests."""
    nothing = {"BUURTSEIN_KAFKA_BOOTSTRAP": "", "BUURTSEIN_REDIS_URL": "", "BUURTSEIN_PARTITIONS": ""}
    return Platform(home, services=False, environment=nothing | environment, wanted=scattered_ports(), bound=True)


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Bring Kafka, the store and the topics up once, and down after the last test."""
    platform = own_platform(tmp_path_factory.mktemp("platform"))
    platform.up()
    yield platform
    platform.down()


@pytest.fixture(scope="session")
def kafka_bootstrap(platform: Platform) -> str:
    """Return the address of the tests' broker."""
    return platform.kafka_bootstrap


@pytest.fixture(scope="session")
def redis_url(platform: Platform) -> str:
    """Return the URL of the tests' store."""
    return platform.redis_url

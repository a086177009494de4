"""The broker's artifacts, configuration and command line."""

from pathlib import Path

import pytest

from buurtsein_platform.broker import (
    SOURCE,
    Artifacts,
    artifacts_name,
    cluster_id,
    command,
    keep_archive,
    resolve_artifacts,
    server_properties,
)
from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home
from buurtsein_platform.java import Java

JAVA = Java(Path("/usr/bin/java"), "17.0.15")
POM = "<project><kafka.version>4.2.1</kafka.version></project>"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a data directory and a cache in the test's own directory."""
    return Home(tmp_path / "home", tmp_path / "cache")


@pytest.fixture
def artifacts(home: Home) -> Artifacts:
    """Return two jars in the cache."""
    directory = home.cache / "kafka-1"
    directory.mkdir(parents=True)
    for name in ("b.jar", "a.jar", "classes-11.jsa"):
        (directory / name).touch()
    return Artifacts(directory)


def test_the_cache_is_named_by_the_version_and_by_everything_else_in_the_pom() -> None:
    """Another version of anything is another directory."""
    assert artifacts_name(POM).startswith("kafka-4.2.1-")
    assert artifacts_name(POM) != artifacts_name(POM + "<!-- another log4j -->")
    assert artifacts_name((SOURCE / "pom.xml").read_text("utf-8")).startswith("kafka-4.")


def test_a_pom_without_a_version_is_refused() -> None:
    """A pom that does not say which Kafka is named as the mistake."""
    with pytest.raises(PlatformError, match=r"deploy/kafka/pom\.xml"):
        artifacts_name("<project/>")


def test_artifacts_in_the_cache_are_taken_without_maven(home: Home, tmp_path: Path) -> None:
    """Nothing is fetched when the directory is there: a copy gets its name only when it is whole."""
    pom = tmp_path / "pom.xml"
    pom.write_text(POM, "utf-8")
    there = home.cache / artifacts_name(POM)
    there.mkdir(parents=True)
    assert resolve_artifacts(home.cache, pom).directory == there


def test_the_classpath_has_a_fixed_order(artifacts: Artifacts) -> None:
    """A class-data archive is only valid for the classpath that it was made with."""
    assert artifacts.classpath == f"{artifacts.directory / 'a.jar'}:{artifacts.directory / 'b.jar'}"


def test_everything_listens_on_the_loopback_and_topics_are_never_created_by_accident() -> None:
    """The configuration keeps strangers out and mistyped topics away, and starts groups at once."""
    lines = server_properties(Path("/data"), port=1, controller=2).splitlines()
    assert "listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2" in lines
    assert "controller.quorum.voters=1@127.0.0.1:2" in lines
    assert "auto.create.topics.enable=false" in lines
    assert "group.initial.rebalance.delay.ms=0" in lines
    assert "log.dirs=/data" in lines


def test_the_first_broker_writes_the_archive_that_the_next_one_starts_from(home: Home, artifacts: Artifacts) -> None:
    """The archive is written under a passing name, so that one being written is never read."""
    first = command(home, JAVA, artifacts)
    written = next(word.partition("=")[2] for word in first if word.startswith("-XX:ArchiveClassesAtExit="))
    Path(written).touch()
    assert command(home, JAVA, artifacts) == first
    keep_archive(home)
    assert f"-XX:SharedArchiveFile={artifacts.archive(JAVA)}" in command(home, JAVA, artifacts)
    assert not Path(written).exists()


def test_an_archive_belongs_to_one_java(artifacts: Artifacts) -> None:
    """Another Java would refuse the archive, so it has its own."""
    assert artifacts.archive(JAVA) != artifacts.archive(Java(JAVA.path, "21.0.2"))


def test_a_cluster_id_is_never_taken_for_an_option() -> None:
    """Kafka's tool would refuse an id that begins with a dash."""
    ids = {cluster_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(name) == 22 and not name.startswith("-") for name in ids)

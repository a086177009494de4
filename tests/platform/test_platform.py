"""The platform as its users meet it: up, up again, down, ports that are taken, data that was deleted."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM, Signals
from uuid import uuid4

import pytest
from kafka.admin import ConfigResource, KafkaAdminClient
from redis import Redis

from buurtsein_events.topics import dead_letter_topic, topics
from buurtsein_platform.broker import resolve_artifacts
from buurtsein_platform.errors import PlatformError
from buurtsein_platform.platform import Platform
from buurtsein_platform.ports import HOST, listens
from buurtsein_platform.programs import KAFKA, STORE, bound_to_parent
from buurtsein_platform.topics import DEAD_LETTER_BYTES, Wanted, create_topics, wanted_topics
from buurtsein_platform.waiting import wait_until
from tests.platform.conftest import own_platform


@pytest.fixture
def admin(kafka_bootstrap: str) -> Iterator[KafkaAdminClient]:
    """Return an admin client of the tests' broker."""
    client = KafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    yield client
    client.close()


@pytest.fixture
def light(tmp_path: Path, platform: Platform) -> Iterator[Platform]:
    """Return a platform that is not up and would use the tests' broker: a store and nothing else of its own."""
    light = own_platform(tmp_path / "home", BUURTSEIN_KAFKA_BOOTSTRAP=platform.kafka_bootstrap)
    yield light
    light.down()


def processes_of(home: Path) -> list[int]:
    """Return the ids of the processes that name the data directory on their command line."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            words = (directory / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if os.fsencode(home) in words:
            found.append(int(directory.name))
    return found


def test_every_topic_of_the_contracts_is_there_with_its_dead_letters(admin: KafkaAdminClient) -> None:
    """The broker has the contracts' topics and no others but its own."""
    wanted = {name for topic in topics() for name in (topic.name, dead_letter_topic(topic.name))}
    assert {name for name in admin.list_topics() if not name.startswith("__")} >= wanted


def test_topics_are_configured_as_contracted(admin: KafkaAdminClient) -> None:
    """Retention is the contract's, and a dead-letter topic takes records that are too large for its own topic."""
    names = ["reports.received", "reports.received.dlq"]
    configs = admin.describe_configs([ConfigResource("TOPIC", name) for name in names])["topic"]
    assert configs["reports.received"]["retention.ms"]["value"] == str(7 * 24 * 3600 * 1000)
    assert configs["reports.received.dlq"]["retention.ms"]["value"] == str(28 * 24 * 3600 * 1000)
    assert configs["reports.received.dlq"]["max.message.bytes"]["value"] == str(DEAD_LETTER_BYTES)


def test_existing_topics_are_left_alone_and_differences_are_said(kafka_bootstrap: str) -> None:
    """Creating topics again with other partitions changes nothing and names the topics that differ."""
    report = create_topics(kafka_bootstrap, wanted_topics(topics(), 3), replication=1)
    assert report.created == ()
    assert "reports.received: partitions is 2, the contract says 3" in report.differences


def test_topics_that_others_create_at_the_same_time_are_no_mistake(kafka_bootstrap: str) -> None:
    """Nor are those that were created when the answer of a busy broker was lost: all of them are there in the end."""
    wanted = tuple(Wanted(f"together.{uuid4()}", 1, {}) for _ in range(3))
    with ThreadPoolExecutor(4) as pool:
        for report in pool.map(lambda _: create_topics(kafka_bootstrap, wanted, replication=1), range(4)):
            assert report.differences == ()
    assert create_topics(kafka_bootstrap, wanted, replication=1).created == ()


def test_the_store_keeps_and_never_forgets(redis_url: str) -> None:
    """The store has an append-only file and refuses writes rather than to evict."""
    with Redis.from_url(redis_url, decode_responses=True) as store:
        settings = store.config_get("append*", "maxmemory-policy")
    assert isinstance(settings, dict)
    assert (settings["appendonly"], settings["appendfsync"]) == ("yes", "everysec")
    assert settings["maxmemory-policy"] == "noeviction"


def test_a_second_up_is_harmless(platform: Platform) -> None:
    """What runs goes on running, and another object finds it at the same addresses."""
    before = platform.process_ids(KAFKA), platform.process_ids(STORE)
    again = own_platform(platform.home.root)
    again.up()
    assert (again.process_ids(KAFKA), again.process_ids(STORE)) == before
    assert (again.kafka_bootstrap, again.redis_url) == (platform.kafka_bootstrap, platform.redis_url)


def test_what_is_killed_comes_back(light: Platform) -> None:
    """The supervisor starts a program again that ended by a signal."""
    light.up()
    before = light.process_ids(STORE)
    light.kill(STORE, SIGKILL)
    assert wait_until(lambda: light.process_ids(STORE) not in ((), before), seconds=20)
    light.wait_ready(STORE)


def test_a_stopped_program_stays_stopped_until_it_is_started(light: Platform) -> None:
    """Stopping, starting and restarting a program does what it says."""
    light.up()
    light.stop_program(STORE)
    assert light.process_ids(STORE) == ()
    light.start_program(STORE)
    light.restart(STORE)
    light.wait_ready(STORE)
    assert light.process_ids(STORE)


def test_a_taken_port_is_avoided(tmp_path: Path, platform: Platform) -> None:
    """When the wanted port is taken, the next free one is chosen and written down."""
    with socket.create_server((HOST, 0)) as other:
        taken = other.getsockname()[1]
        light = own_platform(tmp_path / "home", BUURTSEIN_KAFKA_BOOTSTRAP=platform.kafka_bootstrap)
        light.wanted = {**light.wanted, STORE: taken}
        light.up()
        assert taken < light.running.ports[STORE]
        assert listens(light.running.ports[STORE])
    light.down()


def test_a_cluster_that_exists_is_used(light: Platform, kafka_bootstrap: str) -> None:
    """With a bootstrap address given, no broker is started and the address is passed on."""
    light.up()
    assert light.kafka_bootstrap == kafka_bootstrap
    assert KAFKA not in light.programs()


def test_down_leaves_no_process_and_no_addresses(light: Platform) -> None:
    """After down nothing of the platform runs, and asking for an address says so."""
    light.up()
    assert processes_of(light.home.root)
    assert light.down()
    assert wait_until(lambda: not processes_of(light.home.root), seconds=5)
    with pytest.raises(PlatformError, match="Nothing runs in"):
        _ = light.redis_url
    assert not light.down()


@pytest.mark.parametrize("signal", [SIGINT, SIGTERM])
def test_an_up_that_is_interrupted_leaves_nothing(light: Platform, signal: Signals) -> None:
    """Ctrl-C while it waits, here for a broker that never comes, stops what was started so far."""
    environment = {
        **light.environment,
        "BUURTSEIN_HOME": str(light.home.root),
        "BUURTSEIN_KAFKA_BOOTSTRAP": f"{HOST}:1",
    }
    # As from a terminal: what a shell runs in the background, as it may these tests, is deaf to Ctrl-C.
    hear = "import os, sys, signal as s; s.signal(s.SIGINT, s.SIG_DFL); os.execv(sys.executable, sys.argv[1:])"
    words = [sys.executable, "-m", "buurtsein_platform", "up", "--only-infrastructure"]
    hearing = [sys.executable, "-c", hear, *words]
    with subprocess.Popen(hearing, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as up:
        assert wait_until(lambda: light.supervisor.alive() and light.process_ids(STORE) != (), seconds=30)
        up.send_signal(signal)
        assert up.wait(30) != 0
    assert wait_until(lambda: not processes_of(light.home.root), seconds=5)


def test_other_settings_start_the_platform_anew(light: Platform) -> None:
    """An up with other settings replaces what runs, since the programs would not know them."""
    light.up()
    before = light.process_ids(STORE)
    other = own_platform(light.home.root, BUURTSEIN_KAFKA_BOOTSTRAP=light.kafka_bootstrap, BUURTSEIN_CLOCK="events")
    other.up()
    assert other.process_ids(STORE) != before
    other.down()


def test_deleted_data_is_noticed_and_what_still_runs_can_be_stopped(light: Platform) -> None:
    """Who deletes the data directory of a running platform is told how to stop the rest, and can."""
    light.up()
    shutil.rmtree(light.home.root)
    with pytest.raises(PlatformError, match="was deleted while it was in use"):
        _ = light.running
    assert light.down()
    assert wait_until(lambda: not processes_of(light.home.root), seconds=5)


@pytest.mark.skipif(not bound_to_parent("TERM"), reason="this system cannot bind a process to its parent")
def test_when_the_supervisor_is_killed_nothing_goes_on_without_it(light: Platform) -> None:
    """Programs end with their supervisor, a command says that nothing runs, and the next up starts anew."""
    light.up()
    os.kill(light.supervisor.pid(), SIGKILL)
    assert wait_until(lambda: not processes_of(light.home.store), seconds=10)
    with pytest.raises(PlatformError, match="Nothing runs in"):
        light.programs()
    light.up()
    light.wait_ready(STORE)


def test_what_does_not_start_is_named_with_the_end_of_its_log_and_nothing_is_left(light: Platform) -> None:
    """A program that ends again and again fails the up within seconds, which then stops the rest."""
    light.home.create()
    (light.home.store / "appendonlydir").write_text("not a directory", "utf-8")
    with pytest.raises(PlatformError, match=r"store does not become ready(.|\n)*append"):
        light.up()
    assert wait_until(lambda: not processes_of(light.home.root), seconds=5)


def test_the_broker_is_taken_from_the_cache_and_has_its_archive_after_the_first_stop(tmp_path: Path) -> None:
    """A second platform resolves nothing; a stopped broker leaves its class-data archive for the next."""
    first = own_platform(tmp_path / "home")
    first.up()
    first.down()
    artifacts = resolve_artifacts(first.home.cache)
    assert list(artifacts.directory.glob("classes-*.jsa"))
    assert not list(artifacts.directory.glob("*.jsa.*")), "no archive is left under a passing name"

"""The container set-up, read as data: what the local platform promises holds there too."""

import re
from pathlib import Path

import pytest
import yaml

from buurtsein_platform.programs import SERVICES

ROOT = Path(__file__).parents[3]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
RECIPE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_its_target_restarts_and_is_asked_whether_it_is_ready(name: str) -> None:
    """A service is built from its own target, comes back when it ends and has a health check."""
    service = COMPOSE["services"][name]
    assert service["build"]["target"] == name
    assert service["restart"] == "unless-stopped"
    assert "/readyz" in service["healthcheck"]["test"][-1]
    assert service["depends_on"]["topics"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", [*SERVICES, "platform"])
def test_every_target_runs_as_somebody_and_holds_one_service(name: str) -> None:
    """No target runs as root, and a service's target copies no other service."""
    target = re.split(r"^FROM ", RECIPE, flags=re.MULTILINE)
    lines = next(part for part in target if part.startswith(f"base AS {name}\n"))
    assert "USER buurtsein" in lines
    assert set(re.findall(r"services/(\w+)", lines)) == ({name} & set(SERVICES))


def test_broker_and_store_are_those_of_the_local_platform() -> None:
    """The same Kafka, and a store with an append-only file that evicts nothing."""
    pom = (ROOT / "deploy" / "kafka" / "pom.xml").read_text("utf-8")
    assert f"<kafka.version>{COMPOSE['services']['kafka']['image'].rpartition(':')[2]}<" in pom
    words = " ".join(COMPOSE["services"]["valkey"]["command"])
    assert "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction" in words


def test_only_this_machine_reaches_the_ports() -> None:
    """Every published port is bound to the loopback: one of each service, and intake's for mail."""
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert len(ports) == len(SERVICES) + 1
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_make_and_the_images_use_the_same_uv() -> None:
    """One version of the installer, wherever it runs."""
    made = re.search(r"^UV_VERSION := (\S+)$", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    assert made is not None
    assert f"uv=={made.group(1)}" in RECIPE

"""The programs of a platform: what is run, how it is told where it is, and how long it may take to stop."""

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from buurtsein_platform.home import Home
from buurtsein_platform.ports import HOST

KAFKA = "kafka"
STORE = "store"
SERVICES = ("intake", "moderation", "routing", "feedback")
SECOND_WORKERS = ("moderation-2", "routing-2", "feedback-2")
"""More workers of the same group, never started by `up`: `Platform.start_program` does."""

ALLOCATOR = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536"}
"""One heap for all threads, given back when it is free: what Python holds for long it keeps outside of it."""


@dataclass(frozen=True, slots=True)
class Program:
    """One program; a lower `order` starts earlier and stops later, `farewell` is sent when the supervisor dies."""

    name: str
    command: tuple[str, ...]
    directory: Path
    environment: dict[str, str] = field(default_factory=dict)
    order: int = 1
    stop_seconds: int = 10
    farewell: str = "TERM"

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command line; its environment is set by `env`, whose quoting is the shell's."""
        settings = [f"{name}={value}" for name, value in sorted(self.environment.items())]
        return (*bound_to_parent(self.farewell), *(("env", *settings) if settings else ()), *self.command)


def bound_to_parent(signal: str) -> tuple[str, ...]:
    """Return the prefix that makes a program get the signal when its parent dies; empty where the system can't."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", signal) if setpriv else ()


def kafka_program(home: Home, command: tuple[str, ...]) -> Program:
    """Return the broker; it hands over in an orderly way, which takes a moment."""
    return Program(KAFKA, command, home.kafka, order=1, stop_seconds=30)


def store_program(home: Home, command: tuple[str, ...]) -> Program:
    """Return Redis or Valkey."""
    return Program(STORE, command, home.store, order=2)


def service_program(home: Home, name: str, *, port: int) -> Program:
    """Return a service, or the second worker of it (`moderation-2`)."""
    environment = {
        **ALLOCATOR,
        "BUURTSEIN_HTTP_HOST": HOST,
        "BUURTSEIN_HTTP_PORT": str(port),
        "BUURTSEIN_INSTANCE": name,
        "BUURTSEIN_WORK_DIR": str(home.work(name)),
    }
    command = (sys.executable, "-m", f"buurtsein_{name.removesuffix('-2')}")
    home.work(name).mkdir(parents=True, exist_ok=True)
    return Program(name, command, home.work(name), environment, order=3, farewell="KILL")

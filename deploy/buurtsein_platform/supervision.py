"""The supervisor: supervisord with a generated configuration, asked and told over its socket."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final
from xmlrpc.client import Error, ServerProxy

from pydantic import BaseModel, TypeAdapter
from supervisor.xmlrpc import Faults, SupervisorTransport

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home
from buurtsein_platform.programs import Program, bound_to_parent
from buurtsein_platform.waiting import wait_until

STOPPED_STATES: Final = frozenset({"STOPPED", "EXITED", "FATAL", "UNKNOWN"})
LOG_BYTES: Final = "10MB"
LOGS_KEPT: Final = 3
PATIENCE: Final = 60.0
RETRIES: Final = 1_000_000
"""The supervisor never gives up: what a service waits for may come back after hours."""


class ProgramStatus(BaseModel):
    """One program as the supervisor sees it; `start` and `now` are its clock in seconds."""

    name: str
    statename: str
    pid: int
    start: int
    now: int
    description: str

    @property
    def active(self) -> bool:
        """Whether it runs or is about to."""
        return self.statename not in STOPPED_STATES


_STATUSES = TypeAdapter(list[ProgramStatus])


class Supervisor:
    """The supervisor of one platform; every method asks it anew, over the socket."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def alive(self) -> bool:
        """Return whether it answers; one that is shutting down does."""
        try:
            self._ask("getState")
        except OSError:
            return False
        except Error:
            return True
        return True

    def pid(self) -> int:
        """Return its process id."""
        return TypeAdapter(int).validate_python(self._ask("getPID"))

    def programs(self) -> dict[str, ProgramStatus]:
        """Return every program by name; raises `PlatformError` when no supervisor answers."""
        try:
            return {status.name: status for status in _STATUSES.validate_python(self._ask("getAllProcessInfo"))}
        except (OSError, Error) as error:  # nobody there, or somebody who is shutting down
            raise PlatformError(f"Nothing runs in {self._home.root}: start it with `buurtsein up`.") from error

    def start(self, name: str) -> None:
        """Start a program unless it runs; returns before it is ready."""
        self._tell("startProcess", name, settled=Faults.ALREADY_STARTED)

    def stop(self, name: str, *, seconds: float = PATIENCE) -> None:
        """Stop a program if it runs, and wait until it has ended."""
        self._tell("stopProcess", name, settled=Faults.NOT_RUNNING)
        if not wait_until(lambda: not self.programs()[name].active, seconds=seconds):
            raise PlatformError(f"{name} did not stop within {seconds:.0f} s: see {self._home.log(name)}.")

    def shut_down(self, *, seconds: float = PATIENCE) -> None:
        """Stop every program in the reverse of their order, then the supervisor; wait until it has gone."""
        if not wait_until(self._gone, seconds=seconds):
            raise PlatformError(f"The platform did not stop within {seconds:.0f} s: see {self._home.logs}.")

    def _gone(self) -> bool:
        """Ask it to go, again each time since a request can be lost with its connection; return whether it has gone."""
        with suppress(OSError, Error):  # gone, or already on its way
            self._ask("shutdown")
        return not self.alive()

    def _tell(self, method: str, name: str, *, settled: int) -> None:
        if name not in self.programs():
            raise PlatformError(f"There is no program {name}: the platform has {', '.join(sorted(self.programs()))}.")
        try:
            self._ask(method, name, False)
        except Error as error:
            if getattr(error, "faultCode", None) != settled:
                raise PlatformError(f"{name}: {error}") from error

    def _ask(self, method: str, *arguments: str | bool) -> object:
        transport = SupervisorTransport(None, None, f"unix://{self._home.socket}")
        with ServerProxy("http://localhost", transport=transport) as server:
            return getattr(server.supervisor, method)(*arguments)


def launch(home: Home, environment: Mapping[str, str], *, bound: bool) -> "subprocess.Popen[bytes]":
    """Start the supervisor in a session of its own, so that Ctrl-C reaches who asked for it and not what it runs.

    A bound one ends when the process that started it does, however that ends.
    """
    words = (*(bound_to_parent("TERM") if bound else ()), sys.executable, "-m", "supervisor.supervisord")
    with home.log("supervisord").open("ab") as log:
        return subprocess.Popen(
            [*words, "--nodaemon", "--configuration", str(home.supervisor)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, **environment},
            start_new_session=True,
        )


def configuration(home: Home, programs: Sequence[Program]) -> str:
    """Return the supervisor's configuration for the programs."""
    sections: dict[str, Mapping[str, object]] = {
        "supervisord": {
            "logfile": "/dev/null",
            "logfile_maxbytes": 0,
            "pidfile": home.root / "supervisord.pid",
            "childlogdir": home.logs,
            "identifier": "buurtsein",
        },
        "unix_http_server": {"file": home.socket, "chmod": "0700"},
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
        **{f"program:{program.name}": _section(home, program) for program in programs},
    }
    return "\n".join(f"[{name}]\n{_lines(section)}" for name, section in sections.items())


def _section(home: Home, program: Program) -> dict[str, object]:
    """A service is crash-only: it is started again whatever it ended with, later each time when it ends at once."""
    return {
        "command": shlex.join(program.words),
        "directory": program.directory,
        "priority": program.order,
        "autostart": "false",
        "autorestart": "true",
        "startsecs": 1,
        "startretries": RETRIES,
        "stopsignal": "TERM",
        "stopwaitsecs": program.stop_seconds,
        "redirect_stderr": "true",
        "stdout_logfile": home.log(program.name),
        "stdout_logfile_maxbytes": LOG_BYTES,
        "stdout_logfile_backups": LOGS_KEPT,
    }


def _lines(section: Mapping[str, object]) -> str:
    """The supervisor expands `%(name)s`, so a percent sign is written twice."""
    return "".join(f"{name}={str(value).replace('%', '%%')}\n" for name, value in section.items())

"""The local platform: Kafka, the store and the four services, started, watched and stopped as one."""

import os
import subprocess
from collections.abc import Mapping, Set
from contextlib import ExitStack, suppress
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from signal import Signals

from buurtsein_events.topics import topics
from buurtsein_platform import broker, readiness, store
from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home, Running, default_root, home_at
from buurtsein_platform.java import find_java
from buurtsein_platform.logfiles import last_lines
from buurtsein_platform.ports import DEFAULT_PORTS, HOST, choose_ports
from buurtsein_platform.programs import (
    KAFKA,
    SECOND_WORKERS,
    SERVICES,
    STORE,
    Program,
    kafka_program,
    service_program,
    store_program,
)
from buurtsein_platform.progress import Progress, Silent
from buurtsein_platform.supervision import ProgramStatus, Supervisor, configuration, launch
from buurtsein_platform.topics import create_topics, wanted_topics
from buurtsein_platform.waiting import wait_until

PARTITIONS = 2
READY_SECONDS = 180.0
STARTS = 5
NOT_SETTINGS = frozenset({"BUURTSEIN_HOME", "BUURTSEIN_CACHE", "BUURTSEIN_PARTITIONS"})
"""Variables that change nothing in the programs that run."""


class Platform:
    """One platform in one data directory; any number of objects and processes may look at the same one.

    `environment` is added to the process's own; the programs get all of it. `wanted` ports are taken when free, else
    the next. A `bound` platform ends with the process that started it. Not for use from several threads.
    """

    def __init__(
        self,
        home: Path,
        *,
        partitions: int | None = None,
        services: bool = True,
        environment: Mapping[str, str] | None = None,
        wanted: Mapping[str, int] = DEFAULT_PORTS,
        bound: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.environment = {**os.environ, **(environment or {})}
        self.home: Home = home_at(home, self.environment)
        self.supervisor = Supervisor(self.home)
        self._partitions = partitions
        self._services = services
        self.wanted = wanted
        self._bound = bound
        self._progress = progress or Silent()
        self._launched: subprocess.Popen[bytes] | None = None

    # -- what others ask -------------------------------------------------------------------------------------------

    @property
    def running(self) -> Running:
        """What runs and where; raises `PlatformError` when nothing does."""
        running = Running.read(self.home)
        if not self.supervisor.alive():
            raise PlatformError(f"Nothing runs in {self.home.root}: start it with `buurtsein up`.")
        if running is None:
            raise PlatformError(
                f"{self.home.root} was deleted while it was in use: stop the rest with `buurtsein down`."
            )
        return running

    @property
    def kafka_bootstrap(self) -> str:
        """The broker's address: BUURTSEIN_KAFKA_BOOTSTRAP, else that of the platform that runs."""
        return self.environment.get("BUURTSEIN_KAFKA_BOOTSTRAP") or self.running.kafka

    @property
    def redis_url(self) -> str:
        """The store's URL: BUURTSEIN_REDIS_URL, else that of the platform that runs."""
        return self.environment.get("BUURTSEIN_REDIS_URL") or self.running.redis

    def service_url(self, name: str) -> str:
        """Return the base URL of a service or second worker."""
        return f"http://{HOST}:{self.running.ports[name]}"

    def programs(self) -> dict[str, ProgramStatus]:
        """Return every program by name, as the supervisor sees it."""
        return self.supervisor.programs()

    def process_ids(self, program: str) -> tuple[int, ...]:
        """Return the process ids of a program: one while it runs, else none."""
        pid = self.programs()[program].pid
        return (pid,) if pid else ()

    def ready(self, program: str) -> bool:
        """Return whether a program is ready for work."""
        return readiness.ready(self.running, program)

    # -- single programs -------------------------------------------------------------------------------------------

    def start_program(self, program: str) -> None:
        """Start a program unless it runs; returns before it is ready (`wait_ready`)."""
        self.supervisor.start(program)

    def stop_program(self, program: str) -> None:
        """Stop a program in good order and wait until it has ended; it is not started again."""
        self.supervisor.stop(program)

    def restart(self, program: str) -> None:
        """Stop a program in good order and start it; returns before it is ready (`wait_ready`)."""
        self.stop_program(program)
        self.start_program(program)

    def kill(self, program: str, signal: Signals = Signals.SIGKILL) -> None:
        """Send a signal to a program's processes; the supervisor starts again what ends by it."""
        for pid in self.process_ids(program):
            with suppress(ProcessLookupError):
                os.kill(pid, signal)

    def wait_ready(self, *names: str, seconds: float = READY_SECONDS) -> None:
        """Wait until the programs are ready; raises `PlatformError` with the end of the log of the one that isn't."""
        running = self.running
        waiting = set(names)
        starts: dict[str, set[int]] = {name: set() for name in names}
        for name in names:
            self._progress.begin(name)

        def look() -> bool:
            for name in [name for name in names if name in waiting and readiness.ready(running, name)]:
                self._progress.done(name)
                waiting.remove(name)
            return not waiting or self._one_fails(waiting, starts)

        if not wait_until(look, seconds=seconds) or waiting:
            raise PlatformError(self._why_not(max(waiting, key=lambda name: len(starts[name]))))

    def _one_fails(self, waiting: Set[str], starts: Mapping[str, set[int]]) -> bool:
        """Whether a program was started so often while it was waited for that it will hardly become ready."""
        programs = self.programs()
        for name in waiting & programs.keys():
            starts[name].add(programs[name].start)
        return any(len(starts[name]) >= STARTS for name in waiting)

    def _why_not(self, name: str) -> str:
        log = self.home.log(name)
        return "\n".join([f"{name} does not become ready. The end of {log}:", *last_lines(log, 15)])

    # -- the whole -------------------------------------------------------------------------------------------------

    def up(self) -> None:
        """Start what does not run yet and wait until all is ready; whatever interrupts it, nothing is left running.

        A platform that runs with other settings is stopped first. Interrupted while everything ran already, it stays.
        """
        self.home.create()
        with (self.home.root / "lock").open("w") as lock, ExitStack() as undo:
            flock(lock, LOCK_EX)
            if not self._runs_as_asked():
                self.down()
                self.home.create()
                undo.callback(self.down)
                self._launch()
            services = SERVICES if self._services else ()
            # Services wait for the broker and its topics themselves, and load meanwhile.
            self._start((KAFKA, STORE, *services))
            self.wait_ready(KAFKA, STORE)
            self._create_topics()
            self.wait_ready(*services)
            undo.pop_all()

    def down(self) -> bool:
        """Stop everything that runs, the services first; returns whether anything did."""
        if self._launched is not None:
            wait_until(self._started_or_ended, seconds=10)
        alive = self.supervisor.alive()
        if alive:
            self.supervisor.shut_down()
        if self._launched is not None:
            self._launched.wait()
            self._launched = None
        self.home.running.unlink(missing_ok=True)
        broker.keep_archive(self.home)
        return alive

    def _started_or_ended(self) -> bool:
        return self._launched is None or self._launched.poll() is not None or self.supervisor.alive()

    def _runs_as_asked(self) -> bool:
        running = Running.read(self.home)
        return running is not None and running.settings == self._settings() and self.supervisor.alive()

    def _settings(self) -> str:
        mine = {name: value for name, value in self.environment.items() if name.startswith("BUURTSEIN_") and value}
        told = sorted((name, value) for name, value in mine.items() if name not in NOT_SETTINGS)
        return sha256(repr(told).encode()).hexdigest()

    def _launch(self) -> None:
        ports = choose_ports(self.wanted)
        running = Running(
            kafka=self.environment.get("BUURTSEIN_KAFKA_BOOTSTRAP") or f"{HOST}:{ports['kafka']}",
            redis=self.environment.get("BUURTSEIN_REDIS_URL") or f"redis://{HOST}:{ports['store']}/0",
            ports=ports,
            settings=self._settings(),
        )
        self.home.supervisor.write_text(configuration(self.home, self._programs(ports)), "utf-8")
        running.write(self.home)
        self._launched = launch(self.home, self._told(running), bound=self._bound)
        if not wait_until(self._started_or_ended, seconds=30) or not self.supervisor.alive():
            raise PlatformError(self._why_not("supervisord"))

    def _told(self, running: Running) -> dict[str, str]:
        """What the programs are told; what the user has set stands."""
        return {
            "BUURTSEIN_LOG_FORMAT": "json",
            "BUURTSEIN_PUBLIC_URL": f"http://{HOST}:{running.ports['intake']}",
            "BUURTSEIN_OUTBOX": str(self.home.outbox),
            **self.environment,
            "BUURTSEIN_KAFKA_BOOTSTRAP": running.kafka,
            "BUURTSEIN_REDIS_URL": running.redis,
        }

    def _programs(self, ports: Mapping[str, int]) -> list[Program]:
        programs = [service_program(self.home, name, port=ports[name]) for name in (*SERVICES, *SECOND_WORKERS)]
        if not self.environment.get("BUURTSEIN_REDIS_URL"):
            server = store.find_store(self.environment)
            programs.append(store_program(self.home, store.command(self.home, server, port=ports[STORE])))
        if not self.environment.get("BUURTSEIN_KAFKA_BOOTSTRAP"):
            programs.append(self._broker(ports))
        return programs

    def _broker(self, ports: Mapping[str, int]) -> Program:
        java = find_java(self.environment)
        artifacts = broker.resolve_artifacts(self.home.cache)
        broker.prepare(self.home, java, artifacts, port=ports[KAFKA], controller=ports["controller"])
        return kafka_program(self.home, broker.command(self.home, java, artifacts))

    def _start(self, names: tuple[str, ...]) -> None:
        for name in [name for name in names if name in self.programs()]:
            self.start_program(name)

    def _create_topics(self) -> None:
        own = KAFKA in self.programs()
        partitions = self._partitions or int(self.environment.get("BUURTSEIN_PARTITIONS") or 0) or (own and PARTITIONS)
        self._progress.begin("topics")
        wanted = wanted_topics(topics(), partitions or None)
        report = create_topics(self.kafka_bootstrap, wanted, replication=1 if own else -1)
        self._progress.done("topics")
        for line in report.differences:
            self._progress.note(line)


def here(*, services: bool = True, progress: Progress | None = None) -> Platform:
    """Return the platform of BUURTSEIN_HOME, else of `.buurtsein` where the command is run."""
    return Platform(default_root(), services=services, progress=progress)

"""Does the faults of a plan to a platform, each at its time, one after another."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from signal import SIGKILL, SIGTERM, Signals
from typing import Final, ParamSpec, Protocol, TypeVar

from buurtsein_platform.fault.plan import Fault
from buurtsein_platform.programs import SECOND_WORKERS
from buurtsein_platform.supervision import ProgramStatus
from buurtsein_platform.waiting import wait_until

_SIGNALS: Final = {"kill -9": SIGKILL, "SIGTERM": SIGTERM}
_SECONDS_TO_APPEAR: Final = 20.0
_BREATH_SECONDS: Final = 10.0
_GRACE_SECONDS: Final = 15.0
_LOOK_SECONDS, _INSIST_SECONDS = 0.1, 1.0

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class Target(Protocol):
    """The part of a platform that faults are done to."""

    def programs(self) -> Mapping[str, ProgramStatus]:
        """Return every program by name."""
        ...

    def process_ids(self, program: str) -> tuple[int, ...]:
        """Return the process ids of a program."""
        ...

    def start_program(self, program: str) -> None:
        """Start a program unless it runs."""
        ...

    def stop_program(self, program: str) -> None:
        """Stop a program for good."""
        ...

    def kill(self, program: str, signal: Signals = SIGKILL) -> None:
        """Send a signal to a program; it comes back by itself."""
        ...


class Saboteur:
    """Does faults and counts those that hit; `done` is told of each. A platform is not for two of them.

    `progress` is a number that grows while the platform works. A fault waits until it has grown since the one before,
    but for a breath only: faults are to meet a platform at work, and some of them one that has not recovered.
    """

    def __init__(
        self,
        platform: Target,
        done: Callable[[Fault], None],
        progress: Callable[[], int],
        *,
        breath: float = _BREATH_SECONDS,
        grace: float = _GRACE_SECONDS,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._platform = platform
        self._done = done
        self._progress = progress
        self._breath = breath
        self._grace = grace
        self._thread = ThreadPoolExecutor(1)
        self._told: tuple[int, ...] = ()
        self._begun: float | None = None
        self._held = 0.0

    @property
    def reached(self) -> float:
        """How many seconds of the plan are over; they stand still while a fault waits."""
        return time.monotonic() - self._begun - self._held if self._begun is not None else 0.0

    async def perform(self, faults: Sequence[Fault]) -> None:
        """Do the faults at their times from now on; one that waits delays those behind it."""
        self._begun = time.monotonic()
        before = -1
        async with asyncio.TaskGroup() as insisting:
            for fault in faults:
                await asyncio.sleep(max(0.0, fault.at - self.reached))
                await self._wait_beyond(before)
                if await self._apart(self._do, fault):
                    before = self._progress()
                    self.counts[fault.kind] += 1
                    self._done(fault)
                    if fault.act == "SIGTERM":
                        insisting.create_task(self._insist(fault.program, self._told))

    async def _insist(self, program: str, told: tuple[int, ...]) -> None:
        """Kill what was told to end and does not, as every supervisor does: a broker may hang when it was starting."""
        until = time.monotonic() + self._grace
        while await self._apart(self._platform.process_ids, program) == told:
            if time.monotonic() > until:
                await self._apart(self._platform.kill, program)
                return
            await asyncio.sleep(_INSIST_SECONDS)

    async def _apart(
        self, act: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Answer:
        """Act in a thread, always the same one."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(act, *args, **kwargs))

    async def _wait_beyond(self, before: int) -> None:
        until = time.monotonic() + self._breath
        while self._progress() <= before and (now := time.monotonic()) < until:
            await asyncio.sleep(_LOOK_SECONDS)
            self._held += time.monotonic() - now

    def _do(self, fault: Fault) -> bool:
        """Do one fault; returns whether it hit anything."""
        if fault.act == "add":
            self._platform.start_program(fault.program)
        elif fault.act == "remove":
            self._platform.stop_program(fault.program)
        elif fault.program in SECOND_WORKERS and not self._platform.programs()[fault.program].active:
            return False
        else:
            # What was ended a moment ago is waited for: only a process can be ended.
            return wait_until(partial(self._end, fault), seconds=_SECONDS_TO_APPEAR)
        return True

    def _end(self, fault: Fault) -> bool:
        self._told = self._platform.process_ids(fault.program)
        try:
            self._platform.kill(fault.program, _SIGNALS[fault.act])
        except ProcessLookupError:
            return False
        return bool(self._told)

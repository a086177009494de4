"""Does the faults of a plan to a platform, each at its time, one after another."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from signal import SIGKILL, SIGTERM, Signals
from typing import Final, Protocol

from buurtsein_platform.fault.plan import Fault
from buurtsein_platform.programs import SECOND_WORKERS
from buurtsein_platform.supervision import ProgramStatus
from buurtsein_platform.waiting import wait_until

_SIGNALS: Final = {"kill -9": SIGKILL, "SIGTERM": SIGTERM}
_SECONDS_TO_APPEAR: Final = 20.0


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
    """Does faults and counts those that hit; `done` is told of each. A platform is not for two of them."""

    def __init__(self, platform: Target, done: Callable[[Fault], None]) -> None:
        self.counts: Counter[str] = Counter()
        self._platform = platform
        self._done = done

    async def perform(self, faults: Sequence[Fault]) -> None:
        """Do the faults at their times from now on; one that takes its time delays those behind it."""
        begun = time.monotonic()
        for fault in faults:
            await asyncio.sleep(max(0.0, begun + fault.at - time.monotonic()))
            if await asyncio.to_thread(self._do, fault):
                self.counts[fault.kind] += 1
                self._done(fault)

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
        there = bool(self._platform.process_ids(fault.program))
        try:
            self._platform.kill(fault.program, _SIGNALS[fault.act])
        except ProcessLookupError:
            return False
        return there

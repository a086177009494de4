"""What is done to whom when: the same seed gives the same plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from buurtsein_platform.programs import KAFKA, SECOND_WORKERS, SERVICES, STORE

Act = Literal["kill -9", "SIGTERM", "add", "remove"]

ENDED: Final = (*SERVICES, KAFKA, STORE)
"""The programs that are ended and come back by themselves."""

_PART_OF_FAULTS: Final = 0.92
"""Of the time in which reports are sent; the last ones meet a platform that nobody hurts."""

_SECONDS_A_FAULT: Final = 6.0
_WORKER_STAYS: Final = (5.0, 20.0)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing done to a program, `at` seconds after the first report."""

    at: float
    act: Act
    program: str

    @property
    def kind(self) -> str:
        """The fault as people count them: `kill -9 routing`."""
        return f"{self.act} {self.program}"


def every_kind() -> frozenset[str]:
    """Return the kinds of which each plan has at least one."""
    ends = (f"{act} {program}" for act in ("kill -9", "SIGTERM") for program in ENDED)
    workers = (f"{act} {program}" for act in ("add", "remove") for program in SECOND_WORKERS)
    return frozenset((*ends, *workers))


def plan(seconds: float, seed: int) -> tuple[Fault, ...]:
    """Return faults of every kind within `seconds`, in order, and more of some when there is time for more."""
    random = Random(f"faults {seed}")  # noqa: S311
    within = seconds * _PART_OF_FAULTS
    needed = [*_ends(random, within), *(fault for name in SECOND_WORKERS for fault in _visit(random, within, name))]
    more = int(within / _SECONDS_A_FAULT) - len(needed)
    return tuple(sorted([*needed, *(_end(random, within) for _ in range(more))]))


def _ends(random: Random, within: float) -> Iterator[Fault]:
    for program in ENDED:
        yield Fault(random.uniform(0, within), "kill -9", program)
        yield Fault(random.uniform(0, within), "SIGTERM", program)


def _end(random: Random, within: float) -> Fault:
    # A second worker that is not there just now is left alone.
    program = random.choice((*ENDED, *SECOND_WORKERS))
    return Fault(random.uniform(0, within), random.choice(("kill -9", "SIGTERM")), program)


def _visit(random: Random, within: float, worker: str) -> tuple[Fault, Fault]:
    stay = min(random.uniform(*_WORKER_STAYS), within / 2)
    begin = random.uniform(0, within - stay)
    return Fault(begin, "add", worker), Fault(begin + stay, "remove", worker)

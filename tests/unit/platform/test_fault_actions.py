"""The saboteur: what it does to a platform, and what it counts."""

from collections.abc import Mapping
from signal import SIGKILL, SIGTERM, Signals

from buurtsein_platform.fault.actions import Saboteur
from buurtsein_platform.fault.plan import Fault
from buurtsein_platform.supervision import ProgramStatus


class Recorder:
    """A platform that writes down what is done to it; a program that comes back does so when it was asked for twice."""

    def __init__(self, *, slow: bool = False, vanishing: bool = False) -> None:
        self.done: list[tuple[str, str]] = []
        self._second = False
        self._asked = 0
        self._slow = slow
        self._vanishing = vanishing

    def programs(self) -> Mapping[str, ProgramStatus]:
        """Return the only second worker that is asked for."""
        state = "RUNNING" if self._second else "STOPPED"
        status = ProgramStatus(name="routing-2", statename=state, pid=7, start=0, now=0, description="")
        return {"routing-2": status}

    def process_ids(self, program: str) -> tuple[int, ...]:  # noqa: ARG002
        """Return a process id, if need be the second time only."""
        self._asked += 1
        return () if self._slow and self._asked < 2 else (7,)

    def start_program(self, program: str) -> None:
        """Write it down."""
        self._second = True
        self.done.append(("start", program))

    def stop_program(self, program: str) -> None:
        """Write it down."""
        self._second = False
        self.done.append(("stop", program))

    def kill(self, program: str, signal: Signals = SIGKILL) -> None:
        """Write it down if the process is still there."""
        if self._vanishing:
            self._vanishing = False
            raise ProcessLookupError
        if not (self._slow and self._asked < 2):
            self.done.append((signal.name, program))


async def done(platform: Recorder, *faults: tuple[str, str]) -> tuple[Saboteur, list[Fault]]:
    """Do faults at once."""
    told: list[Fault] = []
    saboteur = Saboteur(platform, told.append)
    await saboteur.perform([Fault(0.0, act, program) for act, program in faults])  # type: ignore[arg-type]
    return saboteur, told


async def test_faults_are_done_in_order_and_counted() -> None:
    """Each act is what it says."""
    platform = Recorder()
    acts = (("add", "routing-2"), ("kill -9", "routing"), ("SIGTERM", "kafka"), ("remove", "routing-2"))
    saboteur, told = await done(platform, *acts)
    assert platform.done == [
        ("start", "routing-2"), (SIGKILL.name, "routing"), (SIGTERM.name, "kafka"), ("stop", "routing-2")
    ]  # fmt: skip
    assert saboteur.counts == {f"{act} {program}": 1 for act, program in acts}
    assert [fault.kind for fault in told] == list(saboteur.counts)


async def test_a_second_worker_that_is_not_there_is_no_fault() -> None:
    """What hits nothing is not counted."""
    platform = Recorder()
    saboteur, told = await done(platform, ("kill -9", "routing-2"))
    assert (platform.done, saboteur.counts, told) == ([], {}, [])


async def test_a_second_worker_that_is_there_is_killed() -> None:
    """It is started again by the supervisor, like the first."""
    platform = Recorder()
    saboteur, _ = await done(platform, ("add", "routing-2"), ("kill -9", "routing-2"))
    assert saboteur.counts["kill -9 routing-2"] == 1


async def test_a_program_that_is_just_coming_back_is_waited_for() -> None:
    """A fault that was planned happens."""
    platform = Recorder(slow=True)
    saboteur, _ = await done(platform, ("kill -9", "store"))
    assert (platform.done, saboteur.counts.total()) == ([("SIGKILL", "store")], 1)


async def test_a_process_that_ended_by_itself_meanwhile_is_tried_again() -> None:
    """Between looking and killing there is a moment."""
    platform = Recorder(vanishing=True)
    saboteur, _ = await done(platform, ("SIGTERM", "intake"))
    assert (platform.done, saboteur.counts.total()) == ([("SIGTERM", "intake")], 1)

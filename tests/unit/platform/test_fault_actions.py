"""The saboteur: what it does to a platform, and what it counts."""

import asyncio
from collections.abc import Mapping
from signal import SIGKILL, SIGTERM, Signals

from buurtsein_platform.fault.actions import Saboteur
from buurtsein_platform.fault.plan import Fault
from buurtsein_platform.supervision import ProgramStatus


class Recorder:
    """A platform that writes down what is done to it.

    A `slow` program is there when it was asked for twice, a `vanishing` one ends by itself just before it is killed,
    and a `stubborn` one does not end when it is told to.
    """

    def __init__(self, *, slow: bool = False, vanishing: bool = False, stubborn: bool = False) -> None:
        self.done: list[tuple[str, str]] = []
        self._second = False
        self._asked = 0
        self._slow = slow
        self._vanishing = vanishing
        self._stubborn = stubborn
        self._pid = 7

    def programs(self) -> Mapping[str, ProgramStatus]:
        """Return the only second worker that is asked for."""
        state = "RUNNING" if self._second else "STOPPED"
        status = ProgramStatus(name="routing-2", statename=state, pid=7, start=0, now=0, description="")
        return {"routing-2": status}

    def process_ids(self, program: str) -> tuple[int, ...]:  # noqa: ARG002
        """Return a process id, if need be the second time only."""
        self._asked += 1
        return () if self._slow and self._asked < 2 else (self._pid,)

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
            self._pid += not (self._stubborn and signal is SIGTERM)


async def done(platform: Recorder, *faults: tuple[str, str]) -> tuple[Saboteur, list[Fault]]:
    """Do faults at once."""
    told: list[Fault] = []
    saboteur = Saboteur(platform, told.append, lambda: len(told), grace=0.0)
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


async def test_a_fault_waits_until_the_platform_works_again() -> None:
    """The second fault comes when something has come out since the first, and the plan stood still meanwhile."""
    ended, told = 0, []

    def note(fault: Fault) -> None:
        told.append((fault.program, ended))

    saboteur = Saboteur(Recorder(), note, lambda: ended)
    faults = [Fault(0.0, "kill -9", "kafka"), Fault(0.0, "kill -9", "store")]
    work = asyncio.create_task(saboteur.perform(faults))
    await asyncio.sleep(0.2)
    assert told == [("kafka", 0)]
    ended = 1
    await work
    assert told[1] == ("store", 1)
    assert saboteur.reached < 0.2


async def test_a_fault_waits_for_a_breath_only() -> None:
    """Some faults meet a platform that has not recovered yet."""
    told: list[Fault] = []
    saboteur = Saboteur(Recorder(), told.append, lambda: 0, breath=0.05)
    await saboteur.perform([Fault(0.0, "kill -9", "kafka"), Fault(0.0, "SIGTERM", "kafka")])
    assert len(told) == 2


async def test_who_does_not_end_when_told_to_is_killed() -> None:
    """As every supervisor does it; that is no fault of its own."""
    platform = Recorder(stubborn=True)
    saboteur, _ = await done(platform, ("SIGTERM", "kafka"))
    assert platform.done == [("SIGTERM", "kafka"), ("SIGKILL", "kafka")]
    assert saboteur.counts == {"SIGTERM kafka": 1}

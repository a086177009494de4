"""The trail of one report and of one signal through the topics, and what is wrong with it.

A stage owes each event that it reads one answer, its outcome or a dead letter, and one more for each replay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from buurtsein_events.deadletters import Origin
from buurtsein_events.topics import REPORTS_MODERATED, REPORTS_RECEIVED, SIGNALS_ROUTED, network_topic
from buurtsein_events.values import TerminalState, Verdict

FaultKind = Literal["lost", "twice", "unexplained"]

_STATES: Final[dict[Verdict, TerminalState]] = {
    "publish": "routed",
    "ask": "asked",
    "hold": "held",
    "decline": "declined",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one report, signal or record, and where its trail ends or which records are too many."""

    kind: FaultKind
    what: str
    where: str
    detail: str


@dataclass(slots=True)
class Trail:
    """Where the records of one report are.

    `due` ones were there at the first reading and owe an answer; `failed` are the origins of its dead letters and
    `replayed` those of them that were put back.
    """

    received: Origin | None = None
    received_at: datetime | None = None
    due: bool = False
    retries: int = 0
    moderated: tuple[Origin, ...] = ()
    verdict: Verdict = "hold"
    routed: tuple[Origin, ...] = ()
    failed: tuple[Origin, ...] = ()
    replayed: tuple[Origin, ...] = ()

    @property
    def state(self) -> TerminalState | None:
        """The terminal state that the report reached, None when its trail ends before."""
        if not self.moderated:
            return "dead_letter" if self._failures(REPORTS_RECEIVED) else None
        if self.verdict != "publish" or self.routed:
            return _STATES[self.verdict]
        return "dead_letter" if self._failures(REPORTS_MODERATED) else None

    def faults(self, report: str) -> Iterable[Fault]:
        """Yield what is missing of the report or there twice."""
        if not self.received:
            for origin in (*self.moderated, *self.routed)[:1]:
                yield Fault("unexplained", report, str(origin), f"{REPORTS_RECEIVED} has no such report")
            return
        yield from self._stage(report, REPORTS_RECEIVED, (self.received,), self.moderated, needed=True)
        if self.moderated:
            needed = self.verdict == "publish"
            yield from self._stage(report, REPORTS_MODERATED, self.moderated, self.routed, needed=needed)
        elif self.routed:
            yield Fault("unexplained", report, str(self.routed[0]), f"{REPORTS_MODERATED} has no such report")

    def faults_of_misplaced(self, event: str, topic: str) -> Iterable[Fault]:
        """Yield what is wrong with an event that `topic` does not carry: it owes a dead letter and nothing else."""
        if self.received:
            yield from self._stage(event, topic, (self.received,), (), needed=True)

    def _stage(
        self, report: str, topic: str, inputs: tuple[Origin, ...], outcomes: tuple[Origin, ...], *, needed: bool
    ) -> Iterable[Fault]:
        """Yield what the reader of `topic` did not answer or answered twice."""
        failures = self._failures(topic)
        answers = (*outcomes, *failures)
        owed = 1 + sum(origin in self.replayed for origin in failures)
        if len(answers) > owed:
            yield Fault("twice", report, listed(answers), f"{len(answers)} answers to {topic}, {owed} owed")
        elif len(answers) < owed and needed and self.due:
            yield Fault("lost", report, str((*inputs, *answers)[-1]), f"{topic} has it, nothing followed")

    def _failures(self, topic: str) -> tuple[Origin, ...]:
        return tuple(origin for origin in self.failed if origin.topic == topic)


@dataclass(slots=True)
class Signal:
    """Where a signal should be, by `signals.routed`, and where it is; `report` is the trail of its report."""

    report: Trail | None = None
    received_at: datetime | None = None
    routed: Origin | None = None
    wanted: tuple[str, ...] = ()
    assigned: tuple[tuple[str, Origin], ...] = ()

    def faults(self, signal: str) -> Iterable[Fault]:
        """Yield the networks that the signal did not reach, reached twice or should not have reached."""
        for network in sorted({*self.wanted, *(name for name, _ in self.assigned)}):
            places = [origin for name, origin in self.assigned if name == network]
            topic = network_topic(network)
            if network not in self.wanted:
                yield Fault("unexplained", signal, listed(places), f"{SIGNALS_ROUTED} does not send it to {network}")
            elif len(places) > 1:
                yield Fault("twice", signal, listed(places), f"{topic} has it {len(places)} times")
            elif not places and self.report and self.report.due:
                yield Fault("lost", signal, str(self.routed), f"{topic} lacks it")


def listed(places: Iterable[Origin]) -> str:
    """Return positions on one line."""
    return ", ".join(map(str, places))

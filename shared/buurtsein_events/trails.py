"""The trail of one report and of one signal through the topics, and what is wrong with it.

A stage owes each event that it reads one answer, its outcome or a dead letter, and one more for each replay.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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
class Round:
    """One decision on a report, by the rules or by a person who revised it, and what routing made of it.

    `failed` are the origins of its dead letters and `replayed` those of them that were put back.
    """

    moderated: tuple[Origin, ...] = ()
    verdict: Verdict = "hold"
    routed: tuple[Origin, ...] = ()
    failed: tuple[Origin, ...] = ()
    replayed: tuple[Origin, ...] = ()

    @property
    def state(self) -> TerminalState | None:
        """The terminal state that the decision led to, None when its trail ends before."""
        if self.verdict != "publish" or self.routed:
            return _STATES[self.verdict]
        return "dead_letter" if self.failed else None

    def faults(self, report: str, *, due: bool) -> Iterable[Fault]:
        """Yield what is missing behind the decision or there twice."""
        if self.moderated:
            yield from _answered(
                report, REPORTS_MODERATED, self, self.moderated, self.routed, needed=due and self.verdict == "publish"
            )
        elif self.routed:
            yield Fault("unexplained", report, str(self.routed[0]), f"{REPORTS_MODERATED} has no such report")


@dataclass(slots=True)
class Trail:
    """Where the records of one report are; `rounds` are the decisions on it by their revision, and the latest counts.

    `due` ones were there at the first reading and owe an answer; `failed` are the origins of the dead letters of what
    was received and `replayed` those of them that were put back.
    """

    received: Origin | None = None
    received_at: datetime | None = None
    due: bool = False
    retries: int = 0
    rounds: defaultdict[int, Round] = field(default_factory=lambda: defaultdict(Round))
    failed: tuple[Origin, ...] = ()
    replayed: tuple[Origin, ...] = ()

    @property
    def state(self) -> TerminalState | None:
        """The terminal state that the report reached, None when its trail ends before."""
        decided = [revision for revision, each in self.rounds.items() if each.moderated]
        if decided:
            return self.rounds[max(decided)].state
        return "dead_letter" if self.failed else None

    def faults(self, report: str) -> Iterable[Fault]:
        """Yield what is missing of the report or there twice."""
        if not self.received:
            yield from self._unexplained(report)
            return
        first = self.rounds[0].moderated
        yield from _answered(report, REPORTS_RECEIVED, self, (self.received,), first, needed=self.due)
        for revision, each in self.rounds.items():
            yield from each.faults(report, due=self.due)
            if revision and len(each.moderated) > 1:
                yield Fault("twice", report, listed(each.moderated), f"{len(each.moderated)} times revision {revision}")

    def faults_of_misplaced(self, event: str, topic: str) -> Iterable[Fault]:
        """Yield what is wrong with an event that `topic` does not carry: it owes a dead letter and nothing else."""
        if self.received:
            yield from _answered(event, topic, self, (self.received,), (), needed=self.due)

    def _unexplained(self, report: str) -> Iterable[Fault]:
        """Yield what followed from nothing; a person may decide when what the rules decided is no longer kept."""
        for origin in (*self.rounds[0].moderated, *self.rounds[0].routed)[:1]:
            yield Fault("unexplained", report, str(origin), f"{REPORTS_RECEIVED} has no such report")


def _answered(
    what: str,
    topic: str,
    of: Trail | Round,
    inputs: tuple[Origin, ...],
    outcomes: tuple[Origin, ...],
    *,
    needed: bool,
) -> Iterable[Fault]:
    """Yield what the reader of `topic` did not answer or answered twice."""
    answers = (*outcomes, *of.failed)
    owed = 1 + sum(origin in of.replayed for origin in of.failed)
    if len(answers) > owed:
        yield Fault("twice", what, listed(answers), f"{len(answers)} answers to {topic}, {owed} owed")
    elif len(answers) < owed and needed:
        yield Fault("lost", what, str((*inputs, *answers)[-1]), f"{topic} has it, nothing followed")


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

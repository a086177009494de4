"""What a service tells the runtime about itself: what it reads, how it decides and which facts that takes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from buurtsein_events.envelope import Event
from buurtsein_events.results import Decision, State
from buurtsein_events.values import Value


@dataclass(frozen=True, kw_only=True)
class Timer:
    """Decisions that time asks for, once for each owner and boundary, whatever is killed when.

    An owner is a key of `topic` (say, a community), and the worker that has its partition decides for it.
    `decide(owner, state, since, until)` says what became due after `since` and not after `until`; both are boundaries,
    multiples of `every` since the epoch, and `since` is the epoch at the very first. Its changes are made exactly once,
    after its events are kept.
    """

    topic: str
    every: timedelta
    owners: Callable[[], tuple[str, ...]]
    keys: Callable[[str], tuple[str, ...]]
    decide: Callable[[str, State, datetime, datetime], Decision]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the way of a report: it reads `sources` and decides on one event after another.

    `keys(event)` names the sets of facts that `decide(event, state, now)` looks at. A batch can be decided on again
    after a crash, so a decision only looks at facts about earlier times than its event's. `effect` is performed
    before the commit, in order: `Later` waits and tries again, `Never` makes a dead letter.
    """

    name: str
    sources: tuple[str, ...]
    decide: Callable[[Event[Value], State, datetime], Decision]
    keys: Callable[[Event[Value]], tuple[str, ...]]
    effect: Callable[[Event[Value]], Awaitable[None]] | None = None
    timer: Timer | None = None

    @property
    def group(self) -> str:
        """Return the name under which the stage keeps its state."""
        return f"buurtsein-{self.name}"

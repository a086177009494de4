"""The matchers of a rule, compiled once: each says what it found in a case, or nothing when it does not hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from buurtsein_routing.cases import Case
from buurtsein_routing.config import Match

_SHORT = 100


class Condition(Protocol):
    """One matcher; `name` is what the operator calls it."""

    @property
    def name(self) -> str:
        """Return the matcher's name."""
        ...

    def found(self, case: Case) -> tuple[str, ...]:
        """Return the values that hold for the case, none when the matcher does not."""
        ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """Holds when a case has one of the allowed values."""

    name: str
    allowed: frozenset[object]

    def found(self, case: Case) -> tuple[str, ...]:
        """Return the case's values that are allowed."""
        values = case.values[self.name]
        if values.isdisjoint(self.allowed):
            return ()
        return tuple(sorted(str(value).lower() for value in values & self.allowed))


@dataclass(frozen=True, slots=True)
class Within:
    """Holds when it happened between two times of day; the first may be in the evening before."""

    since: time
    until: time
    name: str = "hours"

    def found(self, case: Case) -> tuple[str, ...]:
        """Return the local time when it lies within."""
        return (case.local.strftime("%H:%M"),) if self._holds(case.local) else ()

    def _holds(self, at: datetime) -> bool:
        if self.since < self.until:
            return self.since <= at.time() < self.until
        return at.time() >= self.since or at.time() < self.until


@dataclass(frozen=True, slots=True)
class Speaks:
    """Holds when the text has a word of one of the groups."""

    groups: tuple[str, ...]
    name: str = "text"

    def found(self, case: Case) -> tuple[str, ...]:
        """Return the groups of which the text has a word; never the words, which may be private."""
        spoken = case.spoken
        return tuple([group for group in self.groups if group in spoken]) if spoken else ()


def conditions(match: Match) -> tuple[Condition, ...]:
    """Return the matchers that are written down, the cheapest first."""
    return tuple(_condition(match, name) for name in match.given())


def held(wanted: Iterable[Condition], case: Case) -> tuple[str, ...] | None:
    """Return what held, each as `name=value`, when every matcher holds; else `None`."""
    result: list[str] = []
    for condition in wanted:
        if not (found := condition.found(case)):
            return None
        result.append(f"{condition.name}={','.join(found)}"[:_SHORT])
    return tuple(result)


def failed(wanted: Iterable[Condition], case: Case) -> str | None:
    """Return the name of the first matcher that does not hold."""
    return next((condition.name for condition in wanted if not condition.found(case)), None)


def _condition(match: Match, name: str) -> Condition:
    if name == "hours" and match.hours:
        return Within(*match.hours)
    if name == "text" and match.text:
        return Speaks(match.text)
    wanted = getattr(match, name)
    return OneOf(name, frozenset({wanted} if isinstance(wanted, bool) else wanted))

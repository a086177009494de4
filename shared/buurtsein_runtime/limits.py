"""When a stage stops instead of sending everything to the dead letters: a rule and its counters, no effects."""

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeadLetterLimit:
    """At most the share `ratio` of the last `window` records of a partition may become dead letters."""

    window: int
    ratio: float


class DeadLetterCount:
    """The last records of one partition, each a dead letter or not."""

    def __init__(self, limit: DeadLetterLimit) -> None:
        self._limit = limit
        self._recent: deque[bool] = deque(maxlen=limit.window)
        self._dead = 0

    def record(self, *, dead: bool) -> None:
        """Count one record."""
        if len(self._recent) == self._limit.window:
            self._dead -= self._recent[0]
        self._recent.append(dead)
        self._dead += dead

    @property
    def exceeded(self) -> bool:
        """Tell whether too many of the last records became dead letters."""
        return self._dead > self._limit.window * self._limit.ratio

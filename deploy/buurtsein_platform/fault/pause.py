"""How long nothing came out, and how long a partition stood still: counters without a clock; times are seconds."""

from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(slots=True)
class PauseMeter:
    """The longest time in which nothing came out although something was open."""

    longest: float = 0.0
    open: int = 0
    _since: float = 0.0

    def opened(self, now: float) -> None:
        """Take notice of something that is now to come out."""
        if self.open <= 0:
            self._since = now
        self.open += 1

    def came_out(self, now: float) -> None:
        """Take notice of something that came out; it may be seen before its sender has the answer."""
        if self.open > 0:
            self.longest = self.current(now)
        self.open -= 1
        self._since = now

    def current(self, now: float) -> float:
        """Return the longest pause, with the one under way."""
        return max(self.longest, now - self._since) if self.open > 0 else self.longest


@dataclass(slots=True)
class StandstillMeter:
    """The longest time for which a reader that is behind made no progress."""

    longest: float = 0.0
    where: str = ""
    _since: dict[Hashable, tuple[int, float]] = field(default_factory=dict)

    def look(self, place: Hashable, *, offset: int, behind: bool, now: float) -> None:
        """Take notice of how far a reader is at one place."""
        last = self._since.get(place)
        if not behind or last is None or last[0] != offset:
            self._since[place] = (offset, now)
        elif now - last[1] > self.longest:
            self.longest, self.where = now - last[1], str(place)

    def begin(self) -> None:
        """Forget what was: from now on it counts."""
        self.longest, self.where = 0.0, ""
        self._since.clear()

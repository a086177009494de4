"""How long a webhook that fails is waited for: a rule and its counters, no effects. Times are monotonic seconds."""

from dataclasses import dataclass
from typing import Final, Literal

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0


@dataclass(slots=True)
class SinkPatience:
    """Whether to try a webhook now, wait for it, or go on without it.

    While it fails, digests wait for it, for at most `seconds` from the first failure on. After that they are given up,
    with one attempt in each pause, until one succeeds. What is `gone` is not asked again.
    """

    seconds: float
    gone: bool = False
    _failing_since: float | None = None
    _failures: int = 0
    _not_before: float = 0.0

    def advice(self, now: float) -> Literal["try", "wait", "give_up"]:
        """Return what to do with a digest at `now`."""
        if self.gone:
            return "give_up"
        if now >= self._not_before:
            return "try"
        return "give_up" if self.exhausted(now) else "wait"

    def exhausted(self, now: float) -> bool:
        """Tell whether it has failed for so long that digests are given up."""
        return self._failing_since is not None and now - self._failing_since >= self.seconds

    def failed(self, now: float, retry_after: float) -> None:
        """Take notice of a failure; the receiver may ask for a longer pause, but not beyond the bound."""
        if self._failing_since is None:
            self._failing_since = now
        pause = min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE)
        self._failures = min(self._failures + 1, 10)
        self._not_before = now + max(pause, min(retry_after, self.seconds))

    def succeeded(self) -> None:
        """Take notice that it works."""
        self._failing_since, self._failures, self._not_before = None, 0, 0.0

"""How much waits for coordinators and for how long, as metrics: the alarm on held messages that nobody looks at."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from buurtsein_events.communities import UNASSIGNED
from buurtsein_events.results import Later
from buurtsein_moderation.cases import Entry
from buurtsein_moderation.desk import Desk
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import Clock

_LOOK_SECONDS: Final = 10.0
_LOOKED_AT: Final = 500
"""Of a longer queue the oldest are looked at, which are the ones that are overdue."""


class Ageing(NamedTuple):
    """How many are overdue, and the age of the oldest in seconds."""

    overdue: int
    oldest: float


def ageing(entries: Iterable[tuple[Entry, float]], settings: ModerationSettings, now: float) -> Ageing:
    """Return how old a queue is; `now` and the times of its entries are POSIX seconds."""
    ages = [(now - since, settings.overdue(entry.type).total_seconds()) for entry, since in entries]
    return Ageing(sum(age > limit for age, limit in ages), max((age for age, _ in ages), default=0.0))


async def watch_queues(desk: Desk, communities: Sequence[str], settings: ModerationSettings, clock: Clock) -> None:
    """Keep the gauges up to date until cancelled; they stand still while the store is down."""
    while True:
        try:
            for community in (*communities, UNASSIGNED):
                await _look(desk, community, settings, clock)
        except Later:
            metrics.RETRIES.labels("moderation", "redis").inc()
        await asyncio.sleep(_LOOK_SECONDS)


async def _look(desk: Desk, community: str, settings: ModerationSettings, clock: Clock) -> None:
    total, entries = await desk.entries(community, _LOOKED_AT)
    found = ageing(entries, settings, clock.now().timestamp())
    metrics.WAITING_CASES.labels(community).set(total)
    metrics.OVERDUE_CASES.labels(community).set(found.overdue)
    metrics.OLDEST_CASE.labels(community).set(max(found.oldest, 0.0))

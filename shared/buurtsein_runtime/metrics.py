"""Every metric of the product by name; times are seconds."""

import collections
from collections.abc import Iterable
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
    generate_latest,
)

from buurtsein_events.results import Count

disable_created_metrics()  # type: ignore[no-untyped-call]

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

RECEIVED: Final = Counter("buurtsein_received", "Reports accepted by intake.", ["channel"])
REFUSED: Final = Counter("buurtsein_refused", "Requests that intake refused, by HTTP status.", ["status"])
REPLIES: Final = Counter("buurtsein_replies", "Answers sent to senders on channels.", ["channel", "outcome"])
PHOTOS: Final = Counter(
    "buurtsein_photos", "Photos kept, shown, expired, or not to be had from a channel.", ["outcome"]
)
RECORDS: Final = Counter("buurtsein_records", "Records that a stage has dealt with.", ["stage", "outcome"])
SINCE_ACCEPTED: Final = Histogram(
    "buurtsein_since_accepted_seconds", "Time from acceptance to the end of a stage.", ["stage"], buckets=_SECONDS
)
DEAD_LETTERS: Final = Counter("buurtsein_dead_letters", "Records that became dead letters.", ["stage", "reason"])
RETRIES: Final = Counter("buurtsein_retries", "Waits for a dependency that was down.", ["stage", "dependency"])
LAG_EVENTS: Final = Gauge("buurtsein_lag_events", "Records not yet dealt with.", ["stage", "topic", "partition"])
LAG_SECONDS: Final = Gauge(
    "buurtsein_lag_seconds", "Age of the oldest record under way.", ["stage", "topic", "partition"]
)
STOPPED: Final = Gauge("buurtsein_stopped", "1 when a stage stopped at its dead-letter limit.", ["stage"])
UNACCOUNTED: Final = Gauge("buurtsein_unaccounted", "Accepted reports without a terminal state for too long.")
OPEN: Final = Gauge("buurtsein_open", "Accepted reports without a terminal state yet.")
PACKS_REFUSED: Final = Gauge("buurtsein_packs_refused", "1 while changed rule packs are refused and the old ones stay.")
PACKS_VERSION: Final = Info("buurtsein_packs_version", "The rule packs in force, by the SHA-256 of their files.")
WAITING_CASES: Final = Gauge("buurtsein_waiting_cases", "What waits for coordinators.", ["community"])
OVERDUE_CASES: Final = Gauge("buurtsein_overdue_cases", "What waits for coordinators for too long.", ["community"])
OLDEST_CASE: Final = Gauge(
    "buurtsein_oldest_case_seconds", "Age of what waits longest for coordinators.", ["community"]
)

COUNTERS: Final[dict[str, Counter]] = {
    "rules": Counter("buurtsein_rules", "Rules of moderation that matched.", ["rule", "verdict", "shadow"]),
    "actions": Counter("buurtsein_actions", "What people decided about reports.", ["action", "result"]),
    "strikes": Counter("buurtsein_strikes", "Steps taken towards members.", ["step"]),
    "routed": Counter("buurtsein_routed", "Signals routed, by network.", ["network"]),
    "linked": Counter("buurtsein_linked", "Signals linked to an earlier one of the same event."),
    "digests": Counter("buurtsein_digests", "Digests of feedback.", ["kind", "involvement"]),
    "promises": Counter("buurtsein_promises", "Promises of feedback, kept or broken.", ["result"]),
}
"""The counters that a decision may name in its `counts`."""


def count(counts: Iterable[Count]) -> None:
    """Add the counts of decisions."""
    for each, number in collections.Counter(counts).items():
        counter = COUNTERS[each.metric]
        (counter.labels(*each.labels) if each.labels else counter).inc(number)


def exposition() -> tuple[bytes, str]:
    """Return all metrics as text and its content type."""
    return generate_latest(), CONTENT_TYPE_LATEST

"""The names of the sets of facts that feedback keeps; an owner is a community that feedback speaks to."""

from datetime import timedelta
from typing import Final

from buurtsein_events.values import Involvement, SignalType
from buurtsein_feedback.cadence import Kind

KEEP: Final = timedelta(days=60)
"""How long facts are kept that nothing removes before."""


def waiting(owner: str, involvement: Involvement, kind: Kind) -> str:
    """Return the set of items that an involvement has not been told yet."""
    return f"digest:{owner}:{involvement}:{kind}"


def told(owner: str, involvement: Involvement, kind: Kind) -> str:
    """Return the set of the ids of items that an involvement has been told, by the time of the digest."""
    return f"told:{owner}:{involvement}:{kind}"


def signal(signal_id: str) -> str:
    """Return the set with what an outcome needs to know about its signal."""
    return f"signal:{signal_id}"


def alarmed(incident: str) -> str:
    """Return the set with the signal by which residents were told that 112 was called for an incident."""
    return f"alarmed:{incident}"


def recent(owner: str) -> str:
    """Return the set of the signals of late, for outcomes that were read before their signal."""
    return f"recent:{owner}"


def early(owner: str) -> str:
    """Return the set of outcomes that were read before their signal."""
    return f"early:{owner}"


def linked(owner: str) -> str:
    """Return the set of duplicates, each with the incident that it is linked to."""
    return f"linked:{owner}"


def promises(owner: str) -> str:
    """Return the set of promises of feedback, by the time before which they are to be kept."""
    return f"promises:{owner}"


def answered(owner: str) -> str:
    """Return the set of signals that a network reported an outcome of."""
    return f"answered:{owner}"


def counts(owner: str, area: str, signal_type: SignalType) -> str:
    """Return the set of the ids of the events of one type in one area, by time."""
    return f"counts:{owner}:{area}:{signal_type}"

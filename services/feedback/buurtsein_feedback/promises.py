"""Whether reporters heard in time: a promise is kept by an outcome or by a digest to residents, or it is broken."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import AwareDatetime

from buurtsein_events.results import Facts
from buurtsein_events.values import Name, Value


class Promise(Value):
    """That the reporter of a signal hears before `by`; news about its incident is news about the signal."""

    signal_id: Name
    incident: Name
    by: AwareDatetime


class Settled(NamedTuple):
    """A promise that is over: the fact that kept it, and how it ended."""

    fact: str
    result: Literal["kept", "broken"]


def settle(promises: Facts, answered: Facts, told: Collection[str], until: datetime) -> list[Settled]:
    """Return the promises that are over at `until`, when the digests about the signals `told` go out."""
    found = ((fact, _result(Promise.model_validate_json(fact), answered, told, until)) for fact in promises)
    return [Settled(fact, result) for fact, result in found if result]


def _result(
    promise: Promise, answered: Facts, told: Collection[str], until: datetime
) -> Literal["kept", "broken"] | None:
    names = {promise.signal_id, promise.incident}
    heard = [answered[name] for name in names & answered.keys()]
    if names & set(told):
        heard.append(until.timestamp())
    if heard and min(heard) <= promise.by.timestamp():
        return "kept"
    return "broken" if until > promise.by else None

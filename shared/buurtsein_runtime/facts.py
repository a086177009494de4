"""The state of a stage in Redis: sorted sets of facts by time, and where each event was first seen.

Everything here changes nothing when it is done twice.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pydantic_core import to_json
from redis.asyncio import Redis

from buurtsein_events.results import Change, Forget, Remember

EVENT_LIMIT, TIMER_LIMIT = 200, 50_000
"""The newest facts of one set that the decision on an event, or a timed one, gets to see."""

Sets = dict[str, dict[str, float]]

# KEYS are claims and then sets. ARGV has the number of claims, the seconds to keep them, the facts wanted of a set, and
# for each claim its position and what it replays.
_LOAD = """
local claims, found = tonumber(ARGV[1]), {}
for i = 1, #KEYS do
  if i <= claims then
    local position, replays = ARGV[2 + 2 * i], ARGV[3 + 2 * i]
    local seen = redis.call('GET', KEYS[i])
    if not seen or (replays ~= '' and seen == replays) then
      redis.call('SET', KEYS[i], position, 'EX', ARGV[2])
      seen = position
    end
    found[i] = seen == position and 1 or 0
  else
    found[i] = redis.call('ZRANGE', KEYS[i], -ARGV[3], -1, 'WITHSCORES')
  end
end
return found
"""

# KEYS are sets; ARGV is one JSON text, because an argument costs more than a longer one. It has for each set: what is
# older than this goes, seconds to keep, facts to add, each after its score, facts to remove.
_CHANGE = """
local sets = cjson.decode(ARGV[1])
for i, key in ipairs(KEYS) do
  local oldest, keep, adds, removes = unpack(sets[i])
  for at = 1, #adds, 2 do
    redis.call('ZADD', key, adds[at], adds[at + 1])
  end
  for _, fact in ipairs(removes) do
    redis.call('ZREM', key, fact)
  end
  if keep ~= '0' then
    redis.call('ZREMRANGEBYSCORE', key, '-inf', oldest)
    redis.call('EXPIRE', key, keep)
  end
end
"""


class Claim(NamedTuple):
    """An event, the position of its record and, when it was put back from the dead letters, what that replays."""

    event_id: str
    position: str
    replays: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Which claims are first, in order, and the sets of facts asked for."""

    first: list[bool]
    sets: Sets


@dataclass(frozen=True, slots=True)
class Redo:
    """The changes of a timed decision, to be made once the transaction up to `boundary` has committed."""

    boundary: datetime
    changes: tuple[Change, ...]


class FactStore:
    """The facts of one stage; every call is one round trip and raises what redis-py raises."""

    def __init__(self, redis: Redis, group: str, seen_seconds: int) -> None:
        self._redis = redis
        self._group = group
        self._seen_seconds = seen_seconds

    async def load(self, claims: Sequence[Claim], keys: Iterable[str], *, limit: int = EVENT_LIMIT) -> Loaded:
        """Claim events and return the sets; an event is first where its record is the one that claimed it."""
        wanted = list(dict.fromkeys(keys))
        names = [*(f"seen:{self._group}:{claim.event_id}" for claim in claims), *map(self._key, wanted)]
        if not names:
            return Loaded([], {})
        arguments = [len(claims), self._seen_seconds, limit]
        parts = [part for claim in claims for part in (claim.position, claim.replays)]
        found = await self._redis.eval(_LOAD, len(names), *names, *arguments, *parts)
        first = [bool(each) for each in found[: len(claims)]]
        return Loaded(first, {key: _facts(flat) for key, flat in zip(wanted, found[len(claims) :], strict=True)})

    async def oldest(self, key: str, *, start: int, count: int) -> tuple[int, dict[str, float]]:
        """Return how many facts a set has, and `count` of them from the `start`-th oldest on, in order."""
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.zcard(self._key(key))
        pipeline.zrange(self._key(key), start, start + count - 1, withscores=True)
        number, facts = await pipeline.execute()
        return number, dict(facts)

    async def apply(self, changes: Sequence[Change]) -> None:
        """Make the changes."""
        if changes:
            by_key = _by_key(changes)
            sets = to_json([_set_changes(by_fact) for by_fact in by_key.values()])
            await self._redis.eval(_CHANGE, len(by_key), *map(self._key, by_key), sets)

    async def write_redo(self, scope: str, redo: Redo) -> None:
        """Keep what is to be changed when the transaction of `scope` has committed."""
        await self._redis.set(self._redo_key(scope), _redo_text(redo))

    async def read_redo(self, scope: str) -> Redo | None:
        """Return what was to be changed, if that was not forgotten."""
        text = await self._redis.get(self._redo_key(scope))
        return _redo_of(str(text)) if text else None

    async def forget_redo(self, scope: str) -> None:
        """Forget what was to be changed."""
        await self._redis.delete(self._redo_key(scope))

    def _key(self, key: str) -> str:
        return f"facts:{self._group}:{key}"

    def _redo_key(self, scope: str) -> str:
        return f"redo:{self._group}:{scope}"


def _facts(flat: Sequence[str]) -> dict[str, float]:
    return dict(zip(flat[::2], map(float, flat[1::2]), strict=True))


def _by_key(changes: Iterable[Change]) -> dict[str, dict[str, Change]]:
    """Return for each set the last change of each fact."""
    by_key: dict[str, dict[str, Change]] = {}
    for change in changes:
        by_key.setdefault(change.key, {})[change.fact] = change
    return by_key


def _set_changes(by_fact: dict[str, Change]) -> tuple[str, str, list[str], list[str]]:
    """Return what `_CHANGE` takes for one set; numbers are text, so that Lua passes them on as they are."""
    adds = [change for change in by_fact.values() if isinstance(change, Remember)]
    removes = [change.fact for change in by_fact.values() if isinstance(change, Forget)]
    oldest = max(((change.at - change.keep).timestamp() for change in adds), default=0.0)
    keep = max((math.ceil(change.keep.total_seconds()) for change in adds), default=0)
    added = [part for change in adds for part in (repr(change.at.timestamp()), change.fact)]
    return repr(oldest), str(keep), added, removes


def change_sets(sets: Sets, change: Change) -> None:
    """Make the change in sets that were loaded before it."""
    if change.key not in sets:
        return
    if isinstance(change, Forget):
        sets[change.key].pop(change.fact, None)
    else:
        sets[change.key][change.fact] = change.at.timestamp()


def _redo_text(redo: Redo) -> str:
    changes = [
        {"key": c.key, "fact": c.fact}
        if isinstance(c, Forget)
        else {"key": c.key, "fact": c.fact, "at": c.at.timestamp(), "keep": c.keep.total_seconds()}
        for c in redo.changes
    ]
    return json.dumps({"boundary": redo.boundary.timestamp(), "changes": changes})


def _redo_of(text: str) -> Redo:
    kept = json.loads(text)
    changes = tuple(
        Remember(c["key"], c["fact"], datetime.fromtimestamp(c["at"], UTC), timedelta(seconds=c["keep"]))
        if "at" in c
        else Forget(c["key"], c["fact"])
        for c in kept["changes"]
    )
    return Redo(datetime.fromtimestamp(kept["boundary"], UTC), changes)

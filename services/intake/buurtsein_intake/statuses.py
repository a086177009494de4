"""Statuses in Redis: what the projection writes and the reporter reads."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from redis.asyncio import Redis

from buurtsein_events.ids import derive
from buurtsein_intake.exchange import UNREACHABLE, reaching
from buurtsein_intake.identity import CodeEntry
from buurtsein_intake.scripts import APPLY, COUNT, READ
from buurtsein_intake.status import Change, Kept, ReportChange, latest

_AT_ONCE: Final = 100


class Statuses(Protocol):
    """Where statuses are read; both raise `Later` when that place does not answer."""

    async def read(self, report_id: str) -> Kept | None:
        """Return what is kept of a report, or nothing when the report is unknown."""
        ...

    async def read_many(self, report_ids: Sequence[str]) -> Sequence[Kept | None]:
        """Return what is kept of each report."""
        ...


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many accepted reports have no terminal state yet, and how many of them are overdue."""

    open: int
    overdue: int


class RedisStatuses:
    """Writes and reads statuses; raises `Later` when Redis does not answer.

    `code` tells what is kept of the receipt code of a client's report.
    """

    def __init__(self, redis: Redis, *, status_seconds: int, code: Callable[[str, str], CodeEntry]) -> None:
        self._redis = redis
        self._apply = redis.register_script(APPLY)
        self._read = redis.register_script(READ)
        self._count = redis.register_script(COUNT)
        self._status_seconds = status_seconds
        self._code = code

    async def apply(self, changes: Sequence[Change]) -> None:
        """Write the changes in order; writing them again changes nothing."""
        if changes:
            content = json.dumps([self._members(change) for change in changes])
            async with reaching():
                await self._apply(args=[self._status_seconds, content])

    def _members(self, change: Change) -> dict[str, object]:
        if not isinstance(change, ReportChange) or change.code_for is None:
            return change.members()
        entry = self._code(change.code_for, change.report)
        return {**change.members(), "code": entry.name, "client": entry.client}

    async def read(self, report_id: str) -> Kept | None:
        """Return what is kept of a report, or nothing when the report is unknown."""
        return (await self.read_many([report_id]))[0]

    async def read_many(self, report_ids: Sequence[str]) -> Sequence[Kept | None]:
        """Return what is kept of each report; so many at once that Redis has time for others."""
        found: list[Kept | None] = []
        for start in range(0, len(report_ids), _AT_ONCE):
            ids = report_ids[start : start + _AT_ONCE]
            async with reaching():
                kept = await self._read(args=[part for each in ids for part in (each, derive(each, "signal"))])
            found += [_kept(*map(_mapping, each)) for each in kept]
        return found

    async def accounts(self, overdue_seconds: float) -> Accounts:
        """Return how many accepted reports have no terminal state, and how many are older than `overdue_seconds`."""
        async with reaching():
            open_, overdue = await self._count(args=[int(overdue_seconds * 1000)])
        return Accounts(open_, overdue)

    async def problem(self) -> str | None:
        """Return what is wrong with Redis, if anything."""
        try:
            await self._redis.ping()
        except UNREACHABLE as error:
            return f"redis: {error}"
        return None


def _kept(fields: Mapping[str, str], own: Mapping[str, str], others: Mapping[str, str]) -> Kept | None:
    return Kept(latest(fields), own, others) if fields else None


def _mapping(flat: Sequence[str]) -> Mapping[str, str]:
    return dict(zip(flat[::2], flat[1::2], strict=True))

"""Statuses in Redis: what the projection writes and the reporter reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redis.asyncio import Redis

from buurtsein_events.ids import derive
from buurtsein_events.results import Later
from buurtsein_intake.claims import UNREACHABLE
from buurtsein_intake.scripts import APPLY, COUNT, READ
from buurtsein_intake.status import Change, latest


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one report: its fields, the outcomes of its signal and those of the incident it belongs to."""

    fields: Mapping[str, str]
    outcomes: Mapping[str, str]
    incident_outcomes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many accepted reports have no terminal state yet, and how many of them are overdue."""

    open: int
    overdue: int


class RedisStatuses:
    """Writes and reads statuses; raises `Later` when Redis does not answer."""

    def __init__(self, redis: Redis, *, status_seconds: int) -> None:
        self._redis = redis
        self._apply = redis.register_script(APPLY)
        self._read = redis.register_script(READ)
        self._count = redis.register_script(COUNT)
        self._status_seconds = status_seconds

    async def apply(self, changes: Sequence[Change]) -> None:
        """Write the changes in order; writing them again changes nothing."""
        if changes:
            content = json.dumps([change.members() for change in changes])
            try:
                await self._apply(args=[self._status_seconds, content])
            except UNREACHABLE as error:
                raise Later("redis") from error

    async def read(self, report_id: str) -> Kept | None:
        """Return what is kept of a report, or nothing when the report is unknown."""
        try:
            found = await self._read(args=[report_id, derive(report_id, "signal")])
        except UNREACHABLE as error:
            raise Later("redis") from error
        fields, own, others = map(_mapping, found)
        return Kept(latest(fields), own, others) if fields else None

    async def accounts(self, overdue_seconds: float) -> Accounts:
        """Return how many accepted reports have no terminal state, and how many are older than `overdue_seconds`."""
        try:
            open_, overdue = await self._count(args=[int(overdue_seconds * 1000)])
        except UNREACHABLE as error:
            raise Later("redis") from error
        return Accounts(open_, overdue)

    async def problem(self) -> str | None:
        """Return what is wrong with Redis, if anything."""
        try:
            await self._redis.ping()
        except UNREACHABLE as error:
            return f"redis: {error}"
        return None


def _mapping(flat: Sequence[str]) -> Mapping[str, str]:
    return dict(zip(flat[::2], flat[1::2], strict=True))

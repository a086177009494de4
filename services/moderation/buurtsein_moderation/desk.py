"""What coordinators look at, read from the facts that moderation keeps; raises `Later` while the store is down."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from buurtsein_events.results import Later
from buurtsein_moderation import members
from buurtsein_moderation.actions import Audited
from buurtsein_moderation.cases import CaseFile, Entry, audit_key, case_key, queue_key
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.members import Standing
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.facts import FactStore
from buurtsein_runtime.redis import UNAVAILABLE

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Folder:
    """A case and where its author stands now; an anonymous author stands nowhere."""

    file: CaseFile
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One matter that waits for a coordinator, since when, and its case."""

    entry: Entry
    since: datetime
    folder: Folder


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a queue, oldest first, and how much there is in all."""

    total: int
    waiting: tuple[Waiting, ...]


class Desk:
    """Reads queues, cases and audit trails."""

    def __init__(self, store: FactStore, ladder: Ladder, clock: Clock) -> None:
        self._store = store
        self._ladder = ladder
        self._clock = clock

    async def queue(self, community: str, *, start: int, count: int) -> Page:
        """Return `count` matters of a community from the `start`-th oldest on."""
        total, found = await _now(self._store.oldest(queue_key(community), start=start, count=count))
        entries = [(Entry.of(text), datetime.fromtimestamp(at, UTC)) for text, at in found.items()]
        folders = await self.folders([entry.report_id for entry, _ in entries])
        waiting = (
            Waiting(entry, since, folder)
            for entry, since in entries
            if (folder := folders.get(entry.report_id)) and entry.matter in folder.file.open
        )
        return Page(total, tuple(waiting))

    async def entries(self, community: str, count: int) -> tuple[int, list[tuple[Entry, float]]]:
        """Return how much waits for a community, and the oldest of it with the POSIX time since when."""
        total, found = await _now(self._store.oldest(queue_key(community), start=0, count=count))
        return total, [(Entry.of(text), at) for text, at in found.items()]

    async def folders(self, report_ids: Sequence[str]) -> dict[str, Folder]:
        """Return the cases that there are, by report."""
        loaded = await _now(self._store.load((), [case_key(report_id) for report_id in report_ids]))
        read = {report_id: CaseFile.of(loaded.sets[case_key(report_id)]) for report_id in report_ids}
        files = {report_id: file for report_id, file in read.items() if file}
        authors = {report_id: members.member_of(file.case.moderated.report) for report_id, file in files.items()}
        keys = [key for member in authors.values() if member for key in members.keys(member)]
        sets = (await _now(self._store.load((), keys))).sets
        at, keep = self._clock.now(), self._ladder.keep
        return {
            report_id: Folder(file, members.standing(sets, member, keep, "", at) if member else None)
            for report_id, file in files.items()
            for member in [authors[report_id]]
        }

    async def folder(self, report_id: str) -> Folder | None:
        """Return a case, if there is one."""
        return (await self.folders([report_id])).get(report_id)

    async def appeals(self, member: str) -> int:
        """Return how many appeals of a member wait for an answer."""
        key = members.appeals_key(member)
        return len((await _now(self._store.load((), [key]))).sets[key])

    async def audit(self, community: str, count: int) -> list[tuple[datetime, Audited]]:
        """Return what people decided in a community, the latest first."""
        loaded = await _now(self._store.load((), [audit_key(community)], limit=count))
        lines = sorted(loaded.sets[audit_key(community)].items(), key=lambda line: line[1], reverse=True)
        return [(datetime.fromtimestamp(at, UTC), Audited.model_validate_json(text)) for text, at in lines]


async def _now(call: Awaitable[Answer]) -> Answer:
    try:
        return await call
    except UNAVAILABLE as error:
        raise Later("redis") from error

"""One run of the fault suite: load, faults and bad records at once, then the count."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from buurtsein_platform.fault.actions import Saboteur
from buurtsein_platform.fault.clients import Clients
from buurtsein_platform.fault.http import connected
from buurtsein_platform.fault.plan import Fault, plan
from buurtsein_platform.fault.poison import Poison, poisons, write_poison
from buurtsein_platform.fault.reports import cadence_file, communities_file, reports
from buurtsein_platform.fault.result import Result, verify
from buurtsein_platform.fault.show import Display, Glance, fault_line
from buurtsein_platform.fault.watch import Watch
from buurtsein_platform.platform import Platform
from buurtsein_platform.ports import scattered_ports

PARTITIONS: Final = 4
SETTLE_SECONDS: Final = 180.0
_QUIET_LOOKS: Final = 3
_LOOK_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run: reports in all, the seconds over which they are sent, and what makes it repeatable."""

    reports: int
    seconds: float
    seed: int

    @property
    def poison(self) -> int:
        """The number of bad records."""
        return max(self.reports // 100, 12)


def prepared(home: Path) -> Platform:
    """Return a platform of its own in `home`, with communities and a cadence that make digests soon; it is not up."""
    home.mkdir(parents=True, exist_ok=True)
    files = {"communities": communities_file(), "cadence": cadence_file()}
    for name, text in files.items():
        (home / f"{name}.yaml").write_text(text, "utf-8")
    return Platform(home, partitions=PARTITIONS, environment=_environment(home), wanted=scattered_ports(), bound=True)


def _environment(home: Path) -> Mapping[str, str]:
    """A user's own cluster is none to do this to."""
    return {
        "BUURTSEIN_KAFKA_BOOTSTRAP": "",
        "BUURTSEIN_REDIS_URL": "",
        "BUURTSEIN_PARTITIONS": "",
        "BUURTSEIN_LOG_LEVEL": "WARNING",
        "BUURTSEIN_COMMUNITIES": str(home / "communities.yaml"),
        "BUURTSEIN_CADENCE": str(home / "cadence.yaml"),
    }


class Run:
    """One run on a platform that is up."""

    def __init__(self, platform: Platform, order: Order, display: Display) -> None:
        self._platform = platform
        self._bootstrap = platform.kafka_bootstrap
        self._order = order
        self._display = display
        self._watch = Watch(self._bootstrap)
        self._clients = Clients(partial(connected, platform.service_url("intake")), order.seed, self._watch.accepted)
        self._saboteur = Saboteur(platform, self._hit, lambda: len(self._watch.tally.ended))
        self._written = 0

    async def result(self) -> Result:
        """Do all of it and return what it showed."""
        background = [self._watch.follow(), self._watch.measure(), self._display.watch(self._glance)]
        async with asyncio.TaskGroup() as tasks:
            watching = [tasks.create_task(each) for each in background]
            await self._trouble()
            settled = await self._settle()
            for task in watching:
                task.cancel()
        return await asyncio.to_thread(self._counted, settled=settled)

    async def _trouble(self) -> None:
        order = self._order
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._clients.send(tuple(reports(order.reports, order.seed)), self._left))
            poison = tuple(poisons(order.poison, order.seed))
            tasks.create_task(write_poison(self._bootstrap, poison, self._left, self._wrote))
            tasks.create_task(self._sabotage())
        self._display.say(f"all {order.reports:,} reports were sent")

    async def _sabotage(self) -> None:
        await self._saboteur.perform(plan(self._order.seconds, self._order.seed))
        self._watch.standstill.begin()
        self._display.say("that was the last fault")

    async def _settle(self) -> bool:
        """Wait until nothing is on its way any more; returns whether that came within its bound."""
        quiet, deadline = 0, time.monotonic() + SETTLE_SECONDS
        while quiet < _QUIET_LOOKS and time.monotonic() < deadline:
            await asyncio.sleep(_LOOK_SECONDS)
            quiet = quiet + 1 if self._watch.quiet else 0
        return quiet >= _QUIET_LOOKS

    def _counted(self, *, settled: bool) -> Result:
        accepted = self._clients.books.accepted.values()
        findings, account = verify(self._bootstrap, accepted)
        return Result(
            reports=self._order.reports,
            books=self._clients.books,
            findings=findings,
            account=account,
            faults=dict(self._saboteur.counts),
            poison=self._order.poison,
            longest_pause=self._watch.pause.current(time.monotonic()),
            standstill=self._watch.standstill.longest,
            stands_at=self._watch.standstill.where,
            settled=settled,
        )

    def _left(self) -> float:
        return self._order.seconds - self._saboteur.reached

    def _hit(self, fault: Fault) -> None:
        self._display.say(fault_line(fault))

    def _wrote(self, _: Poison) -> None:
        self._written += 1

    def _glance(self) -> Glance:
        return Glance(
            accepted=len(self._clients.books.accepted),
            reports=self._order.reports,
            ended=len(self._watch.tally.ended),
            retries=self._clients.books.retries,
            poison=self._written,
            faults=self._saboteur.counts.total(),
            longest_pause=self._watch.pause.current(time.monotonic()),
            behind=tuple(sorted(self._watch.behind)),
        )


def perform(platform: Platform, order: Order, display: Display) -> Result:
    """Bring the platform up, do a run and bring it down, whatever happens."""
    try:
        display.say("starting the platform")
        platform.up()
        display.say(f"{order.reports:,} reports within {order.seconds:.0f} s, seed {order.seed}")
        return asyncio.run(Run(platform, order, display).result())
    finally:
        platform.down()

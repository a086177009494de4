"""The policy in force, which takes over changed packs without a restart.

Packs are compiled in a thread. They are exchanged on the event loop, where a batch is decided on without a pause, so
that all decisions of a batch are made by the same packs.
"""

import asyncio
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import structlog

from buurtsein_events.envelope import Event
from buurtsein_events.results import Decision, State
from buurtsein_events.values import Value
from buurtsein_moderation.loading import WEIGHTS, files_of, load_packs
from buurtsein_moderation.policy import Moderation
from buurtsein_runtime import metrics
from buurtsein_runtime.config import ConfigError

LOOK_SECONDS: Final = 2.0

_LOG = structlog.get_logger()


def fingerprint(packs: Path) -> str:
    """Return the SHA-256 of the names and contents of the packs; a file that can't be read counts as empty."""
    digest = sha256()
    for file in (*files_of(packs), packs / WEIGHTS):
        content = _content(file)
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


class InForce:
    """The policy that decides, and the packs that it looks at for changes.

    `fingerprint` is that of the packs which `moderation` was loaded from, taken before they were.
    """

    def __init__(self, moderation: Moderation, packs: Path, fingerprint: str) -> None:
        self.moderation = moderation
        self._packs = packs
        self._known = self._last = fingerprint
        _say_loaded(moderation, fingerprint)

    def keys(self, event: Event[Value]) -> tuple[str, ...]:
        """Return the sets of facts that the decision on `event` needs."""
        return self.moderation.keys(event)

    def decide(self, event: Event[Value], state: State, now: datetime) -> Decision:
        """Return the decision of the policy in force."""
        return self.moderation.decide(event, state, now)

    async def watch(self) -> None:
        """Look at the packs every few seconds, for ever."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Take over packs that have changed and rest: those that are still being copied change until the next look."""
        last, self._last = self._last, await asyncio.to_thread(fingerprint, self._packs)
        if last == self._last != self._known:
            self._known = last
            await self._reload()

    async def _reload(self) -> None:
        try:
            engine = await asyncio.to_thread(load_packs, self._packs, self.moderation.communities)
        except ConfigError as error:
            metrics.PACKS_REFUSED.set(1)
            _LOG.error("packs_refused", packs=str(error.path), problems=error.problems)
        else:
            self.moderation = replace(self.moderation, engine=engine)
            _say_loaded(self.moderation, self._known)


def _say_loaded(moderation: Moderation, version: str) -> None:
    metrics.PACKS_REFUSED.set(0)
    metrics.PACKS_VERSION.info({"sha256": version})
    _LOG.info("packs_loaded", sha256=version, rules=len(moderation.engine.rules))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""

"""Reports that photos may still be added to, each photo by a request of its own.

What such a report says is remembered for minutes, as a draft under a pseudonym of its reference; of who said it that
has the pseudonym of its event, of an anonymous one nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Literal
from weakref import WeakValueDictionary

from buurtsein_events.results import Later
from buurtsein_events.values import Channel
from buurtsein_intake.channels.adapter import Taken
from buurtsein_intake.channels.conversation import PHOTOS, Draft, Turn
from buurtsein_intake.channels.desk import Desk
from buurtsein_intake.channels.drafts import Drafts, Known
from buurtsein_intake.channels.message import Message, named
from buurtsein_intake.submissions import Submissions
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import Clock

Room = Literal["open", "full", "closed"]
"""Whether a report takes a photo, has as many as it may, or is not open to them (any more)."""

Edit = Callable[[Message, str], Awaitable[str]]
"""Keeps a message as an edit of a report; raises `Later` when that can't be done now."""

_CHANNEL: Final[Channel] = "signalen"
_ATTEMPTS: Final = 5


class Illustrations:
    """A desk whose reports are open to photos for some minutes, and after each photo again."""

    def __init__(self, desk: Desk, edit: Edit, *, drafts: Drafts, submissions: Submissions, clock: Clock) -> None:
        self._desk = desk
        self._edit = edit
        self._drafts = drafts
        self._submissions = submissions
        self._clock = clock
        # Photos of one report that come at once are added one after the other.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def check(self, messages: Sequence[Message]) -> None:
        """Raise `Refused` or `Later` as the desk does."""
        await self._desk.check(messages)

    async def take(self, message: Message) -> Taken:
        """Return what became of a message, whose report is open to photos if that can be remembered."""
        taken = await self._desk.take(message)
        if taken.reference is not None:
            try:
                await self._open(taken.reference, message)
            except Later:
                metrics.RETRIES.labels("intake", "redis").inc()
        return taken

    async def room(self, reference: str) -> Room:
        """Tell whether a report takes a photo; raises `Later`."""
        return _room((await self._drafts.load(self._name(reference))).draft)

    async def add(self, reference: str, photo: str) -> Room:
        """Add a photo to a report, by an edit, if that takes it; the same one again changes nothing. Raises `Later`."""
        name = self._name(reference)
        async with self._turns.setdefault(name, asyncio.Lock()):
            for _ in range(_ATTEMPTS):
                known = await self._drafts.load(name)
                draft = known.draft
                if draft is None or _room(draft) == "full" or photo in draft.photos:
                    return "open" if draft and photo in draft.photos else _room(draft)
                after = draft.model_copy(update={"photos": (*draft.photos, photo), "at": self._clock.now()})
                await self._edit(_edited(after), reference)
                # Kept before it is remembered: whoever comes second remembers, and then keeps, what the first one did.
                if await self._drafts.save(name, after, known):
                    return "open"
        raise Later("the draft of the report")

    async def _open(self, reference: str, message: Message) -> None:
        draft = Draft(
            turns=(Turn(key="", words=message.text or ""),),
            at=self._clock.now(),
            reference=reference,
            location=message.location,
            occurred_at=message.occurred_at,
            type=message.type,
            reporter=self._submissions.reporter(named(message), _CHANNEL),
        )
        # Of a signal that is posted again the draft stays, with the photos that it has.
        await self._drafts.save(self._name(reference), draft, Known())

    def _name(self, reference: str) -> str:
        return self._submissions.sender(_CHANNEL, "", reference)


def _room(draft: Draft | None) -> Room:
    if draft is None:
        return "closed"
    return "full" if len(draft.photos) >= PHOTOS else "open"


def _edited(draft: Draft) -> Message:
    return Message(
        channel=_CHANNEL,
        key=" ".join((draft.reference, *draft.photos)),
        text=draft.text,
        location=draft.location,
        occurred_at=draft.occurred_at,
        type=draft.type,
        photos=draft.photos,
        reporter=draft.reporter,
        anonymous=draft.reporter is None,
    )

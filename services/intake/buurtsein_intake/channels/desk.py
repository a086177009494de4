"""Where messages of all channels become reports that are kept."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol
from weakref import WeakValueDictionary

from buurtsein_events.results import Later
from buurtsein_events.values import Channel
from buurtsein_events.values import Message as Words
from buurtsein_intake import answers, codes
from buurtsein_intake.acceptance import Acceptance
from buurtsein_intake.channels import cues
from buurtsein_intake.channels.adapter import Taken
from buurtsein_intake.channels.conversation import Policy, converse, illustrated
from buurtsein_intake.channels.drafts import Drafts, Known
from buurtsein_intake.channels.message import Message, Reply, report_of
from buurtsein_intake.channels.outgoing import Outbox
from buurtsein_intake.channels.questions import BEGIN, UNHEARD, told
from buurtsein_intake.codes import Codes
from buurtsein_intake.forms import say
from buurtsein_intake.statuses import Statuses
from buurtsein_intake.submissions import Request, Submissions
from buurtsein_intake.validation import Known as Checked
from buurtsein_intake.validation import check_photos
from buurtsein_runtime import metrics
from buurtsein_runtime.clock import Clock
from buurtsein_runtime.problems import Refused
from buurtsein_runtime.tracing import new_traceparent

CHATS: Final[frozenset[Channel]] = frozenset({"whatsapp", "telegram", "sms", "facebook"})
"""The channels on which a report may come in more than one message."""


UNKNOWN: Final = Words(
    nl="Bij deze code is er geen melding. Kijk de 16 cijfers na.",
    en="There is no report with this code. Check the 16 digits.",
)
_WELCOME: Final = (told(BEGIN),)
WAIT: Final = Words(nl="Probeer het over een minuut nog eens.", en="Try again in a minute.")


class Desk(Protocol):
    """Takes messages."""

    async def check(self, messages: Sequence[Message]) -> None:
        """Raise `Refused` when one of these names what is not there, or `Later`; nothing of them is kept by it."""
        ...

    async def take(self, message: Message) -> Taken:
        """Return what became of a message, once it is kept; raises `Later` when that can't be done now."""
        ...


class Photos(Protocol):
    """Where photos are kept."""

    async def claim(self, refs: Sequence[str]) -> tuple[bool, ...]:
        """Keep these photos on, and return of each whether it is kept; raises `Later` when that can't be known."""
        ...


class ReportDesk:
    """Keeps every message as a report, each once, and has the conversation about what is missing."""

    def __init__(  # noqa: PLR0913
        self,
        submissions: Submissions,
        acceptance: Acceptance,
        clock: Clock,
        *,
        statuses: Statuses,
        drafts: Drafts,
        outbox: Outbox,
        policy: Policy,
        codes: Codes,
        photos: Photos,
        known: Callable[[datetime | None], Checked],
    ) -> None:
        self._submissions = submissions
        self._acceptance = acceptance
        self._clock = clock
        self._statuses = statuses
        self._drafts = drafts
        self._outbox = outbox
        self._policy = policy
        self._codes = codes
        self._photos = photos
        self._known = known
        # Two messages of one sender at once are one after the other, as they would be a moment later.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def check(self, messages: Sequence[Message]) -> None:
        """Raise `Refused` when an application names a photo that is not kept; those of channels were kept by us."""
        for message in messages:
            if message.report and message.report.photos:
                check_photos(await self._photos.claim(message.report.photos), message.report_at)

    async def take(self, message: Message) -> Taken:
        """Return the reference of the message's report, once it is kept; a time that has yet to come is not."""
        if self._is_yet_to_come(message.occurred_at):
            message = replace(message, occurred_at=None)
        if message.channel not in CHATS or not message.key or not message.sender or message.anonymous:
            if message.channel in CHATS and message.is_empty:
                return Taken(message=message)
            original = await self._original(message)
            reference = await self._keep(message, original)
            return Taken(message=message, reference=reference, kept=message, first=original or reference)
        sender = self._submissions.sender(message.channel, message.sender, message.chat)
        async with self._turns.setdefault(sender, asyncio.Lock()):
            opt_out = cues.opts_out(message.text or "") if message.is_only_text else message.opt_out
            if opt_out is None:
                return await self._heard(message, sender, await self._drafts.load(sender))
            await self._drafts.quieten(sender, opt_out)
            # Where the provider says that it is an opt-in, the provider answers it.
            return await self._answered(message, () if opt_out or message.opt_out is False else _WELCOME)

    async def _heard(self, message: Message, sender: str, known: Known) -> Taken:
        """Return what became of what may be a report, a receipt code, a courtesy, or nothing that can be read."""
        if message.is_empty:
            language = known.draft.language if known.draft else None
            return await self._answered(message, () if known.quiet else (told(UNHEARD, language),))
        if code := codes.parsed(message.text or ""):
            return await self._look_up(message, code, known)
        said = message.text or "" if message.is_only_text else ""
        if cues.wishes(said):
            return await self._invite(message, sender, known)
        courtesy = cues.courtesy(said)
        if courtesy is None:
            return await self._converse(message, sender, known)
        greets = courtesy == "greeting" and not known.draft and not known.quiet
        return await self._answered(message, _WELCOME if greets else ())

    async def _invite(self, message: Message, sender: str, known: Known) -> Taken:
        """Return an announcement of a report, whose sender is asked for it; what comes next is not the one before."""
        if known.draft and known.draft.text:
            await self._drafts.save(sender, known.draft.model_copy(update={"pending": None}), known)
        language = cues.language_of(message.text or "")
        return await self._answered(message, () if known.quiet else (told(BEGIN, language),))

    async def _look_up(self, message: Message, code: str, known: Known) -> Taken:
        """Return what is said to somebody who sends the code of a receipt and nothing else, which is no report."""
        language = known.draft.language if known.draft else "nl"
        replies = () if known.quiet else (Reply(text=say(await self._told(code), language) or ""),)
        return await self._answered(message, replies)

    async def _answered(self, message: Message, replies: tuple[Reply, ...]) -> Taken:
        """Return a message that is no report, once its sender is told something; a retry is not told it again."""
        if replies and self._sends(message):
            name = self._submissions.digest(f"{message.channel} {message.key}")
            self._say(message, replies if await self._drafts.first(name) else ())
        return Taken(message=message, replies=replies)

    async def _told(self, code: str) -> Words:
        try:
            found = await self._codes.find(self._submissions.code_name(code))
        except Refused:
            return WAIT
        kept = await self._statuses.read(found.reference) if found else None
        return answers.told(kept.fields) if kept else UNKNOWN

    async def _converse(self, message: Message, sender: str, known: Known) -> Taken:
        policy = replace(self._policy, asking=frozenset()) if known.quiet else self._policy
        step = converse(known.draft, message, self._clock.now(), policy)
        if step.keep is None or step.draft is None:
            return Taken(message=message, reference=step.reference, replies=step.replies)
        edit_of = step.edit_of or await self._original(message)
        reference = await self._keep(step.keep, edit_of)
        draft = step.draft.kept_as(reference, edit_of, self._policy.link)
        await self._drafts.save(sender, draft, known)
        replies = draft.turns[-1].replies
        self._say(message, replies)
        return Taken(message=message, reference=reference, replies=replies, kept=step.keep, first=draft.reference)

    async def add_photos(self, taken: Taken, photos: tuple[str, ...]) -> str:
        """Return the reference of the edit that adds photos to the report of a message; raises `Later`."""
        kept = taken.kept or taken.message
        sender = self._submissions.sender(kept.channel, kept.sender or "", kept.chat)
        async with self._turns.setdefault(sender, asyncio.Lock()):
            known = await self._drafts.load(sender)
            step = illustrated(known.draft, kept, photos, self._policy)
            report = replace(step.keep or kept, quota=None)
            # The same edit again is the same one; with other content, of a report that was completed since, another.
            reference = await self._keep(replace(report, key=kept.key and repr(report)), step.edit_of or taken.first)
            if step.draft and not await self._drafts.save(sender, step.draft, known):
                # What another process kept meanwhile is without these photos: it gets them in the next attempt.
                raise Later("the draft")
            return reference

    async def edit(self, message: Message, first: str) -> str:
        """Return the reference of the edit that a message is of the report `first`, once it is kept; raises `Later`."""
        return await self._keep(message, first)

    def _is_yet_to_come(self, at: datetime | None) -> bool:
        latest = self._known(at).latest
        return at is not None and latest is not None and at > latest

    def _say(self, message: Message, replies: Iterable[Reply]) -> None:
        if message.chat and self._sends(message):
            for reply in replies:
                self._outbox.post(message.channel, message.chat, reply)

    def _sends(self, message: Message) -> bool:
        return message.channel in self._outbox.channels

    async def _original(self, message: Message) -> str | None:
        """Return the report of the message that this one edits, if there is one."""
        if message.replaces is None:
            return None
        reference = self._submissions.message_id(_client(message), message.replaces)
        return reference if await self._statuses.read(reference) else None

    async def _keep(self, message: Message, edit_of: str | None) -> str:
        report = report_of(message)
        if edit_of:
            report = report.model_copy(update={"edit_of": edit_of})
        if report.occurred_at:
            self._clock.observe(report.occurred_at)
        around = Request(
            _client(message), message.key, self._clock.now(), new_traceparent(), message.quota, message.reporter
        )
        submission = self._submissions.of_message if message.key else self._submissions.of_report
        accepted = await self._acceptance.accept(submission(report, around))
        if accepted.new:
            metrics.RECEIVED.labels(message.channel).inc()
        return accepted.event_id


def _client(message: Message) -> str:
    return message.client or message.channel

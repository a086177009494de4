"""One sender's messages as one report: what a message adds, what is asked next. Pure.

A report is kept as it comes. When something is missing the sender gets one question, and what comes next completes the
report: it is kept again, whole, as an edit of the first. No question is asked twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from buurtsein_events.values import Channel, ReportType
from buurtsein_intake import alarm
from buurtsein_intake.channels import cues
from buurtsein_intake.channels.message import Message, Reply, clean
from buurtsein_intake.channels.questions import (
    CALL,
    COMPLETE,
    FOLLOW,
    LINK,
    ORDER,
    THANKS,
    Menus,
    Question,
    fields_of,
    label,
    missing,
)
from buurtsein_intake.forms import Language, say
from buurtsein_intake.shapes import LocationIn

TURNS = 12
"""Messages that one report is made of at most; what comes after is another report."""

PHOTOS = 5
"""Photos of one report at most."""

_LONG = 25
_PHRASE = 7
"""Words of what only adds something to a report, at most."""


class Turn(BaseModel):
    """One message of the report: a digest of its key, the words that it adds, the report it was kept as, the answer."""

    model_config = ConfigDict(frozen=True)

    key: str
    words: str = ""
    reference: str = ""
    replies: tuple[Reply, ...] = ()


class Draft(BaseModel):
    """A report that may still be completed, and what was asked about it; kept for minutes, without its sender.

    `at` is when its newest message was received, and `said_at` when that was sent, where the channel says so.
    `reporter` is the pseudonym in its event, where what completes it does not say who sends that.
    """

    model_config = ConfigDict(frozen=True)

    turns: tuple[Turn, ...]
    at: AwareDatetime
    said_at: AwareDatetime | None = None
    language: Language = "nl"
    reference: str = ""
    location: LocationIn | None = None
    occurred_at: AwareDatetime | None = None
    type: ReportType | None = None
    police_called: bool | None = None
    photos: tuple[str, ...] = ()
    reporter: str | None = None
    asked: tuple[Question, ...] = ()
    pending: Question | None = None

    @property
    def text(self) -> str | None:
        """Return the words of all turns as one text."""
        words = [turn.words for turn in self.turns if turn.words]
        ended = [each if each[-1] in ".!?…" else f"{each}." for each in words[:-1]]
        return clean(" ".join([*ended, *words[-1:]]))

    def turn(self, key: str | None) -> Turn | None:
        """Return the turn of a message."""
        return next((turn for turn in self.turns if turn.key == key), None)

    def kept_as(self, reference: str, edit_of: str | None, link: Callable[[str], str]) -> "Draft":
        """Return the draft once its newest turn is kept, as an edit of the first report if there is one.

        The replies get the `link` of the first reference.
        """
        first, turn = self.reference or edit_of or reference, self.turns[-1]
        replies = (
            each.model_copy(update={"text": each.text.replace(LINK, link(first))}) if LINK in each.text else each
            for each in turn.replies
        )
        kept = turn.model_copy(update={"reference": reference, "replies": tuple(replies)})
        return self.model_copy(update={"turns": (*self.turns[:-1], kept), "reference": first})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How conversations go: the menus, where questions can be asked, for how long, how keys are made unreadable,
    and where a report can be followed."""

    menus: Menus
    expiry: timedelta
    digest: Callable[[str], str]
    link: Callable[[str], str]
    asking: frozenset[Channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows from a message: the report to `keep` as an edit of `edit_of`, the `draft` then, and the `replies`.

    Nothing is kept of a message that was kept before: then `reference` says as which report.
    """

    keep: Message | None = None
    edit_of: str | None = None
    reference: str | None = None
    draft: Draft | None = None
    replies: tuple[Reply, ...] = ()


def converse(draft: Draft | None, message: Message, now: datetime, policy: Policy) -> Step:
    """Return what follows from a message of a sender whose draft this is, when it is received `now`."""
    key = policy.digest(message.key or "")
    if draft and (turn := draft.turn(key)):
        return Step(reference=turn.reference, replies=turn.replies)
    if draft is None or _over(draft, message, now, policy) or len(draft.turns) >= TURNS:
        return _first(message, key, now, policy)
    draft = draft.model_copy(update={"at": now, "said_at": message.occurred_at or draft.said_at})
    edited = draft.turn(policy.digest(message.replaces)) if message.replaces else None
    if edited:
        return _kept(_edited(draft, edited, message, key), message, policy, answered=False)
    if message.replaces or not _continues(draft, message, policy):
        return _first(message, key, now, policy)
    return _continued(draft, message, key, policy)


def illustrated(draft: Draft | None, kept: Message, photos: tuple[str, ...], policy: Policy) -> Step:
    """Return what follows when photos of a message have come that was `kept` as this report; nothing is asked.

    They are added to the report as it is by now, or as it was when it is over.
    """
    if draft is None or draft.turn(policy.digest(kept.key or "")) is None:
        return Step(keep=replace(kept, photos=_all(kept.photos, photos)))
    after = draft.model_copy(update={"photos": _all(draft.photos, photos)})
    return Step(keep=_report(after, kept), edit_of=draft.reference, draft=after)


def _all(photos: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*photos, *more)))[:PHOTOS]


def _over(draft: Draft, message: Message, now: datetime, policy: Policy) -> bool:
    """Tell whether a message comes too late, or was sent at another time: providers deliver at once what waited."""
    apart = message.occurred_at - draft.said_at if message.occurred_at and draft.said_at else timedelta(0)
    return now - draft.at > policy.expiry or abs(apart) > policy.expiry


def _first(message: Message, key: str, now: datetime, policy: Policy) -> Step:
    choice = policy.menus.chosen(message)
    sets = fields_of(choice)
    draft = Draft(
        # A choice from a menu that is no longer known of says nothing by itself.
        turns=(Turn(key=key, words="" if choice else message.text or ""),),
        at=now,
        said_at=message.occurred_at,
        language=cues.language_of(message.text or "") or "nl",
        location=message.location,
        occurred_at=message.occurred_at,
        type=sets.get("type", message.type),
        police_called=sets.get("police_called", message.police_called),
        photos=message.photos,
    )
    step = _kept(draft, message, policy, answered=True)
    # Of a choice that is all there is the words stay, which are no words of the draft.
    return replace(step, keep=replace(message, type=draft.type, police_called=draft.police_called)) if choice else step


def _continues(draft: Draft, message: Message, policy: Policy) -> bool:
    if message.text is None or policy.menus.chosen(message) or draft.text is None:
        return True
    if draft.pending is None or cues.anew(message.text) or _elsewhere(draft, message.text):
        return False
    other = cues.idea(message.text) and not cues.idea(draft.text)
    return not other and (draft.pending == "who" or len(cues.words_of(message.text)) <= _LONG)


def _elsewhere(draft: Draft, text: str) -> bool:
    """Tell whether a whole sentence is about another place than the report, of which only 112 is asked."""
    before, now = cues.places(draft.text or ""), cues.places(text)
    apart = bool(before and now) and before.isdisjoint(now)
    return draft.pending == "112" and apart and alarm.answered(text) is None and len(cues.words_of(text)) > _PHRASE


def _continued(draft: Draft, message: Message, key: str, policy: Policy) -> Step:
    text = message.text or ""
    choice = policy.menus.chosen(message)
    picked = policy.menus.picked(text, draft.pending) if draft.pending else None
    said = fields_of(choice or picked) or _corrected(draft, text)
    # Of an answer that only chooses, the choice is kept and not its words; unless there are no others.
    chosen = choice or (picked if len(cues.words_of(text)) <= cues.FEW else None)
    words = text if chosen is None else "" if draft.text else label(chosen, draft.language)
    changes = {
        **said,
        "turns": (*draft.turns, Turn(key=key, words=words)),
        "location": message.location or draft.location,
        "photos": _all(draft.photos, message.photos),
        "language": draft.language if draft.text else cues.language_of(text) or draft.language,
    }
    after = draft.model_copy(update=changes)
    before = say(CALL, after.language) if said.get("police_called") is False and draft.pending == "112" else None
    return _kept(after, message, policy, answered=bool(text or choice), before=before)


def _corrected(draft: Draft, text: str) -> dict[str, Any]:
    """Return that 112 was called meanwhile, or not after all, when the sender said otherwise before."""
    called = alarm.police_called(text) if draft.police_called is not None else None
    return {} if called is None else {"police_called": called}


def _edited(draft: Draft, edited: Turn, message: Message, key: str) -> Draft:
    turns = tuple(
        turn.model_copy(update={"words": message.text or turn.words}) if turn is edited else turn
        for turn in draft.turns
    )
    return draft.model_copy(update={"turns": (*turns, Turn(key=key)), "location": message.location or draft.location})


def _kept(draft: Draft, message: Message, policy: Policy, *, answered: bool, before: str | None = None) -> Step:
    report = _report(draft, message)
    after, replies = _next(draft, report, policy, answered=answered, before=before)
    turns = (*after.turns[:-1], after.turns[-1].model_copy(update={"replies": replies}))
    return Step(
        keep=report,
        edit_of=draft.reference or None,
        draft=after.model_copy(update={"turns": turns}),
        replies=replies,
    )


def _report(draft: Draft, message: Message) -> Message:
    return replace(
        message,
        text=draft.text,
        location=draft.location,
        occurred_at=draft.occurred_at,
        type=draft.type,
        police_called=draft.police_called,
        photos=draft.photos,
    )


def _next(
    draft: Draft, report: Message, policy: Policy, *, answered: bool, before: str | None
) -> tuple[Draft, tuple[Reply, ...]]:
    """Return the draft and what is said: the next question, thanks, or nothing while an earlier question stands."""
    if report.channel not in policy.asking or report.chat is None:
        return draft, ()
    first = not draft.asked and not draft.reference
    if draft.pending and missing(report, draft.pending) and not answered:
        return draft, ()
    question = next((each for each in ORDER if each not in draft.asked and missing(report, each)), None)
    said = before or (say(THANKS, draft.language) if first else None) or ""
    if question:
        asked = draft.model_copy(update={"asked": (*draft.asked, question), "pending": question})
        return asked, (policy.menus.reply(question, draft.language, said),)
    done = draft.model_copy(update={"pending": None})
    if draft.pending:
        said = f"{said} {say(COMPLETE, draft.language)}".strip()
    return done, (Reply(text=f"{said} {say(FOLLOW, draft.language)}"),) if said else ()

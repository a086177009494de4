"""What an event means for feedback: news that is told at once, and facts that a later digest takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_events.envelope import Event
from buurtsein_events.reports import MemberNotice
from buurtsein_events.results import Change, Count, Decision, Emit, Never, Remember, State
from buurtsein_events.signals import SignalOutcome, SignalRouted
from buurtsein_events.topics import FEEDBACK_DIGESTS
from buurtsein_events.values import Involvement, Value
from buurtsein_feedback import keys, words
from buurtsein_feedback.cadence import Cadence
from buurtsein_feedback.items import Brief, Early, Linked, Pending, brief, clean, incident_item, outcome_items
from buurtsein_feedback.items import readers_of_signal as readers_of
from buurtsein_feedback.promises import Promise
from buurtsein_feedback.readers import ELSEWHERE, Owner, Owners

_NOTICE_LIMIT = 880
"""Characters of a notice's message, so that the link for an appeal fits behind it."""


@dataclass(frozen=True, slots=True)
class FeedbackPolicy:
    """Decides on signals, outcomes and notices for all communities."""

    owners: Owners
    cadence: Cadence

    def keys(self, event: Event[Value]) -> tuple[str, ...]:
        """Return the sets of facts that the decision on an event looks at."""
        if isinstance(event.data, SignalRouted) and _alarmed(event.data):
            return (keys.alarmed(event.data.incident),)
        return (keys.signal(event.data.signal_id),) if isinstance(event.data, SignalOutcome) else ()

    def decide(self, event: Event[Value], state: State, now: datetime) -> Decision:
        """Decide on one event; raises `Never` for one that is none of feedback's."""
        # A time from outside that lies ahead would make the older facts of its set fall off.
        at = min(event.time, now)
        data = event.data
        if isinstance(data, SignalRouted):
            return self._routed(event.id, data, state, at)
        if isinstance(data, SignalOutcome):
            return self._outcome(event.id, data, _brief(data, state, event.time), at)
        if isinstance(data, MemberNotice):
            return self._notice(data, at)
        raise Never("unexpected_type", f"feedback does not read {event.type}")

    def _routed(self, event_id: str, signal: SignalRouted, state: State, at: datetime) -> Decision:
        owner = self.owners.of(signal.community)
        known = _known(signal, owner, at) + _alarm(signal, state, at)
        if signal.duplicate and not _alarm(signal, state, at):
            decision = _linked(signal, owner, at)
        elif signal.severity == "critical":
            decision = self._urgent(signal, owner, at)
        else:
            decision = _waiting(event_id, signal, owner, at)
        counted = _counted(event_id, signal, owner, at)
        return Decision(
            decision.outcome,
            decision.emits,
            (*known, *counted, *decision.changes),
            decision.counts,
            {"community": owner.id},
            signal.received_at,
        )

    def _urgent(self, signal: SignalRouted, owner: Owner, at: datetime) -> Decision:
        readers = readers_of(signal, owner.id)
        emits = tuple(self._urgent_digest(signal, owner, each, at) for each in readers)
        counts = [Count("digests", ("urgent", each)) for each in readers]
        changes: tuple[Change, ...] = ()
        if signal.promised_at and "involved" in readers and at <= signal.promised_at:
            counts.append(Count("promises", ("kept",)))
        else:
            changes = _promised(signal, owner)
        return Decision("urgent", emits, changes, tuple(counts))

    def _urgent_digest(self, signal: SignalRouted, owner: Owner, involvement: Involvement, at: datetime) -> Emit:
        digest = FeedbackDigest(
            reader=owner.reader(involvement),
            community=owner.id,
            involvement=involvement,
            kind="urgent",
            since=min(signal.received_at, at),
            until=at,
            items=(incident_item(signal, involvement, owner.language),),
            why=words.why("urgent", involvement),
            next_at=owner.rhythm(self.cadence, "incident", involvement).next(at),
        )
        return emit(digest, f"urgent/{involvement}")

    def _outcome(self, event_id: str, outcome: SignalOutcome, about: Brief | None, at: datetime) -> Decision:
        owner = self.owners.of(outcome.community)
        answered = Remember(keys.answered(owner.id), outcome.signal_id, at, keys.KEEP)
        if about is None:
            fact = Early(id=event_id, outcome=outcome).model_dump_json(exclude_none=True)
            return Decision("early", changes=(answered, Remember(keys.early(owner.id), fact, at, keys.KEEP)))
        items = outcome_items(outcome, about, _within(about.readers, owner), owner.language)
        return Decision("outcome", changes=(answered, *remembered(event_id, owner, items, at)))

    def _notice(self, notice: MemberNotice, at: datetime) -> Decision:
        owner = self.owners.of(notice.community)
        text = clean(words.say(notice.message, owner.language), _NOTICE_LIMIT)
        if notice.appeal:
            text = f"{text} {words.say(words.APPEAL, owner.language)} {notice.appeal}"
        digest = FeedbackDigest(
            reader=notice.member,
            community=owner.id,
            involvement="member",
            kind="notice",
            since=at,
            until=at,
            items=(DigestItem(refers_to=notice.report_id, at=at, severity="normal", text=text),),
            why=words.why("notice", "member"),
        )
        return Decision("notice", (emit(digest, "notice"),), counts=(Count("digests", ("notice", "member")),))


def emit(digest: FeedbackDigest, step: str) -> Emit:
    """Return a digest as an event to write; its key is its reader, so that a reader gets them in order."""
    return Emit(FEEDBACK_DIGESTS, digest.reader, digest.reader, step, digest)


def remembered(
    event_id: str, owner: Owner, items: Iterable[tuple[Involvement, DigestItem]], at: datetime
) -> tuple[Remember, ...]:
    """Return the facts that keep one piece of news until each involvement's digest of incidents takes it."""
    return tuple(
        Remember(keys.waiting(owner.id, each, "incident"), Pending(id=event_id, item=item).fact, at, keys.KEEP)
        for each, item in items
    )


def _alarmed(signal: SignalRouted) -> bool:
    return signal.severity == "critical" and signal.saar.police_called is True


def _alarm(signal: SignalRouted, state: State, at: datetime) -> tuple[Remember, ...]:
    """Return what to remember when a signal is the first of its incident to say that 112 was called: that is news.

    It may be a duplicate, such as the answer to the question whether somebody did.
    """
    key = keys.alarmed(signal.incident)
    if not _alarmed(signal) or set(state.get(key, {})) - {signal.signal_id}:
        return ()
    return (Remember(key, signal.signal_id, at, keys.KEEP),)


def _known(signal: SignalRouted, owner: Owner, at: datetime) -> tuple[Remember, ...]:
    fact = brief(signal, owner.id).model_dump_json(exclude_none=True)
    return tuple(Remember(key, fact, at, keys.KEEP) for key in (keys.signal(signal.signal_id), keys.recent(owner.id)))


def _counted(event_id: str, signal: SignalRouted, owner: Owner, at: datetime) -> tuple[Remember, ...]:
    # A trend is about events, so a fire that twenty residents report is one; and not about what moderation holds back.
    if signal.duplicate or signal.verdict != "publish" or signal.type == "none":
        return ()
    area = signal.area if signal.area in owner.community.areas else ELSEWHERE
    return (Remember(keys.counts(owner.id, area, signal.type), event_id, at, keys.KEEP),)


def _linked(signal: SignalRouted, owner: Owner, at: datetime) -> Decision:
    fact = Linked(signal_id=signal.signal_id, incident=signal.incident).model_dump_json()
    linked = Remember(keys.linked(owner.id), fact, at, keys.KEEP)
    return Decision("linked", changes=(linked, *_promised(signal, owner)))


def _waiting(event_id: str, signal: SignalRouted, owner: Owner, at: datetime) -> Decision:
    items = ((each, incident_item(signal, each, owner.language)) for each in readers_of(signal, owner.id))
    return Decision("waiting", changes=(*remembered(event_id, owner, items, at), *_promised(signal, owner)))


def _promised(signal: SignalRouted, owner: Owner) -> tuple[Remember, ...]:
    if signal.promised_at is None:
        return ()
    promise = Promise(signal_id=signal.signal_id, incident=signal.incident, by=signal.promised_at)
    return (Remember(keys.promises(owner.id), promise.model_dump_json(), signal.promised_at, keys.KEEP),)


def _brief(outcome: SignalOutcome, state: State, at: datetime) -> Brief | None:
    facts = state.get(keys.signal(outcome.signal_id), {})
    # The latest one counts: a person may have published what was held.
    known = sorted((score, fact) for fact, score in facts.items() if score < at.timestamp())
    return Brief.model_validate_json(known[-1][1]) if known else None


def _within(readers: tuple[Involvement, ...], owner: Owner) -> tuple[Involvement, ...]:
    return tuple(each for each in readers if each in owner.involvements)

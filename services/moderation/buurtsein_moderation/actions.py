"""What follows when a coordinator decides or an author appeals: events, facts and words for the author. Pure.

The first decision on a matter counts and every later one is void, whatever it says and however often it is repeated.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from buurtsein_events.actions import Action, Case, ModerationAction
from buurtsein_events.envelope import Event
from buurtsein_events.reports import MemberNotice, ReportModerated
from buurtsein_events.results import Change, Count, Decision, Emit, Forget, Never, Remember, State
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED
from buurtsein_events.values import Message, Name, Value
from buurtsein_moderation import members
from buurtsein_moderation.cases import (
    KEEP,
    SETTLES,
    WAITS,
    Act,
    CaseFact,
    CaseFile,
    Entry,
    Matter,
    appeal_link,
    audit_key,
    case_key,
    queue_key,
)
from buurtsein_moderation.hiding import merged, public_text
from buurtsein_moderation.ladder import Ladder, joined
from buurtsein_moderation.packs import Wording


class Audited(Value):
    """One line of the audit trail; `done` is false when somebody had decided before."""

    id: str
    action: Action
    report_id: Name
    by: Name | None = None
    message: str | None = None
    hidden: int = 0
    done: bool = True


@dataclass(frozen=True, slots=True)
class _Taken:
    """An action that counts: the event that brought it, what it is about and what it did."""

    event: Event[Value]
    action: ModerationAction
    file: CaseFile
    act: Act

    @property
    def case(self) -> Case:
        return self.action.case

    @property
    def member(self) -> str | None:
        return members.member_of(self.case.moderated.report)


def keys(action: ModerationAction) -> tuple[str, ...]:
    """Return the sets of facts that the decision on an action needs."""
    member = members.member_of(action.case.moderated.report)
    return (case_key(action.report_id), *(members.keys(member) if member else ()))


def decide(event: Event[Value], action: ModerationAction, state: State, ladder: Ladder, base: str) -> Decision:
    """Return what an action leads to; raises `Never` when it is about another report than it says.

    `base` is the address below which authors may appeal.
    """
    if action.case.moderated.report.report_id != action.report_id:
        raise Never("wrong_case", "the case of the action is that of another report")
    file = CaseFile.about(action.case, state.get(case_key(action.report_id), {}))
    act = file.by_event(event.id) or file.next_act(event.id, action)
    taken = _Taken(event, action, file, act) if act else None
    result = action.action if taken else "void"
    return Decision(
        outcome=result,
        emits=tuple(_emits(taken, state, ladder, base)) if taken else (),
        changes=(_audited(event, action, done=taken is not None), *(_changes(taken, ladder) if taken else ())),
        counts=(Count("actions", (action.action, "done" if taken else "void")),),
        fields={"report": action.report_id, "community": action.case.community, "by": action.by or ""},
    )


def _emits(taken: _Taken, state: State, ladder: Ladder, base: str) -> Iterable[Emit]:
    if taken.action.action == "appeal":
        return
    message = _message(taken, ladder)
    link = appeal_link(base, taken.action.report_id) if taken.act.may_appeal else None
    report_id, community = taken.action.report_id, taken.case.community
    if taken.act.revision:
        revised = _revised(taken, message, link)
        yield Emit(REPORTS_MODERATED, community, report_id, "moderated", revised)
    if taken.member:
        notice = _notice(taken, taken.member, message, link, _strikes(taken, taken.member, state, ladder))
        yield Emit(MEMBER_NOTICES, taken.member, report_id, "notice", notice)


def _message(taken: _Taken, ladder: Ladder) -> Message:
    """Return the words of the decision, then the rule's when somebody is removed, then the coordinator's own."""
    what = taken.action.action
    why = taken.case.why if what == "confirm_removal" else None
    own = Message(nl=taken.action.message, en=taken.action.message) if taken.action.message else None
    opening: Wording = getattr(ladder.decisions, what)
    return joined(opening, why, own)


def _revised(taken: _Taken, message: Message, link: str | None) -> ReportModerated:
    moderated = taken.case.moderated
    redactions = merged(moderated.report.text, *moderated.redactions, *taken.action.redactions)
    return moderated.model_copy(
        update={
            "verdict": taken.act.verdict,
            "redactions": redactions,
            "public_text": public_text(moderated.report.text, redactions),
            "step": "none",
            "message": message,
            "next_step": None,
            "appeal": link,
            "revision": taken.act.revision,
            "before": taken.act.before,
            "decided_by": taken.action.by,
        }
    )


def _notice(taken: _Taken, member: str, message: Message, link: str | None, strikes: int) -> MemberNotice:
    report = taken.case.moderated.report
    return MemberNotice(
        report_id=report.report_id,
        community=taken.case.community,
        member=member,
        channel=report.channel,
        step="removed" if taken.action.action == "confirm_removal" else "none",
        rule=taken.case.rule,
        strikes=strikes,
        message=message,
        appeal=link,
    )


def _strikes(taken: _Taken, member: str, state: State, ladder: Ladder) -> int:
    event = taken.event
    return members.standing(
        state, member, ladder.keep, event.id, event.time, pardoned=frozenset(taken.act.pardons)
    ).strikes


def _changes(taken: _Taken, ladder: Ladder) -> Iterable[Change]:
    event, case, member = taken.event, taken.case, taken.member
    file = taken.file.having(event.time, taken.act)
    yield Remember(case_key(taken.action.report_id), CaseFact(act=taken.act).text, event.time, file.keep(event.time))
    matter = SETTLES.get(taken.action.action)
    if matter:
        for closed in (each for each in file.matters if each not in file.open):
            yield Forget(queue_key(case.community), _entry(taken, closed).text)
    elif taken.file.settled("appeal") is None:
        yield Remember(queue_key(case.community), _entry(taken, "appeal").text, event.time, WAITS)
        if member:
            yield Remember(members.appeals_key(member), taken.action.report_id, event.time, WAITS)
    if member:
        if matter == "appeal":
            yield Forget(members.appeals_key(member), taken.action.report_id)
        for pardoned in taken.act.pardons:
            yield Remember(members.pardons_key(member), pardoned, event.time, ladder.keep.removals)
        if taken.action.action == "confirm_removal":
            yield Remember(members.removals_key(member), event.id, event.time, ladder.keep.removals)


def _entry(taken: _Taken, matter: Matter) -> Entry:
    return Entry(matter, taken.case.moderated.type, taken.action.report_id)


def _audited(event: Event[Value], action: ModerationAction, *, done: bool) -> Remember:
    line = Audited(
        id=event.id,
        action=action.action,
        report_id=action.report_id,
        by=action.by,
        message=action.message,
        hidden=len(action.redactions),
        done=done,
    )
    return Remember(
        audit_key(action.case.community),
        line.model_dump_json(exclude_defaults=True),
        event.time,
        KEEP,
    )

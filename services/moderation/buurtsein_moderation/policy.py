"""What moderation decides about a report: pure, so that the same report and state always give the same decision."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from buurtsein_events.actions import Case, ModerationAction
from buurtsein_events.communities import UNASSIGNED, Communities, Community
from buurtsein_events.envelope import Event
from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.results import Change, Count, Decision, Emit, Never, Remember, State
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED
from buurtsein_events.values import Finding, Message, Value
from buurtsein_moderation import actions, edits, members
from buurtsein_moderation.assess import Assessment, assess
from buurtsein_moderation.cases import WAITS, CaseFact, CaseFile, Entry, appeal_link, case_key, queue_key
from buurtsein_moderation.completeness import REASON, Checked, Completeness, told_in
from buurtsein_moderation.described import Described, described
from buurtsein_moderation.engine import Engine, Found
from buurtsein_moderation.ladder import Ladder, Ruling, joined
from buurtsein_text.redaction import bounded

_FINDINGS = 20


@dataclass(frozen=True, kw_only=True)
class Moderation:
    """Decides on reports by the compiled rules, the communities' choices and the ladder, and on what people decided.

    `url` is the address of this service for authors who appeal; without it the links have no host.
    """

    engine: Engine
    communities: Communities
    ladder: Ladder
    completeness: Completeness
    url: str = ""

    def keys(self, event: Event[Value]) -> tuple[str, ...]:
        """Return the sets of facts that the decision on `event` needs: of its case, what it edits and its member."""
        data = event.data
        if isinstance(data, ModerationAction):
            return actions.keys(data)
        if not isinstance(data, ReportReceived):
            return ()
        member = members.member_of(data)
        edited = (case_key(data.edit_of),) if data.edit_of else ()
        return (case_key(data.report_id), *edited, *(members.keys(member) if member else ()))

    def decide(self, event: Event[Value], state: State, now: datetime) -> Decision:  # noqa: ARG002
        """Return what follows from a report or from what somebody decided about one; raises `Never` for other events.

        For a report these are the moderated report, the notice to its author, the strike and the case.
        """
        if isinstance(event.data, ModerationAction):
            return actions.decide(event, event.data, state, self.ladder, self.url)
        if not isinstance(event.data, ReportReceived):
            raise Never("not_a_report", f"moderation decides on reports, not on {event.type}"[:500])
        decided = self._decided(event, event.data, state)
        return Decision(
            outcome=decided.ruling.verdict,
            emits=tuple(decided.emits()),
            changes=tuple(self._changes(decided, state)),
            counts=_counts(decided.assessment, decided.ruling),
            fields={
                "verdict": decided.ruling.verdict,
                "type": decided.assessment.kind.type,
                "rules": ",".join(found.rule.id for found in decided.assessment.findings if not found.rule.shadow),
            },
            accepted_at=decided.report.received_at,
        )

    def _decided(self, event: Event[Value], report: ReportReceived, state: State) -> "_Decided":
        community, member = community_of(report, self.communities), members.member_of(report)
        assessment = assessed(report, self.engine, community)
        edit = edits.edit_of(event.id, report, state, self.ladder.edit_within)
        standing = members.standing(state, member, self.ladder.keep, event.id, event.time) if member else None
        checked = self.completeness.check(assessment, told_in(report))
        ruling = self.ladder.rule(assessment, standing, automatic=_automatic(community), edit=edit)
        ruling = self._when_told(checked, ruling, standing)
        appeal = None if ruling.verdict == "publish" else appeal_link(self.url, report.report_id)
        moderated = _moderated(report, assessment, checked, ruling, appeal)
        return _Decided(event, assessment, checked, ruling, moderated, name_of(community), edit)

    def _when_told(self, checked: Checked, ruling: Ruling, standing: members.Standing | None) -> Ruling:
        """Return the ruling on what is told: a report that says too little is asked for more, or not praised."""
        if checked.question and not (standing and standing.removed):
            return self.ladder.ask(checked.question, standing)
        if ruling.verdict == "publish" and checked.complete is False:
            return replace(ruling, thanks=None)
        return ruling

    def _changes(self, decided: "_Decided", state: State) -> Iterable[Change]:
        event, ruling, keep = decided.event, decided.ruling, self.ladder.keep
        member = members.member_of(decided.report)
        if member and ruling.strike:
            yield Remember(members.strikes_key(member), event.id, event.time, keep.strikes)
        if member and ruling.strike and ruling.step == "removed":
            yield Remember(members.removals_key(member), event.id, event.time, keep.removals)
        if member and ruling.thanks and not decided.edit:
            yield Remember(members.thanks_key(member), event.id, event.time, keep.thanks)
        if decided.edit:
            yield from edits.remembered(decided.edit, event.id, ruling.verdict, event.time)
        if ruling.verdict != "publish":
            yield from _case_changes(decided.case, event.time, state)


@dataclass(frozen=True, slots=True)
class _Decided:
    """What the rules and the ladder say about one report."""

    event: Event[Value]
    assessment: Assessment
    checked: Checked
    ruling: Ruling
    moderated: ReportModerated
    community: str
    edit: edits.Edit | None

    @property
    def report(self) -> ReportReceived:
        return self.moderated.report

    @property
    def case(self) -> Case:
        deciding = None if self.rule == REASON else self.assessment.deciding
        return Case(
            community=self.community,
            moderated=self.moderated.model_copy(update={"public_text": ""}),
            strike=self.event.id if self.ruling.strike else None,
            rule=self.rule,
            why=joined(deciding.rule.message) if deciding else None,
        )

    @property
    def rule(self) -> str | None:
        """Return what settled the verdict, if anything did."""
        if self.ruling.verdict == "ask" and self.checked.question:
            return REASON
        deciding = self.assessment.deciding
        return deciding.rule.id if deciding else None

    def emits(self) -> Iterable[Emit]:
        report_id, member = self.report.report_id, members.member_of(self.report)
        yield Emit(REPORTS_MODERATED, self.community, report_id, "moderated", self.moderated)
        said = self.ruling.message or self.ruling.thanks
        if member and said:
            yield Emit(MEMBER_NOTICES, member, report_id, "notice", self._notice(member, said))

    def _notice(self, member: str, said: Message) -> MemberNotice:
        return MemberNotice(
            report_id=self.report.report_id,
            community=self.community,
            member=member,
            channel=self.report.channel,
            step=self.ruling.step,
            rule=self.rule,
            strikes=self.ruling.strikes,
            message=said,
            next_step=self.ruling.next_step,
            appeal=self.moderated.appeal,
        )


def _moderated(
    report: ReportReceived, assessment: Assessment, checked: Checked, ruling: Ruling, appeal: str | None
) -> ReportModerated:
    return ReportModerated(
        report=report,
        type=assessment.kind.type,
        type_reason=assessment.kind.reason,
        verdict=ruling.verdict,
        findings=tuple(_findings(assessment, described(report))),
        redactions=assessment.redactions,
        public_text=bounded(assessment.public_text),
        step=ruling.step,
        message=ruling.message,
        next_step=ruling.next_step,
        appeal=appeal,
        missing=checked.missing,
        complete=checked.complete,
    )


def _case_changes(case: Case, at: datetime, state: State) -> Iterable[Change]:
    """Yield the facts that open a case, without what somebody decided already when this is decided on again."""
    moderated = case.moderated
    report_id = moderated.report.report_id
    file = CaseFile.of(state.get(case_key(report_id), {}), case) or CaseFile(case)
    yield Remember(case_key(report_id), CaseFact(case=case).text, at, file.keep(at))
    for matter in file.open:
        if matter != "appeal":
            yield Remember(queue_key(case.community), Entry(matter, moderated.type, report_id).text, at, WAITS)


def assessed(report: ReportReceived, engine: Engine, community: Community | None) -> Assessment:
    """Return what the rules that hold in its community say about a report."""
    return assess(
        report.text,
        engine,
        beside=described(report).words,
        stated=report.type,
        happening_now=report.saar.happening_now,
        community=name_of(community),
    )


def name_of(community: Community | None) -> str:
    """Return the id of a community, or of what takes care of reports without one."""
    return community.id if community else UNASSIGNED


def community_of(report: ReportReceived, communities: Communities) -> Community | None:
    """Return the community that a report names, or that covers its area."""
    named = communities.get(report.community) if report.community else None
    return named or (communities.of_area(report.area) if report.area else None)


def _automatic(community: Community | None) -> bool:
    return community is not None and community.automatic_removal


def _foremost(assessment: Assessment) -> Sequence[Found]:
    """Return as many findings as an event holds: what decided and what else applies before what is in shadow."""
    order = sorted(assessment.findings, key=lambda found: (found is not assessment.deciding, found.rule.shadow))
    return order[:_FINDINGS]


def _findings(assessment: Assessment, fields: Described) -> Iterator[Finding]:
    for found in _foremost(assessment):
        field, (start, end) = fields.place(found.start, found.end)
        yield Finding(
            rule=found.rule.id,
            version=found.rule.version,
            category=found.rule.category,
            verdict=found.rule.verdict,
            field=field,
            start=start,
            end=end,
            shadow=found.rule.shadow,
        )


def _counts(assessment: Assessment, ruling: Ruling) -> tuple[Count, ...]:
    rules = (
        Count("rules", (found.rule.id, found.rule.verdict, str(found.rule.shadow).lower()))
        for found in assessment.findings
    )
    return (*rules, Count("strikes", (ruling.step,))) if ruling.strike else tuple(rules)

"""What moderation decides about a report: pure, so that the same report and state always give the same decision."""

from dataclasses import dataclass
from datetime import datetime

from buurtsein_events.communities import UNASSIGNED, Communities, Community
from buurtsein_events.envelope import Event
from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.results import Change, Count, Decision, Emit, Never, Remember, State
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED
from buurtsein_events.values import Finding, Value
from buurtsein_moderation.assess import Assessment, assess
from buurtsein_moderation.completeness import REASON, Checked, Completeness, told_in
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.ladder import Ladder, Ruling, Standing
from buurtsein_moderation.redaction import bounded

_FINDINGS = 20
_SHORT = 100


def strikes_key(member: str) -> str:
    """Return the set of a member's strikes: event ids by time."""
    return f"strikes:{member}"


def removals_key(member: str) -> str:
    """Return the set of a member's removals: event ids by time."""
    return f"removed:{member}"


@dataclass(frozen=True, kw_only=True)
class Moderation:
    """Decides on reports by the compiled rules, the communities' choices and the ladder."""

    engine: Engine
    communities: Communities
    ladder: Ladder
    completeness: Completeness

    def keys(self, event: Event[Value]) -> tuple[str, ...]:
        """Return the sets of facts that the decision on `event` needs: the member's strikes and removals."""
        member = _member(event.data) if isinstance(event.data, ReportReceived) else None
        return (strikes_key(member), removals_key(member)) if member else ()

    def decide(self, event: Event[Value], state: State, now: datetime) -> Decision:  # noqa: ARG002
        """Return the moderated report, the notice to its author and the strike; raises `Never` for other events."""
        report = event.data
        if not isinstance(report, ReportReceived):
            raise Never("not_a_report", f"moderation decides on reports, not on {event.type}"[:500])
        assessment = assess(report.text, self.engine, stated=report.type, happening_now=report.saar.happening_now)
        community = _community(report, self.communities)
        checked = self.completeness.check(assessment, told_in(report))
        ruling = self._ruling(assessment, checked, self._standing(event, report, state), community)
        return Decision(
            outcome=ruling.verdict,
            emits=_emits(report, assessment, checked, ruling, community.id if community else UNASSIGNED),
            changes=self._changes(event, report, ruling),
            counts=_counts(assessment, ruling),
            fields={
                "verdict": ruling.verdict,
                "type": assessment.kind.type,
                "rules": ",".join(found.rule.id for found in assessment.findings),
            },
            accepted_at=report.received_at,
        )

    def _ruling(
        self, assessment: Assessment, checked: Checked, standing: Standing | None, community: Community | None
    ) -> Ruling:
        ruling = self.ladder.rule(assessment, standing, automatic=_automatic(community))
        if checked.question is None or ruling.verdict != "publish":
            return ruling
        return self.ladder.ask(checked.question, standing)

    def _standing(self, event: Event[Value], report: ReportReceived, state: State) -> Standing | None:
        member = _member(report)
        if member is None:
            return None
        strikes, removals = state.get(strikes_key(member), {}), state.get(removals_key(member), {})
        return self.ladder.standing(strikes, removals, event.id, event.time)

    def _changes(self, event: Event[Value], report: ReportReceived, ruling: Ruling) -> tuple[Change, ...]:
        member = _member(report)
        if member is None or not ruling.strike:
            return ()
        strike = Remember(strikes_key(member), event.id, event.time, self.ladder.keep)
        if ruling.step != "removed":
            return (strike,)
        return (strike, Remember(removals_key(member), event.id, event.time, self.ladder.removed_for))


def _member(report: ReportReceived) -> str | None:
    return None if report.anonymous else report.reporter


def _community(report: ReportReceived, communities: Communities) -> Community | None:
    named = communities.get(report.community) if report.community else None
    return named or (communities.of_area(report.area) if report.area else None)


def _automatic(community: Community | None) -> bool:
    return community is not None and community.automatic_removal


def _emits(
    report: ReportReceived, assessment: Assessment, checked: Checked, ruling: Ruling, community: str
) -> tuple[Emit, ...]:
    moderated = ReportModerated(
        report=report,
        type=assessment.kind.type,
        type_reason=assessment.kind.reason,
        verdict=ruling.verdict,
        findings=_findings(assessment),
        redactions=assessment.redactions,
        public_text=bounded(assessment.public_text),
        step=ruling.step,
        message=ruling.message,
        next_step=ruling.next_step,
        appeal=_appeal(report, ruling),
        missing=checked.missing,
        complete=checked.complete,
    )
    moderated_emit = Emit(REPORTS_MODERATED, community, report.report_id, "moderated", moderated)
    notice = _notice(report, assessment, ruling, community)
    return (moderated_emit, notice) if notice else (moderated_emit,)


def _notice(report: ReportReceived, assessment: Assessment, ruling: Ruling, community: str) -> Emit | None:
    member = _member(report)
    if member is None or ruling.message is None:
        return None
    notice = MemberNotice(
        report_id=report.report_id,
        community=community,
        member=member,
        channel=report.channel,
        step=ruling.step,
        rule=_rule(assessment, ruling),
        strikes=ruling.strikes,
        message=ruling.message,
        next_step=ruling.next_step,
        appeal=_appeal(report, ruling),
    )
    return Emit(MEMBER_NOTICES, member, report.report_id, "notice", notice)


def _rule(assessment: Assessment, ruling: Ruling) -> str | None:
    if assessment.deciding:
        return assessment.deciding.rule.id
    return REASON if ruling.verdict == "ask" else None


def _appeal(report: ReportReceived, ruling: Ruling) -> str | None:
    link = f"/v1/appeals/{report.report_id}"
    return link if ruling.verdict != "publish" and len(link) <= _SHORT else None


def _findings(assessment: Assessment) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            rule=found.rule.id,
            version=found.rule.version,
            category=found.rule.category,
            verdict=found.rule.verdict,
            start=found.start,
            end=found.end,
            shadow=found.rule.shadow,
        )
        for found in assessment.findings[:_FINDINGS]
    )


def _counts(assessment: Assessment, ruling: Ruling) -> tuple[Count, ...]:
    rules = (
        Count("rules", (found.rule.id, found.rule.verdict, str(found.rule.shadow).lower()))
        for found in assessment.findings
    )
    return (*rules, Count("strikes", (ruling.step,))) if ruling.strike else tuple(rules)

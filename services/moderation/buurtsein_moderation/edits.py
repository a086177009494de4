"""Reports that their authors changed as they were asked to: an edit that is sound is published. Pure.

The first edit of a request counts no second strike when it is to be asked again; what is said in it may still be held
or declined, and then counts like any report.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from buurtsein_events.reports import ReportReceived
from buurtsein_events.results import Remember, State
from buurtsein_events.values import Verdict
from buurtsein_moderation.cases import KEEP, Act, CaseFact, CaseFile, case_key
from buurtsein_moderation.members import member_of


@dataclass(frozen=True, slots=True)
class Edit:
    """The asked report that a new one takes the place of, whether this is the first edit, and whether one met it.

    `keep` is for how long the case of the asked report is kept from now on.
    """

    original: str
    first: bool
    met: bool = False
    keep: timedelta = KEEP


def edit_of(event_id: str, report: ReportReceived, state: State, within: timedelta) -> Edit | None:
    """Return what the report is an edit of, nothing when that is unknown, another's, not asked for or too long ago."""
    file = CaseFile.of(state.get(case_key(report.edit_of), {})) if report.edit_of else None
    if file is None or report.edit_of is None:
        return None
    keep = file.keep(report.received_at)
    if known := file.by_event(event_id):
        return Edit(report.edit_of, known.first, file.replaced, keep)
    asked = file.case.moderated.report
    after = report.received_at - asked.received_at
    if file.verdict != "ask" or not _same_author(report, asked) or not timedelta(0) < after <= within:
        return None
    first = file.case.strike is not None and file.did("edit") is None
    return Edit(report.edit_of, first, file.replaced, keep)


def remembered(edit: Edit, event_id: str, verdict: Verdict, at: datetime) -> Iterable[Remember]:
    """Yield the fact that a request was edited, for the first edit and the first that met it: so facts stay few."""
    if not edit.first and (edit.met or verdict != "publish"):
        return
    act = Act(id=event_id, what="edit", verdict=verdict, first=edit.first)
    yield Remember(case_key(edit.original), CaseFact(act=act).text, at, edit.keep)


def _same_author(report: ReportReceived, asked: ReportReceived) -> bool:
    if member_of(report) or member_of(asked):
        return member_of(report) == member_of(asked)
    # Nobody but the author and their app knows the reference of an anonymous report.
    return report.client == asked.client

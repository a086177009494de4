"""What coordinators and authors read, as the API answers it. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from buurtsein_events.actions import Action
from buurtsein_events.values import Category, Channel, Message, Redaction, SignalType, Step, Verdict
from buurtsein_moderation.cases import CaseFile, Matter
from buurtsein_moderation.described import value_of
from buurtsein_moderation.desk import Folder, Waiting
from buurtsein_moderation.hiding import public_text


class FindingOut(BaseModel):
    """One rule that holds for the text, or for text and fields, and the words that it matched.

    `start` and `end` are characters of the text, or of a `field` on a person or vehicle, such as `persons.0.clothing`.
    """

    rule: str
    version: int
    category: Category
    verdict: Verdict
    field: str | None = None
    start: int
    end: int
    matched: str
    shadow: bool


class MemberOut(BaseModel):
    """The author of a report: a pseudonym, the strikes in force and whether they were removed."""

    member: str
    strikes: int
    removed: bool


class ActOut(BaseModel):
    """What was done about a report: by a coordinator, or by its author when nobody is named."""

    what: Action | Literal["edit"]
    by: str | None = None
    at: AwareDatetime
    message: str | None = None
    verdict: Verdict | None = None


class CaseOut(BaseModel):
    """A report that is not published, or was not at first, and everything that it takes to decide about it.

    `open` names what nobody has decided yet: whether the `report` is published, the `removal` confirmed, the `appeal`
    granted. `text` is all that was written, `public_text` what neighbours would read.
    """

    report_id: str
    community: str
    received_at: AwareDatetime
    channel: Channel
    type: SignalType
    verdict: Verdict
    step: Step
    open: tuple[Matter, ...]
    text: str
    public_text: str
    findings: tuple[FindingOut, ...]
    redactions: tuple[Redaction, ...]
    author: MemberOut | None = None
    message: Message | None = None
    acts: tuple[ActOut, ...] = ()
    links: dict[str, str]


class WaitingOut(BaseModel):
    """One matter that waits for a coordinator."""

    matter: Matter
    since: AwareDatetime
    age_seconds: int
    overdue: bool
    case: CaseOut


class QueueOut(BaseModel):
    """What waits for the coordinators of a community, oldest first; `next` leads to what comes after."""

    community: str
    total: int
    items: tuple[WaitingOut, ...]
    next: str | None = None


class AuditLine(BaseModel):
    """What somebody decided; `done` is false when somebody else had decided before."""

    id: str
    at: AwareDatetime
    action: Action
    report_id: str
    by: str | None = None
    message: str | None = None
    hidden: int = 0
    done: bool


class AuditOut(BaseModel):
    """What people decided in a community in the last thirty days, the latest first."""

    community: str
    lines: tuple[AuditLine, ...]


class ActionReceipt(BaseModel):
    """The action is kept, and `links.self` soon shows what came of it: the first decision on a matter counts."""

    id: str
    report_id: str
    action: Action
    status: Literal["accepted"] = "accepted"
    links: dict[str, str]


class AppealReceipt(BaseModel):
    """The appeal is kept, and a coordinator answers it."""

    reference: str
    status: Literal["received"] = "received"
    message: Message = Message(
        nl="Dank je wel, je bezwaar is ontvangen. Een coördinator kijkt ernaar en je hoort van ons.",
        en="Thank you, we have your appeal. A coordinator looks at it and you will hear from us.",
    )


def case_link(report_id: str) -> str:
    """Return where a case is."""
    return f"/v1/queue/{report_id}"


def case_out(folder: Folder) -> CaseOut:
    """Return a case as it is answered."""
    file, moderated = folder.file, folder.file.case.moderated
    report, text = moderated.report, moderated.report.text
    return CaseOut(
        report_id=report.report_id,
        community=file.case.community,
        received_at=report.received_at,
        channel=report.channel,
        type=moderated.type,
        verdict=file.verdict,
        step=moderated.step,
        open=file.open,
        text=text,
        public_text=public_text(text, file.redactions),
        findings=tuple(
            FindingOut(**finding.model_dump(), matched=value_of(report, finding.field)[finding.start : finding.end])
            for finding in moderated.findings
        ),
        redactions=file.redactions,
        author=_author(folder),
        message=moderated.message,
        acts=tuple(_acts(file)),
        links=_links(file),
    )


def waiting_out(waiting: Waiting, now: datetime, *, limit: timedelta) -> WaitingOut:
    """Return a matter as it is answered; it is overdue when it has waited for longer than the limit."""
    age = now - waiting.since
    return WaitingOut(
        matter=waiting.entry.matter,
        since=waiting.since,
        age_seconds=max(int(age.total_seconds()), 0),
        overdue=age > limit,
        case=case_out(waiting.folder),
    )


def _author(folder: Folder) -> MemberOut | None:
    report, standing = folder.file.case.moderated.report, folder.standing
    if standing is None or report.reporter is None:
        return None
    return MemberOut(member=report.reporter, strikes=standing.strikes, removed=standing.removed)


def _acts(file: CaseFile) -> list[ActOut]:
    return [
        ActOut(what=act.what, by=act.by, at=datetime.fromtimestamp(at, UTC), message=act.message, verdict=act.verdict)
        for at, act in file.acts
    ]


def _links(file: CaseFile) -> dict[str, str]:
    """Return where to go from a case: to itself, and to what may be decided about it now."""
    own = case_link(file.case.moderated.report.report_id)
    paths: dict[Matter, tuple[str, ...]] = {
        "report": ("approve", "redact", "decline"),
        "removal": ("removal",),
        "appeal": ("appeal",),
    }
    return {"self": own, **{path: f"{own}/{path}" for matter in file.open for path in paths[matter]}}

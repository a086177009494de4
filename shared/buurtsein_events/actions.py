"""What people decide about moderated reports; the events of all of them together are the audit trail."""

from typing import Annotated, Literal

from pydantic import Field

from buurtsein_events.reports import ReportModerated
from buurtsein_events.values import Message, Name, Redaction, Short, Value

Action = Literal[
    "approve", "decline", "redact", "confirm_removal", "refuse_removal", "grant_appeal", "refuse_appeal", "appeal"
]
"""All but `appeal`, which is the author's, are a coordinator's."""


class Case(Value):
    """A report that is not published, with what a person needs to decide on it.

    The `public_text` of `moderated` is left out, as it follows from the text and the redactions. `strike` is the id of
    the strike that the report gave its author, `rule` the one that settled the verdict and `why` what that rule says.
    """

    community: Name
    moderated: ReportModerated
    strike: Name | None = None
    rule: Short | None = None
    why: Message | None = None


class ModerationAction(Value):
    """What somebody decided about a report, or that its author appeals; `case` is what they saw.

    `by` is the name of a coordinator's key and absent when the author acts. `message` is what they say, in their own
    words, and `redactions` what neighbours do not get to see besides what the rules hid already.
    """

    report_id: Name
    action: Action
    by: Name | None = None
    case: Case
    message: Annotated[str, Field(max_length=1000)] | None = None
    redactions: Annotated[tuple[Redaction, ...], Field(max_length=100)] = ()

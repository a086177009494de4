"""The ladder for members: note, friendly request, firm request, removal. Strikes fade, and only earlier ones count."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from buurtsein_events.values import Message, Step, Verdict
from buurtsein_moderation.assess import Assessment
from buurtsein_moderation.edits import Edit
from buurtsein_moderation.engine import Found
from buurtsein_moderation.members import Keep, Standing
from buurtsein_moderation.packs import NextStep, Part, Wording

Rung = Literal["note", "friendly_request", "firm_request", "removal_proposed", "removed"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What follows for the author; `strikes` counts those in force, this one included when `strike`.

    `thanks` is said to a member whose report is published.
    """

    verdict: Verdict
    step: Step = "none"
    strike: bool = False
    strikes: int = 0
    message: Message | None = None
    next_step: NextStep | None = None
    thanks: Message | None = None


class Openings(Part):
    """How the message of each step begins."""

    note: Wording
    friendly_request: Wording
    firm_request: Wording
    removal_proposed: Wording
    removed: Wording


class Edits(Part):
    """For how many minutes after a report its edit counts as one, and what is said about it."""

    minutes: Annotated[int, Field(ge=1, le=43_200)]
    thanks: Wording
    again: Wording


class Praise(Part):
    """How a member is thanked for a good report, and for how many days not again."""

    every_days: Annotated[int, Field(ge=1, le=3650)]
    thanks: Wording


class Decisions(Part):
    """How the message about each decision of a coordinator begins."""

    approve: Wording
    redact: Wording
    decline: Wording
    confirm_removal: Wording
    refuse_removal: Wording
    grant_appeal: Wording
    refuse_appeal: Wording


class Ladder(Part):
    """How long strikes and removals count, how each step opens its message, and what members are told besides."""

    keep_days: Annotated[int, Field(ge=1, le=3650)]
    removed_days: Annotated[int, Field(ge=1, le=3650)]
    steps: Openings
    held: Wording
    edits: Edits
    praise: Praise
    decisions: Decisions

    @cached_property
    def keep(self) -> Keep:
        """Return how long strikes, removals and thanks count."""
        return Keep(
            strikes=timedelta(days=self.keep_days),
            removals=timedelta(days=self.removed_days),
            thanks=timedelta(days=self.praise.every_days),
        )

    @property
    def edit_within(self) -> timedelta:
        """Return for how long after a report its edit counts as one."""
        return timedelta(minutes=self.edits.minutes)

    def rule(
        self, assessment: Assessment, standing: Standing | None, *, automatic: bool, edit: Edit | None = None
    ) -> Ruling:
        """Return what follows from an assessment; without a standing (anonymous) there are no steps.

        `automatic` removes at the third strike without asking the coordinator; `edit` tells that the author changed an
        asked report.
        """
        found = assessment.deciding
        verdict, kind = assessment.verdict, assessment.kind.type
        if standing and standing.removed and (verdict == "hold" or kind != "urgent"):
            return self._held(found, standing)
        if found:
            first = edit is not None and edit.first and verdict == "ask"
            return self._offence(found, verdict, standing, automatic=automatic, first_edit=first)
        return Ruling(verdict, thanks=self._thanks(assessment, standing, edit))

    def ask(self, question: Wording, standing: Standing | None) -> Ruling:
        """Return what follows for the author of a report that says too little: a note, and no strike."""
        if standing is None:
            return Ruling("ask", message=joined(question), next_step="edit")
        opened = joined(self.steps.note, question)
        return Ruling("ask", step="note", strikes=standing.strikes, message=opened, next_step="edit")

    def _held(self, found: Found | None, standing: Standing) -> Ruling:
        """Return what follows for somebody who was removed: a coordinator looks first, and no step is left to take."""
        strike = found is not None and found.rule.strike
        why = found.rule.message if found else None
        strikes = standing.strikes + strike
        return Ruling("hold", strike=strike, strikes=strikes, message=joined(self.held, why), next_step="wait")

    def _offence(
        self, found: Found, verdict: Verdict, standing: Standing | None, *, automatic: bool, first_edit: bool
    ) -> Ruling:
        rule = found.rule
        if standing is None:
            return Ruling(verdict, message=joined(rule.message), next_step=rule.next_step)
        strike = rule.strike and not first_edit
        step = _step(standing.strikes, automatic=automatic) if strike else "note"
        opening = self.edits.again if first_edit else getattr(self.steps, step)
        return Ruling(
            verdict=verdict,
            step=step,
            strike=strike,
            strikes=standing.strikes + strike,
            message=joined(opening, rule.message),
            next_step=rule.next_step,
        )

    def _thanks(self, assessment: Assessment, standing: Standing | None, edit: Edit | None) -> Message | None:
        """Return the thanks for an edit that met the request, or now and then for a report of something."""
        if standing is None:
            return None
        if edit:
            return joined(self.edits.thanks)
        good = assessment.kind.type != "none" and not standing.thanked and not standing.removed
        return joined(self.praise.thanks) if good else None


def _step(strikes: int, *, automatic: bool) -> Rung:
    if strikes == 0:
        return "friendly_request"
    if strikes == 1:
        return "firm_request"
    return "removed" if automatic else "removal_proposed"


def joined(*parts: Wording | Message | None) -> Message:
    """Return the parts that there are as one message, cut at what a message may hold."""
    said = [part for part in parts if part]
    return Message(nl=" ".join(part.nl for part in said)[:1000], en=" ".join(part.en for part in said)[:1000])

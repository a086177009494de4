"""The ladder for members: note, friendly request, firm request, removal. Strikes fade, and only earlier ones count."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from buurtsein_events.results import Facts
from buurtsein_events.values import Message, Step, Verdict
from buurtsein_moderation.assess import Assessment
from buurtsein_moderation.engine import Found
from buurtsein_moderation.packs import NextStep, Part, Wording

Rung = Literal["note", "friendly_request", "firm_request", "removal_proposed", "removed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands when a report arrives: strikes in force from before it, and whether they were removed."""

    strikes: int
    removed: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """What follows for the author; `strikes` counts those in force, this one included when `strike`."""

    verdict: Verdict
    step: Step = "none"
    strike: bool = False
    strikes: int = 0
    message: Message | None = None
    next_step: NextStep | None = None


class Openings(Part):
    """How the message of each step begins."""

    note: Wording
    friendly_request: Wording
    firm_request: Wording
    removal_proposed: Wording
    removed: Wording


class Ladder(Part):
    """How long strikes and removals count, how each step opens its message, and what a removed member is told."""

    keep_days: Annotated[int, Field(ge=1, le=3650)]
    removed_days: Annotated[int, Field(ge=1, le=3650)]
    steps: Openings
    held: Wording

    @property
    def keep(self) -> timedelta:
        """Return how long a strike counts."""
        return timedelta(days=self.keep_days)

    @property
    def removed_for(self) -> timedelta:
        """Return how long a removal counts."""
        return timedelta(days=self.removed_days)

    def standing(self, strikes: Facts, removals: Facts, event_id: str, at: datetime) -> Standing:
        """Return where the member stood before the event, whatever came with it or after it."""
        return Standing(
            strikes=_before(strikes, event_id, at, self.keep),
            removed=_before(removals, event_id, at, self.removed_for) > 0,
        )

    def rule(self, assessment: Assessment, standing: Standing | None, *, automatic: bool) -> Ruling:
        """Return what follows from an assessment; without a standing (anonymous) there are no steps.

        `automatic` removes at the third strike without asking the coordinator.
        """
        held = standing is not None and standing.removed and assessment.kind.type != "urgent"
        verdict: Verdict = "hold" if held else assessment.verdict
        if assessment.deciding:
            return self._offence(assessment.deciding, verdict, standing, automatic=automatic)
        if held:
            return Ruling("hold", message=_message(self.held), next_step="wait")
        return Ruling(verdict)

    def _offence(self, found: Found, verdict: Verdict, standing: Standing | None, *, automatic: bool) -> Ruling:
        rule = found.rule
        if standing is None:
            return Ruling(verdict, message=_message(rule.message), next_step=rule.next_step)
        step = _step(standing.strikes, automatic=automatic) if rule.strike else "note"
        return Ruling(
            verdict=verdict,
            step=step,
            strike=rule.strike,
            strikes=standing.strikes + rule.strike,
            message=_message(getattr(self.steps, step), rule.message),
            next_step=rule.next_step,
        )


def _step(strikes: int, *, automatic: bool) -> Rung:
    if strikes == 0:
        return "friendly_request"
    if strikes == 1:
        return "firm_request"
    return "removed" if automatic else "removal_proposed"


def _before(facts: Facts, event_id: str, at: datetime, keep: timedelta) -> int:
    if not facts:
        return 0
    until = at.timestamp()
    since = until - keep.total_seconds()
    return sum(since <= time < until and fact != event_id for fact, time in facts.items())


def _message(*parts: Wording | None) -> Message:
    said = [part for part in parts if part]
    return Message(nl=" ".join(part.nl for part in said)[:1000], en=" ".join(part.en for part in said)[:1000])

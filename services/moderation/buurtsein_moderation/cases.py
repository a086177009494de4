"""Reports that somebody may still have to look at: what the rules decided and what people did about it since. Pure.

The facts of a case are the case itself and the acts on it, which are only ever added. An act that is there already was
decided before, and is what it was then, so an event that is decided on again gives the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from buurtsein_events.actions import Action, Case, ModerationAction
from buurtsein_events.results import Facts
from buurtsein_events.values import Name, Redaction, SignalType, Value, Verdict
from buurtsein_moderation.hiding import merged

KEEP: Final = timedelta(days=30)
"""How long a case of which nothing is open is kept after the last act on it: as long as its author may appeal."""

WAITS: Final = timedelta(days=366)
"""How long what nobody has decided is kept: the alarm rings for all of it, and personal data is not kept for ever."""

Matter = Literal["report", "removal", "appeal"]
"""What a coordinator decides: whether a held report is published, a member removed, an appeal granted."""

SETTLES: Final[dict[Action, Matter]] = {
    "approve": "report",
    "redact": "report",
    "decline": "report",
    "confirm_removal": "removal",
    "refuse_removal": "removal",
    "grant_appeal": "appeal",
    "refuse_appeal": "appeal",
}
_VERDICTS: Final[dict[Action, Verdict]] = {
    "approve": "publish",
    "redact": "publish",
    "decline": "decline",
    "grant_appeal": "publish",
}
_PARDONS: Final = frozenset[Action]({"approve", "grant_appeal"})
_OPEN_TO_APPEAL: Final = frozenset[Action]({"decline", "confirm_removal"})


class Act(Value):
    """What was done about a case: an action, or an edit of the report by its author; `id` is the event that did it.

    `verdict` is the one that the report has since, or that of the edit; `revision` counts when a decision was revised.
    `redactions` are what it hides besides what the rules hid, `pardons` the strikes and removals taken back,
    `may_appeal` tells whether the author may. `first` tells of an edit that it was the first one of a request.
    """

    id: str
    what: Action | Literal["edit"]
    by: Name | None = None
    message: str | None = None
    before: Verdict | None = None
    verdict: Verdict | None = None
    revision: int = 0
    redactions: tuple[Redaction, ...] = ()
    pardons: tuple[str, ...] = ()
    may_appeal: bool = False
    first: bool = False


class CaseFact(Value):
    """One fact of a case: the case itself, or an act."""

    case: Case | None = None
    act: Act | None = None

    @property
    def text(self) -> str:
        """Return the fact as it is kept."""
        return self.model_dump_json(exclude_defaults=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a community's queue, kept by when the matter came up."""

    matter: Matter
    type: SignalType
    report_id: str

    @property
    def text(self) -> str:
        """Return the entry as it is kept."""
        return f"{self.matter}:{self.type}:{self.report_id}"

    @classmethod
    def of(cls, text: str) -> "Entry":
        """Return the entry that was kept."""
        matter, kind, report_id = text.split(":", 2)
        return cls(matter, kind, report_id)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case and the acts on it, with the POSIX time of each, oldest first."""

    case: Case
    acts: tuple[tuple[float, Act], ...] = ()

    @classmethod
    def of(cls, facts: Facts) -> "CaseFile | None":
        """Return the case that the facts tell of, nothing when they tell of none."""
        read = _read(facts)
        case = next((fact.case for _, fact in read if fact.case), None)
        return cls(case, _acts(read)) if case else None

    @classmethod
    def about(cls, case: Case, facts: Facts) -> "CaseFile":
        """Return a case that is known, with the acts that the facts tell of."""
        return cls(case, _acts(_read(facts)))

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Return what a coordinator has or had to decide."""
        held, proposed = self.case.moderated.verdict == "hold", self.case.moderated.step == "removal_proposed"
        there: dict[Matter, bool] = {"report": held, "removal": proposed, "appeal": self.did("appeal") is not None}
        return tuple(matter for matter, is_there in there.items() if is_there)

    @property
    def open(self) -> tuple[Matter, ...]:
        """Return what nobody has decided yet and still needs a decision."""
        return tuple(matter for matter in self.matters if self.settled(matter) is None and matter not in self._moot)

    @property
    def _moot(self) -> frozenset[Matter]:
        """Return what another decision settled: a removal without its strike, a report whose appeal was granted."""
        pardoned = any(self.case.strike in act.pardons for _, act in self.acts)
        granted = self.did("grant_appeal") is not None
        there: dict[Matter, bool] = {"removal": pardoned, "report": granted}
        return frozenset(matter for matter, is_there in there.items() if is_there)

    def keep(self, at: datetime) -> timedelta:
        """Return for how long a fact of `at` is kept: so long that the case itself, which is older, is kept with it."""
        age = at - self.case.moderated.report.received_at
        return max(age, timedelta(0)) + (WAITS if self.open else KEEP)

    def having(self, at: datetime, act: Act) -> "CaseFile":
        """Return the case with an act that may be known already."""
        return self if self.by_event(act.id) else CaseFile(self.case, (*self.acts, (at.timestamp(), act)))

    @property
    def verdict(self) -> Verdict:
        """Return the verdict that counts now."""
        latest = self._latest()
        return latest.verdict if latest and latest.verdict else self.case.moderated.verdict

    @property
    def revision(self) -> int:
        """Return the number of the decision that counts now."""
        latest = self._latest()
        return latest.revision if latest else 0

    @property
    def redactions(self) -> tuple[Redaction, ...]:
        """Return what neighbours do not see of the text: what the rules hid, and what a coordinator did."""
        hidden = (each for _, act in self.acts for each in act.redactions)
        moderated = self.case.moderated
        return merged(moderated.report.text, *moderated.redactions, *hidden)

    @property
    def replaced(self) -> bool:
        """Return whether an edit of the report was published in its place."""
        return any(act.what == "edit" and act.verdict == "publish" for _, act in self.acts)

    def settled(self, matter: Matter) -> Act | None:
        """Return the act that decided a matter."""
        return next((act for _, act in self.acts if act.what != "edit" and SETTLES.get(act.what) == matter), None)

    def did(self, what: str) -> Act | None:
        """Return the first act of a kind."""
        return next((act for _, act in self.acts if act.what == what), None)

    def by_event(self, event_id: str) -> Act | None:
        """Return what the event did, if it was decided on before."""
        return next((act for _, act in self.acts if act.id == event_id), None)

    def next_act(self, event_id: str, taken: ModerationAction) -> Act | None:
        """Return what an action does, nothing when somebody decided before or there is nothing to decide.

        A report that has a published edit stays as it is, whatever is decided about it later.
        """
        action, matter = taken.action, SETTLES.get(taken.action)
        if (self.did("appeal") is not None) if matter is None else (matter not in self.open):
            return None
        act = Act(
            id=event_id,
            what=action,
            by=taken.by,
            message=taken.message,
            redactions=taken.redactions,
            pardons=self._pardons(action),
            may_appeal=action in _OPEN_TO_APPEAL and self.did("appeal") is None,
        )
        verdict = self.verdict if self.replaced else _VERDICTS.get(action, self.verdict)
        if matter in {None, "removal"} or verdict == self.verdict == "publish":
            return act
        return act.model_copy(update={"before": self.verdict, "verdict": verdict, "revision": self.revision + 1})

    def _pardons(self, action: Action) -> tuple[str, ...]:
        """Return the strike that an action takes back, and for an appeal the removals that rested on it."""
        if self.case.strike is None or action not in _PARDONS:
            return ()
        removals = (act.id for _, act in self.acts if act.what == "confirm_removal" and action == "grant_appeal")
        return (self.case.strike, *removals)

    def _latest(self) -> Act | None:
        revised = [act for _, act in self.acts if act.revision]
        return max(revised, key=lambda act: act.revision) if revised else None


def _read(facts: Facts) -> list[tuple[float, CaseFact]]:
    return [(at, CaseFact.model_validate_json(text)) for text, at in facts.items()]


def _acts(read: Iterable[tuple[float, CaseFact]]) -> tuple[tuple[float, Act], ...]:
    acts = ((at, fact.act) for at, fact in read if fact.act)
    return tuple(sorted(acts, key=lambda one: (one[0], one[1].id)))


def case_key(report_id: str) -> str:
    """Return the set of the facts of one case."""
    return f"case:{report_id}"


def queue_key(community: str) -> str:
    """Return the set of what waits for a community's coordinators."""
    return f"queue:{community}"


def audit_key(community: str) -> str:
    """Return the set of what people decided in a community."""
    return f"audit:{community}"


def appeal_link(base: str, report_id: str) -> str | None:
    """Return where the author of a report may appeal, below the address of this service; nothing if it is too long."""
    link = f"{base.rstrip('/')}/v1/appeals/{report_id}"
    return link if len(link) <= 100 else None

"""How much of what the week's labels expect was met, as the topics tell it; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from buurtsein_events.reports import MemberNotice, ReportModerated
from buurtsein_events.signals import SignalRouted
from buurtsein_events.values import Step, Verdict
from buurtsein_platform.demo_story import Story
from buurtsein_platform.demo_week import Entry, Label, WeekOutcome, WeekReport

_VERDICTS: Mapping[Label, frozenset[Verdict]] = {
    "ok": frozenset({"publish"}),
    "stigmatising": frozenset({"ask", "hold"}),
    "quarrel": frozenset({"ask", "hold"}),
    "vigilantism": frozenset({"ask", "hold"}),
    "irrelevant": frozenset({"decline"}),
    "spam": frozenset({"decline"}),
}
_STEPS: Mapping[str, frozenset[Step]] = {
    "friendly_request": frozenset({"friendly_request"}),
    "firm_request": frozenset({"firm_request"}),
    "removal": frozenset({"removal_proposed", "removed"}),
}


class Score(NamedTuple):
    """How many of the expectations of one kind were met."""

    met: int
    of: int

    def __str__(self) -> str:
        return f"{self.met} of {self.of}"


@dataclass(frozen=True, slots=True)
class Fate:
    """A report of the week and what the topics tell of it; what is None or empty did not happen."""

    report: WeekReport
    moderated: ReportModerated | None
    routed: SignalRouted | None
    notices: tuple[MemberNotice, ...] = ()

    @property
    def networks(self) -> frozenset[str]:
        """Return the networks that received it."""
        return frozenset(each.network for each in self.routed.assignments) if self.routed else frozenset()

    @property
    def incident(self) -> str | None:
        """Return the signal id of the event that it was linked to, None when it stands alone."""
        return self.routed.incident if self.routed and self.routed.duplicate else None

    @property
    def verdict_met(self) -> bool:
        """Return whether the verdict is one that the label asks for."""
        return self.moderated is not None and self.moderated.verdict in _VERDICTS[self.report.expected.moderation]

    @property
    def category_met(self) -> bool:
        """Return whether a rule in force found what the label says."""
        findings = self.moderated.findings if self.moderated else ()
        return any(each.category == self.report.expected.moderation and not each.shadow for each in findings)

    @property
    def action_met(self) -> bool:
        """Return whether the member was told what the label asks for."""
        return any(notice.step in _STEPS[self.report.expected.action or ""] for notice in self.notices)

    def hides(self, part: str) -> bool:
        """Return whether neighbours do not get to read a part of the text."""
        return self.moderated is not None and part not in self.moderated.public_text


def fates(entries: Iterable[Entry], story: Story) -> dict[str, Fate]:
    """Return every report of the week with what became of it, by its id; its time and words tell which event it is."""
    moderated, routed, notices = story.moderated_by_report(), story.routed_by_report(), story.notices_by_report()
    ids = {(each.occurred_at, each.text): report_id for report_id, each in story.received.items()}
    found = {}
    for report in (entry for entry in entries if isinstance(entry, WeekReport)):
        report_id = ids.get((report.at, report.text.strip()), "")
        found[report.id] = Fate(
            report, moderated.get(report_id), routed.get(report_id), tuple(notices.get(report_id, ()))
        )
    return found


def expectations(entries: tuple[Entry, ...], story: Story) -> dict[str, Score]:
    """Return the share of the labelled expectations that was met, by what is expected."""
    found = fates(entries, story)
    everyone = found.values()
    offences = [fate for fate in everyone if fate.report.expected.moderation != "ok"]
    untyped = [fate for fate in everyone if not fate.report.with_type]
    parts = [(fate, part) for fate in everyone for part in fate.report.expected.privacy]
    duplicates = [fate for fate in everyone if fate.report.expected.duplicate_of]
    alone = [fate for fate in everyone if not fate.report.expected.duplicate_of]
    outcomes = [entry for entry in entries if isinstance(entry, WeekOutcome)]
    return {
        "verdict": _score(fate.verdict_met for fate in everyone),
        "category of what is not published": _score(fate.category_met for fate in offences),
        "type of free text": _score(_type_met(fate) for fate in untyped),
        "networks, exactly": _score(fate.networks == fate.report.expected.networks for fate in everyone),
        "step on the ladder": _score(fate.action_met for fate in everyone if fate.report.expected.action),
        "numbers and plates hidden": _score(fate.hides(part) for fate, part in parts if _numeric(part)),
        "names hidden": _score(fate.hides(part) for fate, part in parts if not _numeric(part)),
        "duplicates linked": _score(_linked_as_labelled(fate, found) for fate in duplicates),
        "others left alone": _score(fate.incident is None for fate in alone),
        "outcomes told to residents": _score(_told(outcome, story) for outcome in outcomes),
    }


def _score(met: Iterable[bool]) -> Score:
    answers = list(met)
    return Score(sum(answers), len(answers))


def _type_met(fate: Fate) -> bool:
    return fate.moderated is not None and fate.moderated.type == fate.report.type


def _numeric(part: str) -> bool:
    return any(character.isdigit() for character in part)


def _linked_as_labelled(fate: Fate, found: Mapping[str, Fate]) -> bool:
    """Whether a report was linked to the one that its label names, or as that one was."""
    first = found.get(fate.report.expected.duplicate_of or "")
    return first is not None and first.routed is not None and fate.incident == first.routed.incident


def _told(outcome: WeekOutcome, story: Story) -> bool:
    """Whether a digest for residents tells of the outcome."""
    return any(
        (item.network, item.result, item.at) == (outcome.network, outcome.result, outcome.at)
        for digest in story.digests
        if digest.involvement != "coordinator"
        for item in digest.items
    )

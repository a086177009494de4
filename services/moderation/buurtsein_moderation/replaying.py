"""What would change if other packs were in force, on reports that were received. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from buurtsein_events.communities import Communities, Community
from buurtsein_events.reports import ReportReceived
from buurtsein_events.values import SignalType, Verdict
from buurtsein_moderation.completeness import Completeness, told_in
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.policy import assessed, community_of


@dataclass(frozen=True, slots=True)
class Judged:
    """What packs make of a report of a member without strikes; `rules` are those that apply, `shadow` the others."""

    verdict: Verdict
    type: SignalType
    rules: tuple[str, ...]
    shadow: tuple[str, ...]
    public_text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A report whose verdict or type the other packs would change."""

    report_id: str
    before: Judged
    after: Judged


@dataclass(slots=True)
class Comparison:
    """How many reports there were, their changes by (from, to), the first of them, and matches of rules in shadow."""

    reports: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    shadow: Counter[str] = field(default_factory=Counter)
    first: list[Changed] = field(default_factory=list)

    def add(self, changed: Changed, *, keep: int) -> None:
        """Take a report into account, and keep it when it changes and fewer than `keep` are kept."""
        before, after = changed.before, changed.after
        self.reports += 1
        self.shadow.update(after.shadow)
        if before.verdict != after.verdict:
            self.verdicts[before.verdict, after.verdict] += 1
        if before.type != after.type:
            self.types[before.type, after.type] += 1
        if (before.verdict, before.type) != (after.verdict, after.type) and len(self.first) < keep:
            self.first.append(changed)


def compare(
    reports: Iterable[ReportReceived],
    before: Engine,
    after: Engine,
    communities: Communities,
    completeness: Completeness,
    *,
    keep: int,
) -> Comparison:
    """Return what changes from the packs `before` to those `after`, with the first `keep` reports that do."""
    comparison = Comparison()
    for report in reports:
        community = community_of(report, communities)
        then, now = (judged(report, engine, community, completeness) for engine in (before, after))
        comparison.add(Changed(report.report_id, then, now), keep=keep)
    return comparison


def judged(report: ReportReceived, engine: Engine, community: Community | None, completeness: Completeness) -> Judged:
    """Return what packs make of a report in its community."""
    found = assessed(report, engine, community)
    rules = {shadow: [one.rule.id for one in found.findings if one.rule.shadow == shadow] for shadow in (True, False)}
    verdict: Verdict = "ask" if completeness.check(found, told_in(report)).question else found.verdict
    return Judged(verdict, found.kind.type, tuple(rules[False]), tuple(rules[True]), found.public_text)

"""What the tree looks at: one report with its verdict and place, in the terms that matchers use."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from buurtsein_events.reports import ReportModerated
from buurtsein_events.values import Saar, Severity, SignalType
from buurtsein_routing.config import WEEKDAYS
from buurtsein_routing.places import Place
from buurtsein_routing.words import WordGroups, normalised


def severity_of(kind: SignalType, saar: Saar) -> Severity:
    """Return how grave a report is by its type and answers alone, before any rule says otherwise."""
    if kind == "urgent":
        return "high" if saar.happening_now is False else "critical"
    if kind == "suspicious":
        return "high" if saar.happening_now else "normal"
    return "normal" if kind == "nuisance" else "low"


@dataclass(frozen=True)
class Case:
    """One report as the matchers see it."""

    moderated: ReportModerated
    place: Place
    words: WordGroups

    @cached_property
    def severity(self) -> Severity:
        """Return how grave the report is before any rule says otherwise."""
        return severity_of(self.moderated.type, self.moderated.report.saar)

    @cached_property
    def local(self) -> datetime:
        """Return when it happened on the community's own clock."""
        return self.moderated.report.happened_at.astimezone(ZoneInfo(self.place.community.timezone))

    @cached_property
    def values(self) -> dict[str, frozenset[object]]:
        """Return what each matcher but `hours` and `text` is compared with."""
        moderated, report = self.moderated, self.moderated.report
        settled = {f.category for f in moderated.findings if not f.shadow and f.verdict == moderated.verdict}
        return {
            "type": frozenset({moderated.type}),
            "verdict": frozenset({moderated.verdict}),
            "category": frozenset(settled),
            "severity": frozenset({self.severity}),
            "area": frozenset({self.place.area}),
            "community": frozenset({self.place.community.id}),
            "level": frozenset({self.place.community.level}),
            "weekday": frozenset({WEEKDAYS[self.local.weekday()]}),
            "anonymous": frozenset({report.anonymous}),
            "police_called": frozenset({report.saar.police_called}),
            "happening_now": frozenset({report.saar.happening_now}),
        }

    @cached_property
    def spoken(self) -> dict[str, tuple[str, ...]]:
        """Return the groups of words that the full text speaks of, each with the words found."""
        return self.words.spoken(normalised(self.moderated.report.text))

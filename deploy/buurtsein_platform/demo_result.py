"""What the week came to, computed from the topics; two runs of the same week give the same result."""

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from pydantic import BaseModel, ConfigDict

from buurtsein_events.accounting import Account
from buurtsein_events.topics import NETWORKS
from buurtsein_events.values import DigestKind, Involvement, Step, TerminalState, Verdict
from buurtsein_platform.demo_labels import Score, expectations
from buurtsein_platform.demo_story import Story
from buurtsein_platform.demo_week import Entry

STRIKES: tuple[Step, ...] = ("friendly_request", "firm_request", "removal_proposed", "removed")
"""The steps that come with a strike."""


class Result(BaseModel):
    """The table at the end: counts of the events that are on the topics."""

    model_config = ConfigDict(frozen=True)

    reports: int
    outcomes: int
    ended: dict[TerminalState, int]
    verdicts: dict[Verdict, int]
    signals: dict[str, int]
    linked: int
    digests: dict[DigestKind, dict[Involvement, int]]
    strikes: dict[Step, int]
    dead_letters: dict[str, int]
    lost: int
    twice: int
    unexplained: int
    expectations: dict[str, Score]

    @property
    def unaccounted(self) -> int:
        """Return how many accepted reports did not end in exactly one state, or ended without a beginning."""
        return self.lost + self.twice + self.unexplained


def result(entries: tuple[Entry, ...], story: Story, balance: Account) -> Result:
    """Return what the week came to."""
    digests = Counter((each.kind, each.involvement) for each in story.digests)
    return Result(
        reports=len(story.received),
        outcomes=len(story.outcomes),
        ended=_counted((state for state, n in balance.states.items() for _ in range(n)), get_args(TerminalState)),
        verdicts=_counted((each.verdict for each in story.moderated), get_args(Verdict)),
        signals=_counted((each.network for each in story.assigned), NETWORKS),
        linked=sum(each.duplicate for each in story.routed),
        digests={
            kind: {involvement: digests[kind, involvement] for involvement in get_args(Involvement)}
            for kind in get_args(DigestKind)
        },
        strikes=_counted((each.step for each in story.notices), STRIKES),
        dead_letters={f"{topic} {reason}": number for (topic, reason), number in sorted(story.dead_letters.items())},
        lost=balance.count("lost"),
        twice=balance.count("twice"),
        unexplained=balance.count("unexplained"),
        expectations=expectations(entries, story),
    )


def _counted(found: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    """Return how often each of the names was found, also those that were not."""
    counts = Counter(found)
    return {name: counts[name] for name in names}

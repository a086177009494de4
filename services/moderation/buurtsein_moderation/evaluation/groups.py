"""Figures on sentences about groups of people: how well hate is told from what only looks like it. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from buurtsein_moderation.evaluation.labelled import GroupSentence
from buurtsein_moderation.evaluation.outcomes import Outcome
from buurtsein_moderation.evaluation.ratios import Share

Pair = tuple[GroupSentence, Outcome]
Flagged = Callable[[Outcome], bool]


@dataclass(frozen=True, slots=True)
class Rates:
    """How many hateful sentences were flagged, and how many harmless ones were not."""

    hateful: Share
    harmless: Share

    @property
    def balanced_accuracy(self) -> float:
        """Return the mean of both rates, or the only one that there is."""
        known = [share.value for share in (self.hateful, self.harmless) if share.of]
        return sum(known) / len(known) if known else 0.0

    @property
    def passed(self) -> Share:
        """Return the sentences that were dealt with as they should."""
        return Share(self.hateful.part + self.harmless.part, self.hateful.of + self.harmless.of)


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Rates for all sentences, by language and by kind; a kind is hateful or harmless throughout."""

    all: Rates
    by_language: Mapping[str, Rates]
    by_kind: Mapping[str, Rates]


def stigmatising(outcome: Outcome) -> bool:
    """Return whether the sentence was found to stigmatise."""
    return "stigmatising" in outcome.categories


def held_back(outcome: Outcome) -> bool:
    """Return whether the sentence does not go out as it is, for whatever reason."""
    return outcome.held_back


def group_figures(pairs: Sequence[Pair], flagged: Flagged = stigmatising) -> GroupFigures:
    """Return the figures on sentences with what was decided about each, as `flagged` understands it."""
    return GroupFigures(
        all=_rates(pairs, flagged),
        by_language=_by(lambda sentence: sentence.lang, pairs, flagged),
        by_kind=_by(lambda sentence: sentence.kind, pairs, flagged),
    )


def _by(key: Callable[[GroupSentence], str], pairs: Sequence[Pair], flagged: Flagged) -> dict[str, Rates]:
    names = dict.fromkeys(key(sentence) for sentence, _ in pairs)
    return {name: _rates([pair for pair in pairs if key(pair[0]) == name], flagged) for name in names}


def _rates(pairs: Iterable[Pair], flagged: Flagged) -> Rates:
    seen = [(sentence.hateful, flagged(outcome)) for sentence, outcome in pairs]
    hateful = [found for hate, found in seen if hate]
    harmless = [not found for hate, found in seen if not hate]
    return Rates(Share(sum(hateful), len(hateful)), Share(sum(harmless), len(harmless)))

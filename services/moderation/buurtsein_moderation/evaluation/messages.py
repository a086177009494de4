"""Figures on labelled messages: categories, false alarms, types and privacy. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from buurtsein_events.values import Category, SignalType
from buurtsein_moderation.evaluation.labelled import LabelledMessage
from buurtsein_moderation.evaluation.outcomes import Outcome
from buurtsein_moderation.evaluation.privacy import PrivacyFigures, privacy_figures
from buurtsein_moderation.evaluation.ratios import Score, Share

Pair = tuple[LabelledMessage, Outcome]

CATEGORIES: tuple[Category, ...] = get_args(Category)


@dataclass(frozen=True, slots=True)
class MessageFigures:
    """How moderation does on messages; `types` counts (label, answer).

    `flagged` are messages needing action that are held back. `false_alarms` are good messages held back: `all`, the
    `hard` ones (with a note) and the `urgent` ones. `urgent_declined` are urgent messages, good or not, sent back to
    their author.
    """

    messages: int
    scores: Mapping[Category, Score]
    flagged: Share
    false_alarms: Mapping[Literal["all", "hard", "urgent"], Share]
    urgent_declined: Share
    types: Mapping[tuple[SignalType, SignalType], int]
    privacy: PrivacyFigures

    @property
    def macro_f1(self) -> float:
        """Return the mean F1 of the categories that occur."""
        found = [score.f1 for score in self.scores.values() if score.occurs]
        return sum(found) / len(found) if found else 0.0

    @property
    def type_accuracy(self) -> Share:
        """Return the messages whose type is the label's."""
        return Share(sum(number for (label, found), number in self.types.items() if label == found), self.messages)


def message_figures(pairs: Sequence[Pair]) -> MessageFigures:
    """Return the figures on messages with what was decided about each."""
    good = [pair for pair in pairs if pair[0].moderation == "ok"]
    return MessageFigures(
        messages=len(pairs),
        scores={category: _score(category, pairs) for category in CATEGORIES},
        flagged=_held_back(pair for pair in pairs if pair[0].moderation != "ok"),
        false_alarms={
            "all": _held_back(good),
            "hard": _held_back(pair for pair in good if pair[0].note),
            "urgent": _held_back(pair for pair in good if pair[0].type == "urgent"),
        },
        urgent_declined=_declined([outcome for message, outcome in pairs if message.type == "urgent"]),
        types=Counter((message.type, outcome.type) for message, outcome in pairs),
        privacy=privacy_figures((message, outcome.redactions) for message, outcome in pairs),
    )


def _score(category: Category, pairs: Iterable[Pair]) -> Score:
    seen = Counter((message.moderation == category, category in outcome.categories) for message, outcome in pairs)
    return Score(right=seen[True, True], wrong=seen[False, True], missed=seen[True, False])


def _held_back(pairs: Iterable[Pair]) -> Share:
    held = [outcome.held_back for _, outcome in pairs]
    return Share(sum(held), len(held))


def _declined(urgent: Sequence[Outcome]) -> Share:
    return Share(sum(outcome.decision == "reject" for outcome in urgent), len(urgent))

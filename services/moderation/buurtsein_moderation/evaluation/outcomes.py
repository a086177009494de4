"""What moderation makes of one text, as far as the figures ask."""

from dataclasses import dataclass
from typing import Literal

from buurtsein_events.values import Category, Redaction, SignalType
from buurtsein_moderation.checking import Question, answer_from, assessed
from buurtsein_moderation.completeness import Completeness
from buurtsein_moderation.engine import Engine


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decision, categories and type that `check` prints, and the characters that neighbours do not see."""

    decision: Literal["publish", "review", "reject"]
    categories: tuple[Category, ...] = ()
    type: SignalType = "none"
    redactions: tuple[Redaction, ...] = ()

    @property
    def held_back(self) -> bool:
        """Return whether the text does not go out as it is."""
        return self.decision != "publish"


def outcome(text: str, language: str, engine: Engine, completeness: Completeness) -> Outcome:
    """Return what the rules make of a text of a member without strikes."""
    question = Question(id="", text=text, lang=language)
    assessment = assessed(question, engine)
    answer = answer_from(question, assessment, completeness)
    return Outcome(answer.decision, answer.categories, answer.type, assessment.redactions)

"""One line of `buurtsein moderation check`: a message in, what moderation would decide about it out."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from buurtsein_events.values import Category, SignalType, Verdict
from buurtsein_moderation.assess import Assessment, assess
from buurtsein_moderation.completeness import Completeness, Told
from buurtsein_moderation.engine import Engine

TEXT_LIMIT: Final = 64 * 1024
"""Characters of a message to check; more than a report may have, so that hostile input can be tried."""

_DECISIONS: Final[dict[Verdict, Literal["publish", "review", "reject"]]] = {
    "publish": "publish",
    "hold": "review",
    "ask": "reject",
    "decline": "reject",
}


def _text_or_number(value: object) -> object:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("id", "must be text or a whole number")


Id = Annotated[StrictStr | StrictInt, BeforeValidator(_text_or_number)]
"""What tells a message apart: as it was given, so are answers."""


class Question(BaseModel):
    """A message to check; `lang` is `nl` or `en` when it is known, other languages are read as either."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Id
    text: Annotated[StrictStr, Field(max_length=TEXT_LIMIT)]
    lang: StrictStr | None = None


class Answer(BaseModel):
    """What moderation would decide; `review` is what a coordinator would look at first."""

    model_config = ConfigDict(frozen=True)

    id: Id
    decision: Literal["publish", "review", "reject"]
    categories: tuple[Category, ...]
    type: SignalType
    redacted: str
    rules: tuple[str, ...]


def answer(question: Question, engine: Engine, completeness: Completeness) -> Answer:
    """Return what would be decided about a message of a member without strikes."""
    return answer_from(question, assessed(question, engine), completeness)


def assessed(question: Question, engine: Engine) -> Assessment:
    """Return the assessment of a message, in its language when that is one of the rules'."""
    known = question.lang if question.lang in {"nl", "en"} else None
    return assess(question.text, engine, language=known)


def answer_from(question: Question, assessment: Assessment, completeness: Completeness) -> Answer:
    """Return the answer to a message that was assessed."""
    asks = completeness.check(assessment, Told(question.text)).question is not None
    applied = [found.rule for found in assessment.findings if not found.rule.shadow]
    return Answer(
        id=question.id,
        decision=_DECISIONS["ask" if asks else assessment.verdict],
        categories=tuple(dict.fromkeys(rule.category for rule in applied)),
        type=assessment.kind.type,
        redacted=assessment.public_text,
        rules=tuple(rule.id for rule in applied),
    )

"""What coordinators and authors send: strict shapes, so that nothing odd reaches a topic."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from buurtsein_events.values import UNWANTED

BODY_LIMIT: Final = 16 * 1024
"""Bytes of a request's body."""

_WORDS: Final = rf"^[^{UNWANTED}]*$"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_WORDS)]
Defence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=_WORDS)]
Private = Literal["name", "phone", "email", "plate", "iban", "bsn", "address", "profile"]


class Body(BaseModel):
    """A body with nothing in it that it doesn't have."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ApproveIn(Body):
    """Publish a held report; what is said is added to the message to its author."""

    message: Words | None = None


class DeclineIn(Body):
    """Do not publish a held report; the author is told why."""

    message: Words


class Hide(Body):
    """A part of the text that neighbours do not see: characters from `start` up to and without `end`."""

    kind: Private = "name"
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _in_order(self) -> "Hide":
        if self.start >= self.end:
            raise PydanticCustomError("order", "must end after it starts")
        return self


class RedactIn(Body):
    """Publish a held report with parts of its text hidden from neighbours; networks receive all of it."""

    redactions: Annotated[tuple[Hide, ...], Field(min_length=1, max_length=50)]
    message: Words | None = None


class RemovalIn(Body):
    """Confirm or refuse that a member is removed; what is said is added to the message to the member."""

    confirmed: bool
    message: Words | None = None


class AnswerIn(Body):
    """Answer an appeal; the author reads the message."""

    granted: bool
    message: Words


class AppealIn(Body):
    """Why the author of a report thinks that the decision about it is not right."""

    text: Defence

"""Whether a report of something suspicious says enough: behaviour, two descriptors, place and time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Final, Literal, get_args

from pydantic import ConfigDict, Field, model_validator

from buurtsein_events.reports import ReportReceived
from buurtsein_events.values import Missing, Person, Saar, Vehicle
from buurtsein_moderation.assess import Assessment
from buurtsein_moderation.packs import Part, Wording
from buurtsein_moderation.patterns import PatternError, phrase
from buurtsein_text.linear import Expression, ExpressionError, ExpressionSet

Descriptor = Literal["clothing", "height", "age", "hair", "direction", "vehicle"]
Sign = Literal["person", "looks", "alarm", "called", "behaviour", "place", "time", Descriptor]

REASON: Final = "completeness"
"""What stands for the rule where a report is asked for more."""

_DESCRIPTORS: Final[tuple[Descriptor, ...]] = ("clothing", "height", "age", "hair", "direction", "vehicle")
_SIGNS: Final[tuple[Sign, ...]] = ("person", "looks", "alarm", "called", "behaviour", "place", "time", *_DESCRIPTORS)
_SAID: Final = re.compile(r"[^\W_]|[\u2190-\U0001faff]")
"""A letter, a digit or an emoji."""

_PLATE: Final = 2
"""A number plate tells as much as two descriptors."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the reporter told, in words and in the fields of an app.

    `placed` and `timed` say that fields tell it, `shown` that there are photos.
    """

    text: str
    persons: tuple[Person, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    saar: Saar = field(default_factory=Saar)
    placed: bool = False
    timed: bool = False
    shown: bool = False


def told_in(report: ReportReceived) -> Told:
    """Return what a report tells."""
    return Told(
        text=report.text,
        persons=report.persons,
        vehicles=report.vehicles,
        saar=report.saar,
        placed=report.location is not None,
        timed=report.occurred_at is not None,
        shown=bool(report.photos),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What a report does not say, whether that is asked for first, and whether it is all there.

    `complete` is None where nothing is required.
    """

    missing: tuple[Missing, ...] = ()
    question: Wording | None = None
    complete: bool | None = None


class Words(Part):
    """The phrases and RE2 patterns of one sign."""

    phrases: tuple[str, ...]
    patterns: tuple[str, ...] = ()


class Gaps(Part):
    """What can be missing, as the question names it."""

    behaviour: Wording
    description: Wording
    place: Wording
    time: Wording


class Completeness(Part):
    """What a report should say and how to ask for it; `descriptors` is how many tell one person from another.

    `nothing` is said about a report that says nothing at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    descriptors: Annotated[int, Field(ge=1, le=len(_DESCRIPTORS))]
    question: Wording
    nothing: Wording
    missing: Gaps
    person: Words
    looks: Words
    alarm: Words
    called: Words
    behaviour: Words
    place: Words
    time: Words
    clothing: Words
    height: Words
    age: Words
    hair: Words
    direction: Words
    vehicle: Words

    @cached_property
    def _expressions(self) -> ExpressionSet:
        return ExpressionSet([_expression(getattr(self, sign)) for sign in _SIGNS])

    @model_validator(mode="after")
    def _can_be_used(self) -> "Completeness":
        try:
            _ = self._expressions
        except (PatternError, ExpressionError) as error:
            raise ValueError(str(error)) from error
        self._question(get_args(Missing))
        return self

    def signs(self, text: bytes) -> frozenset[Sign]:
        """Return what a normalised text says something about, in time linear in its length."""
        return frozenset([_SIGNS[at] for at in self._expressions.present(text)])

    def check(self, assessment: Assessment, told: Told) -> Checked:
        """Return what the report lacks; only one without behaviour, or without a word, is asked for more.

        An urgent one is never asked.
        """
        if _says_nothing(assessment, told):
            return Checked(question=self.nothing)
        if assessment.kind.type not in {"suspicious", "urgent"} and assessment.kind.known:
            return Checked()
        signs = self.signs(assessment.told)
        concerned = assessment.kind.type == "suspicious" or _warns_of_a_person(assessment, signs)
        if not concerned and assessment.kind.type != "urgent":
            return Checked()
        missing = tuple(self._missing(assessment, told, signs))
        if assessment.kind.type == "urgent":
            return Checked(complete=None if missing else True)
        open_to_it = assessment.verdict == "publish" or assessment.in_doubt
        asks = open_to_it and "behaviour" in missing and _may_wait(assessment, told, signs)
        return Checked(missing, self._question(missing) if asks else None, complete=not missing)

    def _missing(self, assessment: Assessment, told: Told, signs: frozenset[Sign]) -> Iterator[Missing]:
        someone = "person" in signs or bool(told.persons)
        if someone and not _behaviour(assessment, told, signs):
            yield "behaviour"
        if someone and _descriptors(assessment, told, signs) < self.descriptors:
            yield "description"
        if not told.placed and "place" not in signs:
            yield "place"
        if not (told.timed or told.saar.happening_now or signs & {"time", "called"}):
            yield "time"

    def _question(self, missing: tuple[Missing, ...]) -> Wording:
        parts: list[Wording] = [getattr(self.missing, one) for one in missing]
        return Wording(
            nl=self.question.nl.replace("{missing}", _listed([part.nl for part in parts], "en")),
            en=self.question.en.replace("{missing}", _listed([part.en for part in parts], "and")),
        )


def _says_nothing(assessment: Assessment, told: Told) -> bool:
    told_otherwise = told.persons or told.vehicles or told.shown or told.saar != Saar() or assessment.kind.known
    return not told_otherwise and not _SAID.search(told.text)


def _warns_of_a_person(assessment: Assessment, signs: frozenset[Sign]) -> bool:
    return not assessment.kind.known and _is_about_looks(signs)


def _is_about_looks(signs: frozenset[Sign]) -> bool:
    described = not signs.isdisjoint({"looks", "clothing", "height", "age", "hair"})
    return described and signs >= {"person", "alarm"}


def _may_wait(assessment: Assessment, told: Told, signs: frozenset[Sign]) -> bool:
    # Whoever has a plate can be found, whatever they did.
    known = told.saar.police_called or "called" in signs or _plated(assessment, told)
    pressing = assessment.pressing and not _is_about_looks(signs)
    return not (known or told.saar.happening_now or pressing)


def _plated(assessment: Assessment, told: Told) -> bool:
    return any(vehicle.plate for vehicle in told.vehicles) or any(one.kind == "plate" for one in assessment.redactions)


def _behaviour(assessment: Assessment, told: Told, signs: frozenset[Sign]) -> bool:
    # What weighs as suspicious tells of something that was done, unless it only warns of what somebody looks like.
    weighed = assessment.kind.type == "suspicious" and not assessment.kind.known
    found = any(rule.tells_behaviour for rule in assessment.types)
    found = found or (weighed and not _warns_of_a_person(assessment, signs))
    return found or "behaviour" in signs or any(person.behaviour for person in told.persons)


def _descriptors(assessment: Assessment, told: Told, signs: frozenset[Sign]) -> int:
    found = set(signs.intersection(_DESCRIPTORS))
    for person in told.persons:
        found.update(_of_person(person))
    for vehicle in told.vehicles:
        found.update(_of_vehicle(vehicle))
    return len(found) + _PLATE * _plated(assessment, told)


def _of_person(person: Person) -> Iterator[Descriptor]:
    told: dict[Descriptor, str | None] = {
        "clothing": person.clothing,
        "height": person.height,
        "age": person.age,
        "direction": person.direction,
    }
    return (descriptor for descriptor, value in told.items() if value)


def _of_vehicle(vehicle: Vehicle) -> Iterator[Descriptor]:
    if vehicle.colour or vehicle.make or vehicle.kind:
        yield "vehicle"
    if vehicle.direction:
        yield "direction"


def _expression(words: Words) -> bytes:
    return Expression(
        "|".join([*(phrase(one, {}) for one in words.phrases), *words.patterns]).encode("ascii")
    ).expression


def _listed(parts: list[str], conjunction: str) -> str:
    *most, last = parts
    return f"{', '.join(most)} {conjunction} {last}" if most else last

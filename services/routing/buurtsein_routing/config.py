"""What an operator writes in `routing.yaml`, as strict models: a name that is not known here is a mistake."""

import re
from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from buurtsein_events.values import Category, Level, Name, Severity, SignalType, Verdict
from buurtsein_routing.words import LONGEST_PHRASE

Role = Literal["emergency", "partner", "public", "coordinator"]
"""What a network is: urgent reports must reach an `emergency` one, a `public` one only sees moderated text."""

PayloadField = Literal[
    "text", "public_text", "verdict", "happened_at", "location", "place", "saar", "persons", "vehicles", "photos",
    "reporter",
]  # fmt: skip
"""What a network may receive; `place` is the location without its address, rounded to about 100 metres."""

PUBLIC_FIELDS: frozenset[PayloadField] = frozenset({"public_text", "verdict", "happened_at", "place", "saar"})
"""What neighbours may receive: nothing that describes a person, a number plate or who reported."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `datetime.weekday()`."""

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def _duration(value: object) -> timedelta:
    match = re.fullmatch(r"([1-9][0-9]{0,3})([mhd])", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write a duration as a number with m, h or d, such as 30m, 1h or 14d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _hours(value: object) -> tuple[time, time]:
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", value) if isinstance(value, str) else None
    try:
        if match is None or match[1] == match[2]:
            raise ValueError
        return time.fromisoformat(match[1]), time.fromisoformat(match[2])
    except ValueError as error:
        raise ValueError('write hours as "22:00-07:00", from a time up to but not including another') from error


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _not_empty(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise ValueError("an empty list matches nothing; name a value or leave the matcher out")
    return value


def _word(value: str) -> str:
    if not re.fullmatch(r"\*?[^\W_](?:[^*]*[^\W_])?\*?", value) or value != " ".join(value.split()):
        raise ValueError(f"{value!r} is no word or phrase; a star may stand at its beginning and its end only")
    if len(words := re.findall(r"\w+", value)) > LONGEST_PHRASE or (value.startswith("*") and len(words) > 1):
        raise ValueError(f"{value!r}: a phrase has at most {LONGEST_PHRASE} words, and a star at its end only")
    return value


Promise = Annotated[timedelta, BeforeValidator(_duration)]
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
Word = Annotated[StrictStr, AfterValidator(_word)]
RuleName = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
AnyType = Annotated[tuple[SignalType, ...], BeforeValidator(_listed), AfterValidator(_not_empty)]
AnyVerdict = Annotated[tuple[Verdict, ...], BeforeValidator(_listed), AfterValidator(_not_empty)]
AnyCategory = Annotated[tuple[Category, ...], BeforeValidator(_listed), AfterValidator(_not_empty)]
AnySeverity = Annotated[tuple[Severity, ...], BeforeValidator(_listed), AfterValidator(_not_empty)]
AnyLevel = Annotated[tuple[Level, ...], BeforeValidator(_listed), AfterValidator(_not_empty)]
AnyWeekday = Annotated[tuple[Weekday, ...], BeforeValidator(_listed), AfterValidator(_not_empty)]
AnyName = Annotated[tuple[StrictStr, ...], BeforeValidator(_listed), AfterValidator(_not_empty)]


class Strict(BaseModel):
    """A part of the file that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Match(Strict):
    """Conditions that must all hold; one with several values holds when any of them does.

    `severity` is what type and answers say, before any rule changes it; `category` is that of the findings that
    settled the verdict; `hours` and `weekday` are when it happened, on the community's own clock; `text` names groups
    of `words`. An answer that was not given matches neither `true` nor `false`.
    """

    type: AnyType | None = None
    verdict: AnyVerdict | None = None
    category: AnyCategory | None = None
    severity: AnySeverity | None = None
    area: AnyName | None = None
    community: AnyName | None = None
    level: AnyLevel | None = None
    weekday: AnyWeekday | None = None
    hours: Hours | None = None
    anonymous: StrictBool | None = None
    police_called: StrictBool | None = None
    happening_now: StrictBool | None = None
    text: AnyName | None = None

    def given(self) -> tuple[str, ...]:
        """Return the names of the matchers that are written down, in a fixed order."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)


class Rule(Strict):
    """One node of the tree: what it matches, what it says about a report, and the rules below it.

    What a rule does not say is inherited. `networks` replaces what is inherited and `also` adds to it; `discreet`
    keeps text and place off the topic that all neighbours' feedback comes from.
    """

    name: RuleName
    match: Match = Match()
    unless: Match | None = Field(default=None, alias="except")
    networks: tuple[StrictStr, ...] | None = None
    also: tuple[StrictStr, ...] = ()
    severity: Severity | None = None
    promise: Promise | None = None
    discreet: StrictBool | None = None
    goes_on: StrictBool = Field(default=False, alias="continue")
    routes: tuple["Rule", ...] = ()


class Root(Strict):
    """The top of the tree: it matches every report, and its options are what everything inherits."""

    name: RuleName = "root"
    networks: tuple[StrictStr, ...] = ()
    severity: Severity | None = None
    promise: Promise
    discreet: StrictBool = False
    routes: tuple[Rule, ...]


class Network(Strict):
    """A party that signals go to: its role and the fields that its payload may have."""

    role: Role
    fields: tuple[PayloadField, ...]


class Duplicates(Strict):
    """When two reports are about one event: how near, how soon after each other, and what must be alike.

    `kinds` are groups of `words` that tell what happened; `alike` is the share of words in common (Jaccard) that links
    two reports of which no kind is known, `alike_unplaced` when one of them has no place.
    """

    metres: Annotated[StrictInt, Field(ge=1, le=1000)] = 250
    within: Promise = timedelta(minutes=15)
    kinds: AnyName
    alike: Annotated[float, Field(gt=0, le=1)] = 0.25
    alike_unplaced: Annotated[float, Field(gt=0, le=1)] = 0.4


class RoutingFile(Strict):
    """The whole of `routing.yaml`."""

    networks: Annotated[dict[Name, Network], Field(min_length=1, max_length=20)]
    words: dict[Name, Annotated[tuple[Word, ...], Field(min_length=1)]] = {}
    duplicates: Duplicates
    tree: Root

"""The value types that events are made of; every text field is bounded, so that an event stays below 64 KiB."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Channel = Literal[
    "app", "web", "whatsapp", "telegram", "sms", "email", "facebook", "open311", "signalen", "cloudevents"
]
ReportType = Literal["urgent", "suspicious", "nuisance", "idea"]
SignalType = Literal["urgent", "suspicious", "nuisance", "idea", "none"]
Verdict = Literal["publish", "ask", "hold", "decline"]
Category = Literal["stigmatising", "irrelevant", "quarrel", "vigilantism", "spam"]
Severity = Literal["critical", "high", "normal", "low"]
Step = Literal["none", "note", "friendly_request", "firm_request", "removal_proposed", "removed"]
Involvement = Literal["member", "involved", "coordinator"]
Level = Literal["loose", "starting", "group"]
Result = Literal["arrested", "repaired", "cleaned_up", "resolved", "in_progress", "under_investigation", "no_violation"]
DigestKind = Literal["urgent", "incident", "trend", "notice"]
Missing = Literal["behaviour", "description", "place", "time"]
TerminalState = Literal["routed", "asked", "held", "declined", "dead_letter"]

SEVERITIES: tuple[Severity, ...] = ("critical", "high", "normal", "low")
"""Worst first."""

TEXT_LIMIT = 4000
"""Characters of a report's text, as in Open311's `description`."""

UNWANTED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff"
"""Control characters except tab and line ends, the overrides of the writing direction, and noncharacters."""

Text = Annotated[str, Field(max_length=TEXT_LIMIT)]
Short = Annotated[str, Field(max_length=100)]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_./:@+-]+$")]


class Value(BaseModel):
    """A frozen part of an event; readers ignore fields that they don't know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Location(Value):
    """Where it happened: WGS 84 degrees, an address, or both."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    address: Annotated[str, Field(max_length=200)] | None = None


class Saar(Value):
    """The answers to the four questions that come first: was 112 called, by whom, is it happening now."""

    police_called: bool | None = None
    called_by: Literal["reporter", "someone_else"] | None = None
    happening_now: bool | None = None


class Person(Value):
    """A person as the reporter describes them."""

    sex: Short | None = None
    age: Short | None = None
    height: Short | None = None
    clothing: Short | None = None
    behaviour: Short | None = None
    direction: Short | None = None


class Vehicle(Value):
    """A vehicle as the reporter describes it."""

    kind: Short | None = None
    colour: Short | None = None
    make: Short | None = None
    model: Short | None = None
    plate: Short | None = None
    direction: Short | None = None


class Message(Value):
    """One text to a reader in both languages."""

    nl: Annotated[str, Field(max_length=1000)]
    en: Annotated[str, Field(max_length=1000)]


class Finding(Value):
    """Why moderation decided as it did: the rule, its version and the characters that it matched.

    They are those of the text, or of a `field` on a person or vehicle, such as `persons.0.clothing`.
    """

    rule: Short
    version: int
    category: Category
    verdict: Verdict
    field: Short | None = None
    start: int
    end: int
    shadow: bool = False


class Redaction(Value):
    """A part of the text that neighbours do not see; `start` and `end` are character offsets in the full text."""

    kind: Literal["name", "phone", "email", "plate", "iban", "bsn", "address", "profile"]
    start: int
    end: int


class Why(Value):
    """One rule of the routing tree that sent a signal on, with the conditions that held."""

    rule: Short
    matched: tuple[Short, ...] = ()


def check_once(what: str, names: Sequence[str]) -> None:
    """Raise `ValueError` that says which names of `what` are there more than once."""
    if twice := sorted(name for name, times in Counter(names).items() if times > 1):
        raise ValueError(f"{what} named more than once: {', '.join(twice)}")

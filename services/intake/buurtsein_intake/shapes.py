"""What intake takes over HTTP: strict shapes, so that nothing odd reaches a topic."""

import re
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from buurtsein_events.values import TEXT_LIMIT, UNWANTED, Channel, Location, Name, Person, ReportType, Result, Vehicle
from buurtsein_intake.codes import without_spaces

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""Between these is the time that a report tells of."""

BODY_LIMIT: Final = 64 * 1024
"""Bytes of a request's body."""

_LINE: Final = rf"^[^{UNWANTED}\t\n\r]*$"
_SPEECH: Final = rf"^[^{UNWANTED}]*[\p{{L}}\p{{N}}\p{{P}}\p{{S}}][^{UNWANTED}]*$"
_REMARK: Final = rf"^[^{UNWANTED}]*$"
_UUID: Final = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"

Line = Annotated[str, StringConstraints(max_length=100, pattern=_LINE)]
Address = Annotated[str, StringConstraints(max_length=200, pattern=_LINE)]
Speech = Annotated[str, StringConstraints(strip_whitespace=True, max_length=TEXT_LIMIT, pattern=_SPEECH)]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=_REMARK)]
Reporter = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_LINE)]
Reference = Annotated[str, StringConstraints(pattern=_UUID)]
ReceiptCode = Annotated[str, StringConstraints(pattern="^[0-9]{16}$"), BeforeValidator(without_spaces)]
PhotoRef = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


def is_reference(text: str) -> bool:
    """Tell whether `text` has the form of a reference."""
    return re.fullmatch(_UUID, text) is not None


def _iso(value: object) -> object:
    """Refuse what pydantic would take besides ISO 8601: seconds since the epoch, also as text."""
    if isinstance(value, str) and "-" in value[1:]:
        return value
    raise PydanticCustomError("datetime_parsing", "not an ISO 8601 date and time")


Moment = Annotated[
    AwareDatetime,
    # Behind a validator of ours, pydantic takes text for a time only when it is not strict.
    Field(ge=EARLIEST, lt=LATEST, strict=False),
    BeforeValidator(_iso),
]

_APART: Final = Field(exclude=True)
"""On a field that the event has elsewhere or not at all, so that the others can be written to it as they are."""

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True)


class LocationIn(Location):
    """Where it happened: WGS 84 degrees, an address, or both."""

    model_config = _STRICT

    address: Address | None = None

    @model_validator(mode="after")
    def _complete(self) -> "LocationIn":
        if (self.lat is None) != (self.lon is None):
            raise PydanticCustomError("place", "give both lat and lon, or neither")
        if self.lat is None and not self.address:
            raise PydanticCustomError("place", "give lat and lon, an address, or leave location out")
        return self


class PersonIn(Person):
    """A person as the reporter describes them."""

    model_config = _STRICT

    sex: Line | None = None
    age: Line | None = None
    height: Line | None = None
    clothing: Line | None = None
    behaviour: Line | None = None
    direction: Line | None = None


class VehicleIn(Vehicle):
    """A vehicle as the reporter describes it."""

    model_config = _STRICT

    kind: Line | None = None
    colour: Line | None = None
    make: Line | None = None
    model: Line | None = None
    plate: Line | None = None
    direction: Line | None = None


class ReportIn(BaseModel):
    """A report: free text, or structured with the four questions (has 112 been called, by whom, is it happening now).

    `reporter` is the application's own stable name for the resident; it is replaced by a pseudonym, and dropped when
    `anonymous`. `channel` names the channel that an application relays. `photos` are those that
    POST /v1/photos took. `edit_of` is the reference of the report that this one replaces.
    """

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "type": "suspicious",
                    "text": "Er voelt iemand aan autodeuren op de Haarlemmerdijk: man, ± 20 jaar, grijs joggingpak.",
                    "location": {"lat": 52.3833, "lon": 4.8864},
                    "occurred_at": "2026-10-13T02:41:00+02:00",
                    "police_called": True,
                    "called_by": "reporter",
                    "happening_now": True,
                    "reporter": "member-17",
                    "persons": [{"sex": "man", "age": "± 20", "clothing": "grijs joggingpak"}],
                    "vehicles": [{"kind": "bestelwagen", "colour": "grijs"}],
                    "community": "haarlemmerbuurt",
                },
                {"text": "De straatlantaarn op de hoek doet het niet.", "community": "woensel"},
            ]
        },
    )

    type: ReportType | None = None
    text: Speech
    location: LocationIn | None = None
    occurred_at: Moment | None = None
    police_called: Annotated[bool | None, _APART] = None
    called_by: Annotated[Literal["reporter", "someone_else"] | None, _APART] = None
    happening_now: Annotated[bool | None, _APART] = None
    anonymous: bool = False
    reporter: Annotated[Reporter | None, _APART] = None
    persons: Annotated[tuple[PersonIn, ...], Field(max_length=5)] = ()
    vehicles: Annotated[tuple[VehicleIn, ...], Field(max_length=5)] = ()
    photos: Annotated[tuple[PhotoRef, ...], Field(max_length=5)] = ()
    community: Name | None = None
    channel: Channel = "app"
    edit_of: Reference | None = None


class CodeIn(BaseModel):
    """The receipt code of an anonymous report; spaces and hyphens in it make no difference."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"receipt_code": "4929 0031 7745 1208"}]},
    )

    receipt_code: ReceiptCode


class AnswerIn(ReportIn):
    """A report that replaces the anonymous one with this code: the same, with what was asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "receipt_code": "4929 0031 7745 1208",
                    "text": "Er voelt een man met een grijs joggingpak aan autodeuren op de Haarlemmerdijk.",
                    "police_called": True,
                }
            ]
        }
    )

    receipt_code: Annotated[ReceiptCode, _APART]


class OutcomeIn(BaseModel):
    """What a network did with a signal, named by its `signal_id` or by the `reference` of its report."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "signal_id": "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11",
                    "community": "haarlemmerbuurt",
                    "network": "police",
                    "result": "arrested",
                    "text": "Twee verdachten aangehouden, met dank aan drie melders.",
                    "at": "2026-10-14T03:58:00+02:00",
                }
            ]
        },
    )

    signal_id: Reference | None = None
    reference: Reference | None = None
    community: Name
    network: Name
    result: Result
    text: Remark = ""
    at: Moment | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> "OutcomeIn":
        if (self.signal_id is None) == (self.reference is None):
            raise PydanticCustomError("subject", "give either signal_id or reference, not both and not neither")
        return self

"""What Signalen's public endpoint takes: its fields, their bounds, and its errors; pure.

Source: Signalen backend, PublicSignalCreateSerializer and its nested serializers. The errors are those of Django REST
framework: for each field a list of sentences, nested as the fields are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from buurtsein_intake.channels.signalen_categories import slugs_in
from buurtsein_runtime import bodies
from buurtsein_runtime.problems import FieldError, Problem, Refused

NON_FIELD: Final = "non_field_errors"

_LON, _LAT = (3.3, 7.3), (50.7, 53.6)
_DATE: Final = (
    "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)
_EMAIL: Final = r"^[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,189}$"
_EXTRA: Final = frozenset({"id", "label", "answer"})
_SHOWN: Final = 10


def _blank(value: object) -> object:
    """Return nothing for an empty text: clients send their empty fields along."""
    return None if isinstance(value, str) and not value.strip() else value


def _point(value: object) -> object:
    """Return the two degrees of a GeoJSON point within the Netherlands, lon first (RFC 7946)."""
    match value:
        case {"type": "Point", "coordinates": [float() | int() as lon, float() | int() as lat, *rest]} if len(rest) < 2:
            if _LON[0] <= lon <= _LON[1] and _LAT[0] <= lat <= _LAT[1]:
                return (float(lon), float(lat))
            raise PydanticCustomError("place", "Location coordinates not within bounding box.")
    raise PydanticCustomError("place", "Coordinate data must be present")


def _moment(value: object) -> object:
    """Return a time; one without an offset is in UTC, as in Signalen."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and len(value) >= 16 else None
    except ValueError:
        at = None
    if at is None or not 2000 < at.year < 2099:
        raise PydanticCustomError("date", _DATE)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _link(value: object) -> object:
    slugs = slugs_in(value) if isinstance(value, str) else None
    if slugs is None:
        raise PydanticCustomError("link", "Invalid hyperlink - No URL match.")
    return slugs


def _answers(value: object) -> object:
    if not isinstance(value, list) or any(not isinstance(each, dict) or not each.keys() >= _EXTRA for each in value):
        raise PydanticCustomError("answers", "Invalid input: give a list of objects with id, label and answer.")
    return None


_Blankable = BeforeValidator(_blank)
Link = Annotated[tuple[str, str], BeforeValidator(_link)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Line = Annotated[Annotated[str, Field(max_length=200)] | None, _Blankable]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Address(_Part):
    """An address as the Dutch registration of addresses (BAG) has it."""

    openbare_ruimte: Line = None
    huisnummer: Line = None
    huisletter: Line = None
    huisnummer_toevoeging: Line = None
    postcode: Line = None
    woonplaats: Line = None

    def __str__(self) -> str:
        """Return it from most to least specific."""
        number = "".join(str(each) for each in (self.huisnummer, self.huisletter) if each)
        house = "-".join(each for each in (number, self.huisnummer_toevoeging) if each)
        street = " ".join(each for each in (self.openbare_ruimte, house) if each)
        town = " ".join(each for each in (self.postcode, self.woonplaats) if each)
        return ", ".join(each for each in (street, town) if each)


class Where(_Part):
    """A place, lon and lat in degrees."""

    geometrie: Annotated[tuple[float, float], BeforeValidator(_point)]
    address: Address | None = None
    stadsdeel: Annotated[Annotated[str, Field(max_length=1)] | None, _Blankable] = None
    buurt_code: Annotated[Annotated[str, Field(max_length=4)] | None, _Blankable] = None


class Rubric(_Part):
    """The sub-category, under either of its names."""

    sub_category: Annotated[Link | None, _Blankable] = None
    category_url: Annotated[Link | None, _Blankable] = None


class Reporter(_Part):
    """Who reports, if anybody says so."""

    email: Annotated[Annotated[str, StringConstraints(pattern=_EMAIL)] | None, _Blankable] = None
    phone: Annotated[Annotated[str, Field(max_length=17)] | None, _Blankable] = None
    sharing_allowed: bool | None = False


class Body(BaseModel):
    """A signal as it is posted; only its own fields are allowed, those within its parts are not looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    source: Annotated[str, Field(max_length=128)] = "online"
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
    text_extra: Annotated[Annotated[str, Field(max_length=10000)] | None, _Blankable] = None
    location: Where
    category: Rubric
    reporter: Reporter
    incident_date_start: Moment
    incident_date_end: Annotated[Moment | None, _Blankable] = None
    extra_properties: Annotated[None, BeforeValidator(lambda value: None if value is None else _answers(value))] = None
    session: Annotated[UUID | None, _Blankable] = None


def read(raw: bytes, sources: Sequence[str]) -> Body:
    """Return a body; raises `Refused` (400) with every mistake by field."""
    try:
        body = Body.model_validate_json(raw)
    except ValidationError as error:
        raise _refused(raw, error.errors(include_url=False)) from error
    errors: list[FieldError] = []
    if (body.category.sub_category is None) == (body.category.category_url is None):
        errors.append(FieldError(f"category/{NON_FIELD}", "Give either sub_category or category_url."))
    if body.source not in sources:
        errors.append(FieldError("source", "Invalid source given, value not known"))
    if body.session is not None:
        errors.append(FieldError("session", "Session matching query does not exist."))
    if errors:
        raise invalid(errors)
    return body


def shape(problem: Problem) -> dict[str, Any]:
    """Return a problem as Django REST framework has it: `detail`, or the errors of each field, nested."""
    if not problem.errors:
        return {"detail": problem.detail}
    found: dict[str, Any] = {}
    for error in problem.errors:
        *path, last = error.pointer.split("/")
        at = found
        for step in path:
            at = at.setdefault(step, {})
        at.setdefault(last, []).append(error.detail)
    return found


def _refused(raw: bytes, errors: Sequence[ErrorDetails]) -> Refused:
    if errors[0]["type"] == "json_invalid":
        if halves := bodies.broken(raw, "").errors:
            return invalid([FieldError(halves[0].pointer[2:] or NON_FIELD, halves[0].detail)])
        detail = f"JSON parse error - {errors[0]['msg'].removeprefix('Invalid JSON: ')[:200]}"
        return Refused(Problem(400, "parse-error", "The body is not JSON", detail))
    extra = [str(each["loc"][0])[:40] for each in errors if each["type"] == "extra_forbidden"]
    found = [FieldError(_pointer(each), _words(each)) for each in errors if each["type"] != "extra_forbidden"]
    if extra:
        found.append(FieldError(NON_FIELD, f"Extra properties present: {', '.join(extra[:_SHOWN])}"))
    return invalid(found)


def invalid(errors: Sequence[FieldError]) -> Refused:
    """Return the refusal of a body with these mistakes; a place in it is written with slashes."""
    first = errors[0]
    return Refused(
        Problem(400, "invalid", "The signal has mistakes", f"{first.pointer}: {first.detail}", errors=tuple(errors))
    )


def _pointer(error: ErrorDetails) -> str:
    return "/".join(str(step) for step in error["loc"]) or NON_FIELD


def _words(error: ErrorDetails) -> str:
    if error["input"] is None and error["type"] != "missing":
        return "This field may not be null."
    words = _WORDS.get(error["type"])
    return words(error) if words else str(error["msg"])


def _kind(value: object) -> str:
    return {"dict": "dict", "list": "list", "str": "str", "NoneType": "null"}.get(type(value).__name__, "number")


def _long(error: ErrorDetails) -> str:
    return f"Ensure this field has no more than {error.get('ctx', {}).get('max_length')} characters."


def _no_dictionary(error: ErrorDetails) -> str:
    return f"Invalid data. Expected a dictionary, but got {_kind(error['input'])}."


_WORDS: Final[Mapping[str, Callable[[ErrorDetails], str]]] = {
    "missing": lambda _: "This field is required.",
    "string_too_short": lambda _: "This field may not be blank.",
    "string_too_long": _long,
    "string_type": lambda _: "Not a valid string.",
    "string_pattern_mismatch": lambda _: "Enter a valid email address.",
    "bool_type": lambda _: "Must be a valid boolean.",
    "bool_parsing": lambda _: "Must be a valid boolean.",
    "uuid_parsing": lambda _: "Must be a valid UUID.",
    "uuid_type": lambda _: "Must be a valid UUID.",
    "model_type": _no_dictionary,
    "model_attributes_type": _no_dictionary,
}


def as_json(content: object) -> bytes:
    """Return content as JSON in UTF-8."""
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")

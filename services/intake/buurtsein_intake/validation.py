"""From the bytes of a body to a checked request, or to a problem that names each field and its cure; pure."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from buurtsein_events.communities import UNASSIGNED
from buurtsein_intake import problems
from buurtsein_intake.problems import FieldError, Refused
from buurtsein_intake.shapes import LocationIn, OutcomeIn, PersonIn, ReportIn, VehicleIn

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]

_NESTED: Final[Mapping[str, type[BaseModel]]] = {"location": LocationIn, "persons": PersonIn, "vehicles": VehicleIn}
_WITH_OFFSET: Final = "must be a date and time with its offset, such as 2026-10-13T02:41:00+02:00"
_NAMES_SHOWN: Final = 10
_NO_PHOTO: Final = "is no photo that is kept here (any more); send it to POST /v1/photos and use what that answers"


def parse(raw: bytes, model: type[Model]) -> Model:
    """Return the body as `model`; raises `Refused` with 400 when it is no JSON, with 422 when it is another shape."""
    if not raw.strip():
        raise Refused(problems.not_json("The body is empty; send a JSON object."))
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        found = error.errors(include_url=False)
    if found[0]["type"] == "json_invalid":
        raise Refused(_broken(raw, found[0]["msg"]))
    raise Refused(problems.invalid(tuple(FieldError(pointer(e["loc"]), _cure(e, model)) for e in found)))


class Known(NamedTuple):
    """The names that a request may use, and the `latest` time that it may tell of (any, when nothing)."""

    communities: frozenset[str]
    networks: tuple[str, ...]
    latest: datetime | None


def check_report(report: ReportIn, known: Known, photos: Sequence[bool] = ()) -> None:
    """Raise `Refused` when the report names an unknown community or photo, or a time that has yet to come.

    `photos` tells of each of its photos whether it is kept.
    """
    errors = _future(report.occurred_at, known, "#/occurred_at")
    if report.community is not None and _unknown(report.community, known):
        errors += (FieldError("#/community", f"{_unknown_community(known)}, or leave it out: the place decides"),)
    errors += tuple(FieldError(f"#/photos/{n}", _NO_PHOTO) for n, kept in enumerate(photos) if not kept)
    if errors:
        raise Refused(problems.invalid(errors))


def check_outcome(outcome: OutcomeIn, known: Known) -> None:
    """Raise `Refused` when the outcome names an unknown community or network or a time that has yet to come."""
    errors = _future(outcome.at, known, "#/at")
    if _unknown(outcome.community, known):
        errors += (FieldError("#/community", _unknown_community(known)),)
    if outcome.network not in known.networks:
        errors += (FieldError("#/network", f"is not a network here; use one of {_listed(known.networks)}"),)
    if errors:
        raise Refused(problems.invalid(errors))


def pointer(place: Place) -> str:
    """Return a place in a body as a JSON pointer in a URI fragment."""
    return "#" + "".join(f"/{str(step)[:100].replace('~', '~0').replace('/', '~1')}" for step in place)


def _unknown(community: str, known: Known) -> bool:
    return community not in known.communities and community != UNASSIGNED


def _unknown_community(known: Known) -> str:
    return f"is not known here; use one of {_listed(tuple(sorted(known.communities)))}"


def _future(at: datetime | None, known: Known, where: str) -> tuple[FieldError, ...]:
    if at is None or known.latest is None or at <= known.latest:
        return ()
    latest = known.latest.isoformat(timespec="minutes")
    return (FieldError(where, f"has yet to come; {latest} is the latest that is taken now"),)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")


def _broken(raw: bytes, message: str) -> problems.Problem:
    """Return what is wrong with JSON that the strict parser refuses; half a surrogate pair is a mistake in a field."""
    try:
        content = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return problems.not_json(f"The body is not UTF-8 from byte {error.start} on; encode the text as UTF-8.")
    except (ValueError, RecursionError):
        return problems.not_json(f"{message}; send one JSON object.")
    errors = tuple(FieldError(pointer(place), _HALF_CHARACTER) for place in _half_characters(content, ()))
    return problems.invalid(errors) if errors else problems.not_json(f"{message}; send one JSON object.")


_HALF_CHARACTER: Final = "has half a surrogate pair (an escape from \\ud800 to \\udfff); send the whole character"


def _half_characters(content: object, place: Place) -> Iterator[Place]:
    if isinstance(content, str) and any("\ud800" <= c <= "\udfff" for c in content):
        yield place
    elif isinstance(content, list):
        for number, item in enumerate(content):
            yield from _half_characters(item, (*place, number))
    elif isinstance(content, dict):
        for name, item in content.items():
            yield from _half_characters(name, place)
            yield from _half_characters(item, (*place, name))


def _cure(error: ErrorDetails, model: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        return f"is not a field here; leave it out. The fields are {', '.join(_fields_at(error['loc'], model))}"
    cure = _CURES.get(error["type"])
    return cure(error) if cure else error["msg"]


def _fields_at(place: Place, model: type[BaseModel]) -> tuple[str, ...]:
    parents = [step for step in place[:-1] if isinstance(step, str)]
    return tuple((_NESTED[parents[-1]] if parents else model).model_fields)


def _limit(error: ErrorDetails, name: str) -> object:
    return error.get("ctx", {}).get(name)


def _unwanted(error: ErrorDetails) -> str:
    value = str(error["input"])
    place = error["loc"][-1]
    if "photos" in error["loc"]:
        return _NO_PHOTO
    if place == "receipt_code":
        return "must be the 16 digits of a receipt"
    if place in {"edit_of", "reference", "signal_id"}:
        return "must be an id as intake gave it, such as 0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"
    if place in {"community", "network"}:
        return "may have letters, digits and . / : @ + - _ only; use the id, not the display name"
    if place == "text" and not any(c.isprintable() and not c.isspace() for c in value):
        return "is blank; say in words what you saw"
    return "has control characters (such as NUL) or an override of the writing direction; remove them"


_CURES: Final[Mapping[str, Callable[[ErrorDetails], str]]] = {
    "missing": lambda _: "is required; add it",
    "string_type": lambda _: "must be text between quotes",
    "bool_type": lambda _: "must be true or false, without quotes",
    "float_type": lambda _: "must be a number, without quotes",
    "finite_number": lambda _: "must be a finite number, not NaN or Infinity",
    "tuple_type": lambda _: "must be a list",
    "model_type": lambda _: "must be a JSON object",
    "model_attributes_type": lambda _: "must be a JSON object",
    "literal_error": lambda e: f"must be one of {str(_limit(e, 'expected')).replace(' or ', ', ')}",
    "string_too_short": lambda _: "is empty; fill it in or leave it out",
    "string_too_long": lambda e: f"is too long; at most {_limit(e, 'max_length')} characters are allowed",
    "too_long": lambda e: f"has too many items; at most {_limit(e, 'max_length')} are allowed",
    "string_pattern_mismatch": _unwanted,
    "greater_than_equal": lambda e: f"must be {_limit(e, 'ge')} or more",
    "less_than_equal": lambda e: f"must be {_limit(e, 'le')} or less",
    "less_than": lambda e: f"must be before {_limit(e, 'lt')}",
    "timezone_aware": lambda _: _WITH_OFFSET,
    "datetime_type": lambda _: _WITH_OFFSET,
    "datetime_parsing": lambda _: _WITH_OFFSET,
    "datetime_from_date_parsing": lambda _: _WITH_OFFSET,
    "datetime_object_invalid": lambda _: _WITH_OFFSET,
}

"""What to do about a mistake in data, in words for whoever made it, by pydantic's name for the mistake; pure."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Place = tuple[int | str, ...]
Cures = Mapping[str, Callable[[ErrorDetails], str]]

_WITH_OFFSET: Final = "must be a date and time with its offset, such as 2026-10-13T02:41:00+02:00"


def cure_of(error: ErrorDetails, model: type[BaseModel] | None = None, cures: Cures | None = None) -> str:
    """Return what to do about one mistake in a `model`; `cures` come before those for any data."""
    if error["type"] == "extra_forbidden":
        fields = ", ".join(fields_at(model, error["loc"][:-1]) if model else ())
        return f"is not a field here; leave it out.{f' The fields are {fields}' if fields else ''}"
    cure = (cures or {}).get(error["type"]) or _CURES.get(error["type"])
    if cure:
        return cure(error)
    said = error["msg"].removeprefix("Value error, ")
    return f"must{said.removeprefix('Input should')}" if said.startswith("Input should") else said


def fields_at(model: type[BaseModel], place: Place) -> tuple[str, ...]:
    """Return the fields that there are at a place in a model; steps that are keys or numbers are passed over."""
    for step in place:
        if field := model.model_fields.get(str(step)):
            model = next(_models(field.annotation), model)
    return tuple(field.alias or name for name, field in model.model_fields.items())


def limit_of(error: ErrorDetails, name: str) -> object:
    """Return the bound that a mistake went beyond."""
    return error.get("ctx", {}).get(name)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _one_of(error: ErrorDetails) -> str:
    return f"must be one of {str(limit_of(error, 'expected')).replace(' or ', ', ')}"


def _whole_number(_: ErrorDetails) -> str:
    return "must be a whole number, without quotes"


def _number(_: ErrorDetails) -> str:
    return "must be a number, without quotes"


def _true_or_false(_: ErrorDetails) -> str:
    return "must be true or false, without quotes"


def _list(_: ErrorDetails) -> str:
    return "must be a list"


def _object(_: ErrorDetails) -> str:
    return "must be a JSON object"


def _moment(_: ErrorDetails) -> str:
    return _WITH_OFFSET


_CURES: Final[Cures] = {
    "missing": lambda _: "is required; add it",
    "string_type": lambda _: "must be text between quotes",
    "string_pattern_mismatch": lambda e: f"must match the pattern {limit_of(e, 'pattern')}",
    "string_too_short": lambda _: "is empty; fill it in or leave it out",
    "string_too_long": lambda e: f"is too long; at most {limit_of(e, 'max_length')} characters are allowed",
    "int_type": _whole_number,
    "int_parsing": _whole_number,
    "int_from_float": _whole_number,
    "float_type": _number,
    "float_parsing": _number,
    "finite_number": lambda _: "must be a finite number, not NaN or Infinity",
    "bool_type": _true_or_false,
    "bool_parsing": _true_or_false,
    "tuple_type": _list,
    "list_type": _list,
    "too_short": lambda e: f"has too few items; at least {limit_of(e, 'min_length')} are needed",
    "too_long": lambda e: f"has too many items; at most {limit_of(e, 'max_length')} are allowed",
    "dict_type": _object,
    "mapping_type": _object,
    "model_type": _object,
    "model_attributes_type": _object,
    "literal_error": _one_of,
    "greater_than": lambda e: f"must be more than {limit_of(e, 'gt')}",
    "greater_than_equal": lambda e: f"must be {limit_of(e, 'ge')} or more",
    "less_than_equal": lambda e: f"must be {limit_of(e, 'le')} or less",
    "less_than": lambda e: f"must be before {limit_of(e, 'lt')}",
    "timezone_aware": _moment,
    "datetime_type": _moment,
    "datetime_parsing": _moment,
    "datetime_from_date_parsing": _moment,
    "datetime_object_invalid": _moment,
}

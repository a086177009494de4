"""The values that a GeoReport request gives for attributes, as fields of a message; pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from buurtsein_intake.channels.message import clean
from buurtsein_intake.channels.open311_services import LISTS, Attribute
from buurtsein_intake.shapes import PersonIn, VehicleIn
from buurtsein_runtime.problems import FieldError, Refused, invalid

_YES: Final = frozenset({"true", "ja", "yes", "j", "y", "1"})
_NO: Final = frozenset({"false", "nee", "no", "n", "0"})
_PART: Final = 100
_MODELS: Final[Mapping[str, type[PersonIn | VehicleIn]]] = {"persons": PersonIn, "vehicles": VehicleIn}


def fields_of(attributes: Sequence[Attribute], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the fields of a `Message` that are given, and ignore attributes of others.

    Raises `Refused` and names every value that can't be read.
    """
    errors: list[FieldError] = []
    found: dict[str, object] = {}
    for attribute in attributes:
        said = next(iter(given.get(attribute.code, ())), None)
        if said is None:
            continue
        try:
            found[attribute.code] = _read(attribute, said)
        except ValueError as error:
            errors.append(FieldError(f"attribute[{attribute.code}]", str(error)))
    if errors:
        raise Refused(invalid(tuple(errors)))
    return {**{name: value for name, value in found.items() if "." not in name}, **_lists(found)}


def _read(attribute: Attribute, said: str) -> object:
    """Return a value as a report has it; raises `ValueError` with the cure."""
    if attribute.datatype == "string":
        return clean(said, _PART)
    return moment(said) if attribute.datatype == "datetime" else _value(attribute, said.strip().lower())


def _value(attribute: Attribute, said: str) -> bool | str:
    for value in attribute.values:
        words = {value.key, value.label.nl.lower(), value.label.en.lower()}
        also = {True: _YES, False: _NO}.get(value.sets, frozenset()) if isinstance(value.sets, bool) else frozenset()
        if said in words | also:
            return value.sets
    raise ValueError(f"must be one of {', '.join(value.key for value in attribute.values)}")


def moment(text: str) -> datetime:
    """Return a date and time with its offset, in this century; raises `ValueError` with the cure."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not 2000 < at.year < 2099:
        raise ValueError("must be a date and time with its offset, such as 2026-10-13T02:41:00+02:00")
    return at.astimezone(UTC)


def _lists(found: Mapping[str, object]) -> Mapping[str, object]:
    lists: dict[str, object] = {}
    for field in LISTS:
        parts = {name.partition(".")[2]: said for name, said in found.items() if name.startswith(f"{field}.") and said}
        if parts:
            lists[field] = (_MODELS[field].model_validate(parts),)
    return lists

"""What is left of a pack with mistakes in its form, so that other mistakes in it are found in the same round."""

from collections.abc import Collection, Mapping
from typing import Final

from pydantic import ValidationError

from buurtsein_moderation.packs import Pack

_APART: Final = ("rules", "types", "overrides")
"""Parts of which each item stands by itself."""


def salvaged(content: object, error: ValidationError) -> Pack | None:
    """Return the pack without the rules and overrides in which `error` sees mistakes, and without unknown fields.

    There is none when anything else is wrong with it, since its rules may need just that; its version they don't need.
    """
    if not isinstance(content, Mapping):
        return None
    places = [each["loc"] for each in error.errors(include_url=False)]
    left = {name: part for name, part in content.items() if name in Pack.model_fields} | {"version": 1}
    for name in _APART:
        wrong = {place[1] for place in places if len(place) > 1 and place[0] == name}
        left |= {name: _without(left[name], wrong)} if wrong else {}
    try:
        return Pack.model_validate(left)
    except ValidationError:
        return None


def _without(items: object, wrong: Collection[object]) -> list[object]:
    listed = items if isinstance(items, list) else []
    return [item for number, item in enumerate(listed) if number not in wrong]

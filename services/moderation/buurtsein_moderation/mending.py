"""What is sound of a pack with mistakes, so that the rest of it is checked in the same round; none of it is used."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from pydantic import RootModel, ValidationError
from pydantic_core import ErrorDetails

from buurtsein_events.values import Category
from buurtsein_moderation.packs import Examples, Pack, Rule
from buurtsein_runtime.config import KEY, mistake

Place = tuple[int | str, ...]

_GONE: Final = object()
"""Stands for what was left out, so that later places are named as in the file."""

_ROUNDS: Final = 20
"""How often a pack is mended: each round mends all that is wrong at one depth."""

_NOTHING: Final = "nothing"
_STAND_INS: Final[Mapping[str, Any]] = {
    "version": 1,
    "language": "any",
    "category": "spam",
    "verdict": "hold",
    "severity": "normal",
    "strike": False,
    "shadow": False,
    "next_step": "wait",
    "type": "none",
    "weight": 1,
    "tells_behaviour": True,
    "message": {"nl": _NOTHING, "en": _NOTHING},
    "examples": {"match": [_NOTHING], "not": [_NOTHING]},
}
"""What is read for a field that is wrong or absent, so that all others of its rule can be checked."""


_NO_EXAMPLES: Final = Examples.model_validate(_STAND_INS["examples"])


class Draft(RootModel[dict[str, Any]]):
    """The content of a file of which nothing is known yet but that it has fields."""


def mended(draft: Draft, name: str) -> tuple[Pack | None, list[str]]:
    """Return what is sound of a pack and every mistake in its form; a pack without a proper id gets the `name`.

    None comes back when nothing is left of it.
    """
    content: Any = draft.root
    left_out: list[Place] = []
    problems: dict[str, None] = {}
    for _ in range(_ROUNDS):
        try:
            return _without_examples(Pack.model_validate(_sound(content))), list(problems)
        except ValidationError as error:
            for each in [_in_file(each, content) for each in error.errors(include_url=False)]:
                if not any(gone[: len(each["loc"])] == each["loc"] for gone in left_out):
                    problems[mistake(each, Pack)] = None
                left_out.extend(_mend(each, content, name))
    return None, list(problems)


def _mend(error: ErrorDetails, content: Any, name: str) -> Iterator[Place]:
    """Mend what is wrong at one place; yield the place if that takes leaving something out."""
    place = _replaceable(tuple(step for step in error["loc"] if step != KEY))
    around, last = _at(content, place[:-1]), place[-1]
    if type(around) not in (dict, list):
        return
    if error["type"] == "tuple_type" and isinstance(around[last], str):
        around[last] = [around[last]]
    elif place == ("id",):
        around[last] = name
    elif error["type"] != "extra_forbidden" and (stand_in := _stand_in(place)) is not None:
        around[last] = stand_in
    elif error["type"] == "missing":
        _at(content, place[:-2])[place[-2]] = _GONE
        yield place[:-1]
    else:
        around[last] = _GONE
        if error["type"] != "extra_forbidden":
            yield place


def _replaceable(place: Place) -> Place:
    """Return the place of the message or of the examples that a place is a part of, else the place."""
    for whole in ("message", "examples"):
        if whole in place:
            return place[: place.index(whole) + 1]
    return place[:2] if place[0] == "messages" else place


def _stand_in(place: Place) -> object:
    name = "message" if place[:-1] == ("messages",) and place[-1] in get_args(Category) else place[-1]
    return _STAND_INS.get(str(name))


def _without_examples(pack: Pack) -> Pack:
    """Return a pack without the examples that only stand for wrong ones."""
    return pack.model_copy(update={name: tuple(map(_checked, getattr(pack, name))) for name in ("rules", "types")})


def _checked(rule: Rule) -> Rule:
    if rule.examples != _NO_EXAMPLES:
        return rule
    return rule.model_copy(update={"examples": Examples.model_construct(match=(), no_match=())})


def _at(content: Any, place: Place) -> Any:
    for step in place:
        content = content.get(step) if isinstance(content, dict) else content[step] if content is not _GONE else _GONE
    return content


def _sound(content: Any) -> Any:
    """Return the content without what was left out."""
    if isinstance(content, dict):
        return {name: _sound(value) for name, value in content.items() if value is not _GONE}
    if isinstance(content, list):
        return [_sound(value) for value in content if value is not _GONE]
    return content


def _in_file(error: ErrorDetails, content: Any) -> ErrorDetails:
    """Return a mistake with its place as it is in the file, with all that was left out."""
    place: Place = ()
    for step in error["loc"]:
        place += (_counted(step, content) if isinstance(content, list) and isinstance(step, int) else step,)
        content = _at(content, place[-1:]) if isinstance(content, dict | list) else None
    return {**error, "loc": place}


def _counted(step: int, content: list[Any]) -> int:
    return [at for at, value in enumerate(content) if value is not _GONE][step]

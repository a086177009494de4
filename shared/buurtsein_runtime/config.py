"""Configuration files and lines of JSON: read once, checked whole, all mistakes reported at once."""

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from buurtsein_runtime.cures import cure_of

Model = TypeVar("Model", bound=BaseModel)

KEY: Final = "[key]"
"""How pydantic marks that the key at a place is wrong, and not its value."""

_BOOL: Final = "tag:yaml.org,2002:bool"
_TEXT: Final = "tag:yaml.org,2002:str"


class ConfigError(Exception):
    """A configuration file that is refused; `problems` names every mistake, each with its place."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__("\n".join([f"{path} is refused:", *(f"  - {problem}" for problem in problems)]))
        self.path = path
        self.problems = problems


class MistakesError(Exception):
    """Data that is refused; `problems` names every mistake, each with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class _Loader(yaml.CSafeLoader):
    """YAML as version 1.2 reads it where people trip over 1.1: `off`, `on`, `yes` and `no` are text.

    Refuses a mapping that names a key twice, of which plain YAML would silently keep the last.
    """

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
        if kind is yaml.ScalarNode and value and value[0] not in self.yaml_implicit_resolvers:
            return _TEXT
        tag: str = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        return tag

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        # Most of what files say is plain text, for which PyYAML would look up how to construct it.
        return node.value if node.tag == _TEXT else super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is named twice", key_node.start_mark)
            seen.add(key if isinstance(key, Hashable) else id(key_node))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL or first in "tTfF"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(path: Path, model: type[Model]) -> Model:
    """Return the YAML file as `model`; raises `ConfigError` with every mistake in it."""
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        raise ConfigError(path, mistakes(error, model)) from error


def read_yaml(path: Path) -> object:
    """Return what a YAML file holds; raises `ConfigError` when it can't be read."""
    try:
        content: object = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(path, [f"it is not YAML: {' '.join(str(error).split())}"]) from error
    return content


def load_json(path: Path, model: type[Model]) -> Model:
    """Return the JSON file as `model`, much sooner than as YAML; raises `ConfigError` with every mistake in it."""
    try:
        return read_json(path.read_bytes(), model)
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror}"]) from error
    except MistakesError as error:
        raise ConfigError(path, error.problems) from error


def read_json(raw: str | bytes, model: type[Model]) -> Model:
    """Return a JSON text as `model`; raises `MistakesError`, also for a key that an object has twice."""
    if (key := _named_twice(raw)) is not None:
        raise MistakesError([f"{key[:100]!r} is named twice in one object; keep one of them"])
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise MistakesError(mistakes(error, model)) from error


def mistakes(error: ValidationError, model: type[BaseModel] | None = None) -> list[str]:
    """Return every mistake once, as `place: what to do about it`; a mistake in a whole text has no place."""
    found = (mistake(each, model) for each in error.errors(include_url=False))
    return list(dict.fromkeys(found))


def mistake(error: ErrorDetails, model: type[BaseModel] | None = None) -> str:
    """Return one mistake as `place: what to do about it`."""
    if error["type"] == "json_invalid":
        return f"it is not JSON: {error['msg'].removeprefix('Invalid JSON: ')}"
    place = ".".join(str(step) for step in error["loc"] if step != KEY)
    return f"{place}: {cure_of(error, model)}" if place else cure_of(error, model)


def _named_twice(raw: str | bytes) -> str | None:
    """Return a key that an object of a JSON text has twice, of which plain JSON would silently keep the last."""
    try:
        json.loads(raw, object_pairs_hook=_each_once)
    except _TwiceError as error:
        return error.key
    except (ValueError, RecursionError):
        return None
    return None


def _each_once(pairs: list[tuple[str, object]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _TwiceError(key)
        seen.add(key)


class _TwiceError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

"""Configuration files: YAML read once, checked whole, all mistakes reported at once."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class ConfigError(Exception):
    """A configuration file that is refused; `problems` names every mistake, each with its place."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__("\n".join([f"{path} is refused:", *(f"  - {problem}" for problem in problems)]))
        self.path = path
        self.problems = problems


class _EachKeyOnce(yaml.CSafeLoader):
    """Refuses a mapping that names a key twice, of which plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is named twice", key_node.start_mark)
            seen.add(key if isinstance(key, Hashable) else id(key_node))
        return super().construct_mapping(node, deep)


def load_yaml(path: Path, model: type[Model]) -> Model:
    """Return the YAML file as `model`; raises `ConfigError` with every mistake in it."""
    try:
        content = yaml.load(path.read_text("utf-8"), _EachKeyOnce)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(path, [f"it is not YAML: {' '.join(str(error).split())}"]) from error
    return _checked(path, lambda: model.model_validate(content))


def load_json(path: Path, model: type[Model]) -> Model:
    """Return the JSON file as `model`, much sooner than as YAML; raises `ConfigError` with every mistake in it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror}"]) from error
    return _checked(path, lambda: model.model_validate_json(content))


def _checked(path: Path, validated: Callable[[], Model]) -> Model:
    try:
        return validated()
    except ValidationError as error:
        raise ConfigError(path, [problem(entry["loc"], entry["msg"]) for entry in error.errors()]) from error


def problem(place: tuple[int | str, ...], message: str) -> str:
    """Return one mistake as `place: what is wrong`."""
    return f"{'.'.join(map(str, place)) or 'file'}: {message.removeprefix('Value error, ')}"

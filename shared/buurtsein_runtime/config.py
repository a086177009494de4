"""Configuration files: YAML read once, checked whole, all mistakes reported at once."""

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


def load_yaml(path: Path, model: type[Model]) -> Model:
    """Return the YAML file as `model`; raises `ConfigError` with every mistake in it."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(path, [f"it is not YAML: {' '.join(str(error).split())}"]) from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise ConfigError(path, [problem(entry["loc"], entry["msg"]) for entry in error.errors()]) from error


def problem(place: tuple[int | str, ...], message: str) -> str:
    """Return one mistake as `place: what is wrong`."""
    return f"{'.'.join(map(str, place)) or 'file'}: {message.removeprefix('Value error, ')}"

"""Files of JSON lines; what has any mistake is refused with all of them."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from buurtsein_runtime.config import ConfigError, MistakesError, read_json

Model = TypeVar("Model", bound=BaseModel)

Lines = list[tuple[int, bytes]]
"""Lines that are not blank, with their numbers."""


def lines_of(path: Path) -> Lines:
    """Return the lines of a file; raises `ConfigError` when it cannot be read or holds none."""
    try:
        lines = [(number, line) for number, line in enumerate(path.read_bytes().splitlines(), 1) if line.strip()]
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror}"]) from error
    if not lines:
        raise ConfigError(path, ["it is empty: it takes one JSON object a line"])
    return lines


def read_as(model: type[Model], lines: Lines, path: Path) -> tuple[Model, ...]:
    """Return each line as `model`; raises `ConfigError` with every mistake, each with its line and field."""
    found: list[Model] = []
    problems: list[str] = []
    for number, line in lines:
        try:
            found.append(read_json(line, model))
        except MistakesError as error:
            problems += [f"line {number}: {mistake}" for mistake in error.problems]
    if problems:
        raise ConfigError(path, problems)
    return tuple(found)

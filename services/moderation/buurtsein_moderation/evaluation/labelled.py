"""Labelled messages and group sentences, and the half of a file that they belong to."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from buurtsein_events.values import Category, SignalType
from buurtsein_moderation.language import Language
from buurtsein_runtime.config import ConfigError, problem

Half = Literal["a", "b"]


class _Labelled(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    text: Annotated[str, Field(min_length=1)]
    lang: Language


class LabelledMessage(_Labelled):
    """A message with its type, the gravest category that applies and the exact parts of it that are private.

    A `note` says what makes it hard.
    """

    id: str
    type: SignalType
    moderation: Category | Literal["ok"]
    privacy: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _parts_of_the_text(self) -> "LabelledMessage":
        if missing := [part for part in self.privacy if part not in self.text]:
            raise ValueError(f"privacy names {missing[0]!r}, which the text does not hold")
        return self

    @property
    def name(self) -> str:
        """Return what tells it apart."""
        return self.id


class GroupSentence(_Labelled):
    """A sentence about a group of people, whether it is hateful, and of which kind it is."""

    hateful: bool
    kind: str

    @property
    def name(self) -> str:
        """Return what tells it apart."""
        return self.text


Label = TypeVar("Label", LabelledMessage, GroupSentence)

Labels = tuple[LabelledMessage, ...] | tuple[GroupSentence, ...]

_LINE: Final = TypeAdapter(dict[str, object])


def read_labels(path: Path) -> Labels:
    """Return the lines of a JSON Lines file: sentences when its first line says whether it is `hateful`, else messages.

    Raises `ConfigError` with every mistake, each with its line and field.
    """
    try:
        lines = [(number, line) for number, line in enumerate(path.read_bytes().splitlines(), 1) if line.strip()]
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror}"]) from error
    if not lines:
        raise ConfigError(path, ["it holds no labelled messages, one JSON object a line"])
    return _read(path, lines, GroupSentence) if _of_groups(lines[0][1]) else _read(path, lines, LabelledMessage)


def half_of(name: str) -> Half:
    """Return the half that a message is in, by the first byte of the SHA-256 of its name: the same one for ever."""
    return "a" if sha256(name.encode()).digest()[0] % 2 == 0 else "b"


def _of_groups(line: bytes) -> bool:
    try:
        return "hateful" in _LINE.validate_json(line)
    except ValidationError:
        return False


def _read(path: Path, lines: Sequence[tuple[int, bytes]], label: type[Label]) -> tuple[Label, ...]:
    found: list[Label] = []
    problems: list[str] = []
    for number, line in lines:
        try:
            found.append(label.model_validate_json(line))
        except ValidationError as error:
            problems += [f"line {number}: {problem(entry['loc'], entry['msg'])}" for entry in error.errors()]
    if problems:
        raise ConfigError(path, problems)
    return tuple(found)

"""Labelled messages and group sentences, and the half of a file that they belong to."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from buurtsein_events.values import Category, SignalType
from buurtsein_moderation.jsonlines import lines_of, read_as
from buurtsein_moderation.language import Language

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
    moderation: Literal["ok", Category]
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


Labels = tuple[LabelledMessage, ...] | tuple[GroupSentence, ...]


class _First(BaseModel):
    """What the first line tells about a file."""

    hateful: object = None


def read_labels(path: Path) -> Labels:
    """Return the lines of a JSON Lines file: sentences when its first line says whether it is `hateful`, else messages.

    Raises `ConfigError` with every mistake, each with its line and field.
    """
    lines = lines_of(path)
    of_groups = "hateful" in read_as(_First, lines[:1], path)[0].model_fields_set
    return read_as(GroupSentence, lines, path) if of_groups else read_as(LabelledMessage, lines, path)


def half_of(name: str) -> Half:
    """Return the half that a message is in, by the first byte of the SHA-256 of its name: the same one for ever."""
    return "a" if sha256(name.encode()).digest()[0] % 2 == 0 else "b"

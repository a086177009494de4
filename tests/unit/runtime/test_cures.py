"""Mistakes in data, in words for whoever made it."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from buurtsein_runtime.cures import cure_of, fields_at


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    many: Annotated[tuple[Annotated[float, Field(gt=0)], ...], Field(min_length=1, max_length=2)] = (1.0,)
    no_match: str = Field(default="x", alias="not")


class _Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: dict[str, tuple[_Part, ...]] = {}
    part: _Part | None = None
    kind: Literal["a", "b"] = "a"
    number: int = 1
    sure: bool = True
    name: Annotated[str, Field(min_length=1, max_length=3, pattern="^[a-z]+$")] = "x"


def _cures(content: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        _Whole.model_validate(content)
    return [cure_of(error, _Whole) for error in caught.value.errors()]


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        ([], "must be a JSON object"),
        ({"kind": "c"}, "must be one of 'a', 'b'"),
        ({"number": "x"}, "must be a whole number, without quotes"),
        ({"number": 1.5}, "must be a whole number, without quotes"),
        ({"sure": "perhaps"}, "must be true or false, without quotes"),
        ({"name": ""}, "is empty; fill it in or leave it out"),
        ({"name": "abcd"}, "is too long; at most 3 characters are allowed"),
        ({"name": "A"}, "must match the pattern ^[a-z]+$"),
        ({"name": 1}, "must be text between quotes"),
        ({"parts": []}, "must be a JSON object"),
        ({"parts": {"a": 1}}, "must be a list"),
        ({"part": {"many": []}}, "has too few items; at least 1 are needed"),
        ({"part": {"many": [1, 2, 3]}}, "has too many items; at most 2 are allowed"),
        ({"part": {"many": [1, 0]}}, "must be more than 0.0"),
        ({"part": {"many": [1, "x"]}}, "must be a number, without quotes"),
        ({"part": {"nott": 1}}, "is not a field here; leave it out. The fields are many, not"),
        ({"pats": {}}, "is not a field here; leave it out. The fields are parts, part, kind, number, sure, name"),
    ],
)
def test_every_mistake_has_a_cure(content: object, cure: str) -> None:
    """None is told in the words of the library that found it."""
    assert _cures(content) == [cure]


def test_a_mistake_that_has_no_words_of_its_own_is_told_in_the_same_manner() -> None:
    """As what must be."""

    class Rare(BaseModel):
        callback: frozenset[int]

    with pytest.raises(ValidationError) as caught:
        Rare.model_validate({"callback": 1})
    assert cure_of(caught.value.errors()[0]) == "must be a valid frozenset"


def test_fields_are_those_of_the_innermost_model() -> None:
    """Through keys of mappings and numbers of lists."""
    assert fields_at(_Whole, ("parts", "any", 3)) == ("many", "not")

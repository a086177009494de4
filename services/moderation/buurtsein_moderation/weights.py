"""Weights of signs, as labelled messages gave them: data beside the packs, read and checked here."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from struct import Struct
from struct import error as StructError  # noqa: N812  # it is a class
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, PlainValidator, ValidationInfo, model_validator

from buurtsein_events.values import Category, SignalType
from buurtsein_moderation.packs import CategoryRule, Examples, Matches, Part, Wording

WEIGHED: Final = "weighed."
"""How the ids of what stands for a rule begin where only weighing finds something."""

UNIT: Final = 100
"""Weights are whole hundredths, which keeps the file small."""

BITS: Final = 32
"""Bits of each weight in a packed row."""

_HEAVIEST: Final = 10_000
"""Hundredths that a sign may weigh, so that the sums of all signs of a message fit in their bits."""

_HALF: Final = 1 << (BITS - 1)

_WEIGHED: Final = Matches(phrases=("*",))
"""What a rule that weighing stands for says that it matches: any word."""

Judged = Literal["ok", Category]
"""What a message is: `ok`, or what is wrong with it."""


def packed(row: Sequence[int]) -> int:
    """Return weights as one whole number, 32 bits for each, so that one sum adds up all of them."""
    return sum(weight << BITS * at for at, weight in enumerate(row))


class _Raised(dict[str, int]):
    """What weights are raised to, so that none is below nothing, by how they are written: few differ."""

    def __missing__(self, written: str) -> int:
        weight = int(written)
        if abs(weight) > _HEAVIEST:
            raise ValueError(written)
        return self.setdefault(written, _HALF + weight)


def _packed_rows(rows: object, info: ValidationInfo) -> dict[str, int]:
    """Return each row packed as it is read: a list of small numbers for every sign would take five times the memory."""
    if not isinstance(rows, dict):
        raise ValueError("signs must be an object with the weights of each sign")
    wanted = len(info.data.get("categories", ())) + len(info.data.get("types", ()))
    bits, halves, raised = Struct(f"<{wanted}I"), packed([_HALF] * wanted), _Raised().__getitem__
    found: dict[str, int] = {}
    for sign, row in rows.items():
        try:
            found[sign] = int.from_bytes(bits.pack(*map(raised, row.split())), "little") - halves
        except (AttributeError, ValueError, StructError) as error:
            raise ValueError(f"{sign} {_mistake(row, wanted)}") from error
    return found


def _mistake(row: object, wanted: int) -> str:
    try:
        weights = list(map(int, row.split())) if isinstance(row, str) else []
    except ValueError:
        weights = []
    if not weights:
        return 'must have a text of whole numbers with spaces between, such as "12 -3 0"'
    if len(weights) != wanted:
        return f"has not {wanted} weights, one for each category and type"
    return f"weighs more than {_HEAVIEST} hundredths"


class Weights(Part):
    """The weights of every sign: first for each of `categories`, then for each of `types`, in hundredths.

    A sign has them as one text, since forty thousand lists of numbers take long to read.
    A message is held when it is `ok` with a share below `hold_below` for what is most likely wrong with it, and a rule
    does not apply to a message that is `ok` with a share of `pass_from` or more: a grave one of `clear_from` or more,
    when the words around what it matches are rather well, too. From a share of `urgent_from` on it may be urgent. A
    long message is also held when a part of it, by itself, is `ok` with a share below `hold_part_below`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    version: Annotated[int, Field(ge=1)]
    hold_below: Mapping[Category, Annotated[float, Field(ge=0, le=1)]]
    hold_part_below: Mapping[Category, Annotated[float, Field(ge=0, le=1)]] = {}
    pass_from: Annotated[float, Field(ge=0, le=1)]
    clear_from: Annotated[float, Field(ge=0, le=1)]
    urgent_from: Annotated[float, Field(ge=0, le=1)]
    message: Wording
    categories: Annotated[tuple[Judged, ...], Field(min_length=2)]
    types: Annotated[tuple[SignalType, ...], Field(min_length=1)]
    bias: tuple[int, ...]
    signs: Annotated[Mapping[str, int], PlainValidator(_packed_rows)]

    @model_validator(mode="after")
    def _one_for_each(self) -> "Weights":
        wanted = len(self.categories) + len(self.types)
        if len(self.bias) != wanted:
            raise ValueError(f"bias has not {wanted} weights, one for each category and type")
        if "ok" not in self.categories:
            raise ValueError("categories lack ok")
        if len({*self.categories, *self.types}) < wanted:
            raise ValueError("a category or type is named twice")
        return self

    @model_validator(mode="after")
    def _in_order(self) -> "Weights":
        for category, share in self.hold_below.items():
            if category not in self.categories:
                raise ValueError(f"hold_below has {category}, which is not one of the categories: leave it out")
            if share > self.pass_from:
                raise ValueError(
                    f"hold_below.{category} is {share} and pass_from {self.pass_from}: what lies between would be both "
                    "held and passed, so hold_below must be pass_from or less"
                )
        if self.clear_from < self.pass_from:
            raise ValueError(
                f"clear_from is {self.clear_from} and pass_from {self.pass_from}: grave rules would be outweighed "
                "before others, so clear_from must be pass_from or more"
            )
        return self

    @cached_property
    def rules(self) -> Mapping[str, CategoryRule]:
        """What stands for the rule where only weighing finds something: a coordinator looks, nothing more."""
        return {category: self._rule(category) for category in self.categories if category != "ok"}

    def _rule(self, category: Category) -> CategoryRule:
        return CategoryRule(
            id=f"{WEIGHED}{category}",
            version=self.version,
            category=category,
            matches=_WEIGHED,
            verdict="hold",
            severity="low",
            strike=False,
            next_step="wait",
            message=self.message,
            examples=Examples.model_construct(match=(), no_match=()),
        )

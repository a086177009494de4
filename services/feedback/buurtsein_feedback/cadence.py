"""How often whom is told what: the cadence as a table, and what makes one refused."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel

from buurtsein_events.values import Involvement

Kind = Literal["incident", "trend"]
"""What comes by cadence; urgent digests and notices come at once."""

KINDS: Final[tuple[Kind, ...]] = ("incident", "trend")
INVOLVEMENTS: Final[tuple[Involvement, ...]] = ("member", "involved", "coordinator")

DAY: Final = timedelta(days=1)
QUARTER: Final = timedelta(minutes=15)
"""Every time zone's offset is a multiple of it, so a boundary on the wall is one in UTC too."""

LONGEST: Final = timedelta(days=28)

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": DAY}


def duration(text: object) -> timedelta:
    """Return `15m`, `1h` or `7d` as a duration; raises ValueError for anything else."""
    found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", text) if isinstance(text, str) else None
    if not found:
        raise ValueError("write a number and m, h or d, such as 15m, 1h or 7d")
    return int(found[1]) * _UNITS[found[2]]


def wall_time(text: object) -> time:
    """Return `22:00` as a time of day; raises ValueError for anything else."""
    if not isinstance(text, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError('write hours and minutes in quotes, such as "22:00"')
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007


Duration = Annotated[timedelta, BeforeValidator(duration)]
WallTime = Annotated[time, BeforeValidator(wall_time)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quiet(_Part):
    """A part of the day, on the wall's clock, in which nothing is sent that can wait; it may span midnight."""

    begin: Annotated[WallTime, Field(alias="from")]
    until: WallTime

    def holds(self, at: time) -> bool:
        """Tell whether it is quiet at this time of day."""
        if self.begin <= self.until:
            return self.begin <= at < self.until
        return at >= self.begin or at < self.until


class Row(_Part):
    """How often each involvement hears about one kind of news."""

    member: Duration
    involved: Duration
    coordinator: Duration

    def of(self, involvement: Involvement) -> timedelta:
        """Return the cadence of an involvement."""
        return {"member": self.member, "involved": self.involved, "coordinator": self.coordinator}[involvement]


class Table(_Part):
    """How often whom is told what."""

    incident: Row
    trend: Row


class Cadence(_Part):
    """When digests come, how many items they show and when they wait."""

    tick: Duration = QUARTER
    quiet: Quiet | None = None
    max_items: Annotated[int, Field(ge=1, le=20)] = 10
    every: Table

    def of(self, kind: Kind, involvement: Involvement) -> timedelta:
        """Return how often an involvement hears about a kind of news."""
        row = self.every.incident if kind == "incident" else self.every.trend
        return row.of(involvement)


class Draft(RootModel[dict[str, object]]):
    """A cadence file before anything in it was checked."""


def conflicts(draft: Mapping[str, object]) -> list[str]:
    """Return what the times of a draft do wrong together; those that are no times at all are left out."""
    every = {place: at for place in _places() if (at := _duration_at(draft, ("every", *place)))}
    tick = _duration_at(draft, ("tick",)) or QUARTER
    return [*_tick_problems(tick), *_step_problems(every, tick), *_quiet_problems(draft, tick), *_order_problems(every)]


_Every = Mapping[tuple[Kind, Involvement], timedelta]


def _places() -> Iterator[tuple[Kind, Involvement]]:
    return ((kind, involvement) for kind in KINDS for involvement in INVOLVEMENTS)


def _tick_problems(tick: timedelta) -> Iterator[str]:
    if QUARTER % tick:
        yield f"tick: {_text(tick)} does not divide 15m"


def _step_problems(every: _Every, tick: timedelta) -> Iterator[str]:
    for (kind, involvement), step in every.items():
        place = f"every.{kind}.{involvement}"
        if step % tick:
            yield f"{place}: {_text(step)} is not a multiple of the tick, {_text(tick)}"
        if (step % DAY if step > DAY else DAY % step) or step > LONGEST:
            yield f"{place}: {_text(step)} neither divides a day nor is whole days, at most {_text(LONGEST)}"


def _quiet_problems(draft: Mapping[str, object], tick: timedelta) -> Iterator[str]:
    try:
        end = wall_time(_at(draft, ("quiet", "until")))
    except ValueError:
        return
    if timedelta(minutes=end.minute) % tick:
        yield f"quiet.until: {end:%H:%M} is not a multiple of the tick, {_text(tick)}"


def _order_problems(every: _Every) -> Iterator[str]:
    def slower(one: tuple[Kind, Involvement], other: tuple[Kind, Involvement], why: str) -> Iterator[str]:
        if one in every and other in every and every[one] < every[other]:
            yield (
                f"every.{'.'.join(one)}: {_text(every[one])} is more often than every.{'.'.join(other)}, "
                f"{_text(every[other])}: {why}"
            )

    for involvement in INVOLVEMENTS:
        yield from slower(("trend", involvement), ("incident", involvement), "incidents come sooner than trends")
    for kind in KINDS:
        yield from slower((kind, "member"), (kind, "involved"), "those involved hear sooner than members")


def _at(draft: object, place: tuple[str, ...]) -> object:
    for name in place:
        draft = draft.get(name) if isinstance(draft, Mapping) else None
    return draft


def _duration_at(draft: Mapping[str, object], place: tuple[str, ...]) -> timedelta | None:
    try:
        return duration(_at(draft, place))
    except ValueError:
        return None


def _text(span: timedelta) -> str:
    unit = next(unit for unit in ("d", "h", "m") if not span % _UNITS[unit])
    return f"{span // _UNITS[unit]}{unit}"

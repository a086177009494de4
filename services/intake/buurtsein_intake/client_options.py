"""The options of `buurtsein client`: what each may be, and what would be right when it is not."""

import re
from datetime import timedelta
from typing import Final, get_args

import click

from buurtsein_intake.clients import Right

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_SPAN: Final = re.compile(r"(\d{1,5})([mhd])")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}
_RATE: Final = re.compile(r"(\d{1,6})/([smh])")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}


class NameOption(click.ParamType):
    """The name of a client as keys carry it."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or fail with what would be right."""
        if not _NAME.fullmatch(value):
            self.fail(f"{value!r} is no name; use up to 40 of a-z, 0-9 and -, such as buurt-app", param, ctx)
        return value


class SpanOption(click.ParamType):
    """An option that says how long: 90d, 12h or 30m."""

    name = "span"

    def __init__(self, *, least: timedelta = timedelta(0)) -> None:
        self._least = least

    def convert(self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Return the time, or fail with what would be right."""
        if isinstance(value, timedelta):
            return value
        found = _SPAN.fullmatch(value)
        if not found:
            self.fail(f"{value!r} is no length of time; use 90d, 12h or 30m", param, ctx)
        span = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if span < self._least:
            self.fail(f"{value!r} is over at once; use 90d, 12h or 30m", param, ctx)
        return span


class RateOption(click.ParamType):
    """An option that says how often: 50/s, 100/m, 1000/h, or unlimited."""

    name = "rate"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return how many a second, 0 for unlimited, or fail with what would be right."""
        if isinstance(value, float):
            return value
        if value == "unlimited":
            return 0.0
        found = _RATE.fullmatch(value)
        if not found or not int(found[1]):
            self.fail(f"{value!r} is no rate; use 50/s, 100/m or 1000/h, or unlimited", param, ctx)
        return int(found[1]) / _SECONDS[found[2]]


class ScopesOption(click.ParamType):
    """An option that names scopes, separated by commas."""

    name = "scopes"

    def convert(
        self, value: str | tuple[Right, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Right, ...]:
        """Return the scopes, or fail with those that there are."""
        if isinstance(value, tuple):
            return value
        named = {part.strip() for part in value.split(",")}
        known: tuple[Right, ...] = get_args(Right)
        if unknown := sorted(named.difference(known)):
            self.fail(f"{unknown[0]!r} is no scope; the scopes are {', '.join(known)}", param, ctx)
        return tuple(scope for scope in known if scope in named)


NAME: Final = NameOption()
SPAN: Final = SpanOption()
LIFE: Final = SpanOption(least=timedelta(minutes=1))
RATE: Final = RateOption()
SCOPES: Final = ScopesOption()

"""What the command lines of all services share: times as options, and text that is safe to print."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

import click

from buurtsein_runtime.clock import SystemClock

_SPANS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def printable(text: str) -> str:
    """Return `text` with everything escaped that a terminal would act on or not show: controls and direction marks."""
    return "".join(each if each.isprintable() else _escaped(each) for each in text)


def moment(text: str, now: datetime) -> datetime:
    """Return the time that `text` names, an ISO 8601 time or how long ago; raises `ValueError`."""
    if found := re.fullmatch(r"(\d{1,6})([smhd])", text):
        return now - timedelta(**{_SPANS[found[2]]: int(found[1])})
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class Moment(click.ParamType):
    """An option that names a time: 6d, 12h, 30m, 10s or ISO 8601, in UTC when it has no offset."""

    name = "moment"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the time, or fail with what would be right."""
        if isinstance(value, datetime):
            return value
        try:
            return moment(value, SystemClock().now())
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is neither 6d, 12h, 30m or 10s nor an ISO 8601 time", param, ctx)


MOMENT: Final = Moment()


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")

"""What the tools for dead letters and accounting print: safe for a terminal, whatever is in a record."""

import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Final

import click
from rich.console import Console

from buurtsein_runtime.clock import SystemClock

WIDE: Final = 220
_SPANS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def console() -> Console:
    """Return a console on standard output; what is not a terminal gets wide lines instead of cut ones."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False)


def printable(text: str) -> str:
    """Return `text` with everything escaped that a terminal would act on or not show: controls and direction marks."""
    return "".join(each if each.isprintable() else _escaped(each) for each in text)


def shown(raw: bytes | None) -> list[str]:
    """Return lines that show bytes: as text when they are UTF-8, else as a hex dump."""
    if raw is None:
        return ["(null)"]
    try:
        return [printable(line) for line in raw.decode("utf-8").split("\n")]
    except UnicodeDecodeError:
        return [_dumped(offset, raw[offset : offset + 16]) for offset in range(0, len(raw), 16)]


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


def _dumped(offset: int, raw: bytes) -> str:
    text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in raw)
    return f"{offset:08x}  {raw.hex(' '):<47}  {text}"

"""What the tools for dead letters and accounting print: safe for a terminal, whatever is in a record."""

import sys
from typing import Final

from rich.console import Console

from buurtsein_runtime.terminal import printable

WIDE: Final = 220


def console() -> Console:
    """Return a console on standard output; what is not a terminal gets wide lines instead of cut ones."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False)


def shown(raw: bytes | None) -> list[str]:
    """Return lines that show bytes: as text when they are UTF-8, else as a hex dump."""
    if raw is None:
        return ["(null)"]
    try:
        return [printable(line) for line in raw.decode("utf-8").split("\n")]
    except UnicodeDecodeError:
        return [_dumped(offset, raw[offset : offset + 16]) for offset in range(0, len(raw), 16)]


def _dumped(offset: int, raw: bytes) -> str:
    text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in raw)
    return f"{offset:08x}  {raw.hex(' '):<47}  {text}"

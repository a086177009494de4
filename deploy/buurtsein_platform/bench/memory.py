"""(e) Memory of each process and (f) seconds until everything is ready."""

import re
import time
from pathlib import Path

from buurtsein_platform.platform import Platform

_ROLLUP = re.compile(r"^(Rss|Pss):\s+(\d+) kB$", re.MULTILINE)


def memory(platform: Platform) -> dict[str, dict[str, float]]:
    """Return MB of each running program: resident (rss), and with shared pages divided by their users (pss)."""
    return {name: _of(pids[0]) for name in platform.programs() if (pids := platform.process_ids(name))}


def seconds_to_ready(platform: Platform) -> float:
    """Return the seconds of `up`, with what `up` keeps in its cache in place."""
    begun = time.monotonic()
    platform.up()
    return time.monotonic() - begun


def _of(pid: int) -> dict[str, float]:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    return {name.lower(): int(kilobytes) / 1024 for name, kilobytes in _ROLLUP.findall(text)}

"""The log files of the programs: found, shown, followed."""

import threading
from collections.abc import Iterator
from pathlib import Path

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home
from buurtsein_platform.waiting import INTERVAL


def log_files(home: Home, program: str | None) -> dict[str, Path]:
    """Return the log files by program, of one or of all; raises `PlatformError` when there are none."""
    found = {log.stem: log for log in sorted(home.logs.glob("*.log")) if program in (None, log.stem)}
    if not found:
        known = ", ".join(sorted(log.stem for log in home.logs.glob("*.log")))
        raise PlatformError(
            f"There is no log of {program or 'anything'} in {home.logs}" + (f": only of {known}." if known else ".")
        )
    return found


def tail(logs: dict[str, Path], *, lines: int, follow: bool) -> Iterator[str]:
    """Yield the last lines of the logs, then what is written to them; a line of several begins with its log's name."""
    marks = {name: f"{name:<12} | " if len(logs) > 1 else "" for name in logs}
    places = {name: log.stat().st_size for name, log in logs.items()}
    for name, log in logs.items():
        yield from (marks[name] + line for line in last_lines(log, lines))
    pause = threading.Event()
    while follow:
        for name, log in logs.items():
            fresh, places[name] = written_since(log, places[name])
            yield from (marks[name] + line for line in fresh)
        pause.wait(INTERVAL * 4)


def written_since(log: Path, place: int) -> tuple[list[str], int]:
    """Return the whole lines after a place in a log and the place after them; a log that was rotated starts anew."""
    if not log.exists():
        return [], place
    with log.open("rb") as file:
        file.seek(0 if log.stat().st_size < place else place)
        begun = file.tell()
        text, newline, _ = file.read().rpartition(b"\n")
    return text.decode("utf-8", errors="replace").splitlines(), begun + len(text) + len(newline)


def last_lines(log: Path, count: int) -> list[str]:
    """Return the last lines of a log file, none when there is no file."""
    if not log.exists():
        return []
    return log.read_text("utf-8", errors="replace").splitlines()[-count:]

"""Log lines that are written together: one write for those of the moment instead of one for each."""

import asyncio
import atexit
from typing import TextIO

_SECONDS = 0.02


class Lines:
    """A structlog logger that writes within 20 ms, at the end of the process, or at once outside an event loop."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._waiting: list[str] = []
        atexit.register(self.flush)

    def msg(self, line: str) -> None:
        """Take a line."""
        self._waiting.append(line)
        if len(self._waiting) == 1:
            try:
                asyncio.get_running_loop().call_later(_SECONDS, self.flush)
            except RuntimeError:
                self.flush()

    debug = info = warning = error = critical = exception = msg

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            self._file.write("\n".join([*self._waiting, ""]))
            self._file.flush()
            self._waiting.clear()

"""Waiting for something to become true, within a bound."""

import threading
import time
from collections.abc import Callable

INTERVAL = 0.05


def wait_until(true: Callable[[], bool], *, seconds: float) -> bool:
    """Ask until `true()` holds or the seconds are over; returns whether it holds."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not true():
        if time.monotonic() > deadline:
            return False
        pause.wait(INTERVAL)
    return True

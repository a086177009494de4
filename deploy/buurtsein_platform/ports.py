"""Ports on 127.0.0.1: the wanted one when it is free, else the next."""

import socket
from collections.abc import Mapping
from contextlib import ExitStack
from secrets import randbelow

HOST = "127.0.0.1"
DEFAULT_PORTS: Mapping[str, int] = {
    "kafka": 9092,
    "controller": 9093,
    "store": 6379,
    "intake": 8100,
    "moderation": 8101,
    "routing": 8102,
    "feedback": 8103,
    "moderation-2": 8111,
    "routing-2": 8112,
    "feedback-2": 8113,
}
SEARCHED = 2000


def choose_ports(wanted: Mapping[str, int] = DEFAULT_PORTS) -> dict[str, int]:
    """Return a free port for each name, the wanted one or the next above it; no port twice."""
    with ExitStack() as held:
        return {name: _hold(port, held) for name, port in wanted.items()}


def scattered_ports() -> dict[str, int]:
    """Return wanted ports far from the defaults and below those that the system gives to outgoing connections."""
    first = 15_000 + randbelow(12_000)
    return {name: first + place for place, name in enumerate(DEFAULT_PORTS)}


def listens(port: int, host: str = HOST) -> bool:
    """Return whether something accepts connections on the port."""
    try:
        socket.create_connection((host, port), 1).close()
    except OSError:
        return False
    return True


def _hold(wanted: int, held: ExitStack) -> int:
    for port in range(wanted, wanted + SEARCHED):
        candidate = socket.socket()
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((HOST, port))
            candidate.listen(1)
        except OSError:
            candidate.close()
        else:
            held.enter_context(candidate)
            return port
    raise OSError(f"no free port between {wanted} and {wanted + SEARCHED}")

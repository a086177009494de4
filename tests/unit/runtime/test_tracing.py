"""Trace context."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from buurtsein_runtime.settings import Settings
from buurtsein_runtime.tracing import new_traceparent, tracer, valid_traceparent


class Collector(BaseHTTPRequestHandler):
    """Takes what an OpenTelemetry exporter sends."""

    def do_POST(self) -> None:
        """Read the spans and say thanks."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay silent."""


@pytest.fixture(scope="session")
def collector() -> str:
    """Serve a collector until the process ends, for the exporter sends its last spans then."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def test_a_new_trace_context_is_valid() -> None:
    """What we make, we accept."""
    made = new_traceparent()
    assert valid_traceparent(made) == made


@pytest.mark.parametrize(
    "value",
    [None, "", "nonsense", "00-" + "0" * 32 + "-" + "1" * 16 + "-01", "ff-" + "1" * 32 + "-" + "1" * 16 + "-01\n"],
)
def test_an_invalid_trace_context_is_not_passed_on(value: str | None) -> None:
    """A client's nonsense does not reach an event."""
    assert valid_traceparent(value) is None


def test_without_an_endpoint_the_trace_context_passes_through() -> None:
    """Nothing is recorded and nothing is lost."""
    made = new_traceparent()
    assert tracer(Settings(), "routing").span("decide", made, {}) == made


def test_with_an_endpoint_a_span_stays_in_its_trace(collector: str) -> None:
    """The trace id is kept, the span id is new."""
    made = new_traceparent()
    recorded = tracer(Settings(otlp_endpoint=collector), "routing").span("decide", made, {"event": "e"})
    assert recorded is not None
    assert recorded.split("-")[1] == made.split("-")[1]
    assert recorded.split("-")[2] != made.split("-")[2]

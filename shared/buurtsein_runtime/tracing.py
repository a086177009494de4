"""W3C trace context from HTTP through every event, and OpenTelemetry spans when an endpoint is configured."""

import re
import secrets
from collections.abc import Mapping
from typing import Protocol

from buurtsein_runtime.settings import Settings

_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def new_traceparent() -> str:
    """Return a fresh sampled trace context (W3C Trace Context, section 3.2)."""
    bits = secrets.token_hex(24)
    return f"00-{bits[:32]}-{bits[32:]}-01"


def valid_traceparent(value: str | None) -> str | None:
    """Return `value` if it is a version 00 trace context."""
    return value if value and _TRACEPARENT.fullmatch(value) else None


class Tracer(Protocol):
    """Records that something was done within a trace."""

    def span(self, name: str, parent: str | None, attributes: Mapping[str, str]) -> str | None:
        """Record a span below `parent` and return the trace context for what follows from it."""
        ...


class NoTracer:
    """Passes the trace context on untouched, as the standard asks of one who does not take part."""

    def span(self, name: str, parent: str | None, attributes: Mapping[str, str]) -> str | None:  # noqa: ARG002
        """Return `parent`."""
        return parent


class OtlpTracer:
    """Sends spans to an OpenTelemetry collector over HTTP."""

    def __init__(self, service: str, endpoint: str) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

        provider = TracerProvider(resource=Resource.create({"service.name": f"buurtsein-{service}"}))
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = provider.get_tracer("buurtsein")
        self._propagator = TraceContextTextMapPropagator()

    def span(self, name: str, parent: str | None, attributes: Mapping[str, str]) -> str | None:
        """Record a span below `parent` and return its trace context."""
        from opentelemetry.trace import set_span_in_context  # noqa: PLC0415

        context = self._propagator.extract({"traceparent": parent} if parent else {})
        span = self._tracer.start_span(name, context=context, attributes=dict(attributes))
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier, context=set_span_in_context(span))
        span.end()
        return carrier.get("traceparent", parent)


def tracer(settings: Settings, service: str) -> Tracer:
    """Return the tracer of the settings; the OpenTelemetry packages are only loaded when there is an endpoint."""
    return OtlpTracer(service, settings.otlp_endpoint) if settings.otlp_endpoint else NoTracer()

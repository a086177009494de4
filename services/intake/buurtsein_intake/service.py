"""The intake service: takes reports and outcomes over HTTP; settings come from the environment."""

import sys

import structlog
import uvicorn

from buurtsein_intake.app import bootstrap
from buurtsein_intake.lines import Lines
from buurtsein_intake.settings import IntakeSettings
from buurtsein_runtime import logs
from buurtsein_runtime.config import ConfigError
from buurtsein_runtime.protocol import BoundedProtocol


def main() -> None:
    """Serve until told to end; requests under way are then answered first, within a bound."""
    settings = IntakeSettings()
    logs.configure(settings, "intake")
    lines = Lines(sys.stdout)
    structlog.configure(logger_factory=lambda *_: lines)
    if settings.secret == IntakeSettings.model_fields["secret"].default:
        structlog.get_logger().warning("secret_is_public", cure="set BUURTSEIN_SECRET")
    try:
        api = bootstrap(settings)
    except ConfigError as error:
        sys.exit(str(error))
    uvicorn.run(
        api,
        host=settings.http_host,
        port=settings.http_port,
        loop="uvloop",
        http=BoundedProtocol,
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.drain_seconds,
    )

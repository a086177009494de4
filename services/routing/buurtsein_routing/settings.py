"""Settings of the routing service."""

from pathlib import Path

from buurtsein_runtime.settings import StageSettings

ROUTES = Path(__file__).parent.parent / "routing.yaml"


class RoutingSettings(StageSettings):
    """What a stage needs, and where the routes are (`BUURTSEIN_ROUTES`)."""

    http_port: int = 8102
    routes: Path = ROUTES

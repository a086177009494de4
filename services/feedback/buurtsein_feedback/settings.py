"""The settings of the feedback service."""

from pathlib import Path

from buurtsein_runtime.settings import StageSettings

CONFIG = Path(__file__).parent.parent


class FeedbackSettings(StageSettings):
    """What feedback needs besides; a webhook that fails is waited for `sink_patience` seconds.

    It rests longer between transactions than other stages, for its readers count in minutes. `more_url` is where all
    news of a community can be read, with `{community}` and `{involvement}` in it. `allow_private_sinks` lets webhooks
    be inside the operator's own network.
    """

    http_port: int = 8103
    rest_least: float = 0.1
    rest_most: float = 0.25
    cadence: Path = CONFIG / "cadence.yaml"
    sinks: Path = CONFIG / "sinks.yaml"
    outbox: Path = Path(".buurtsein/outbox")
    more_url: str | None = None
    sink_timeout: float = 5.0
    sink_patience: float = 300.0
    allow_private_sinks: bool = False

"""Settings: read once from the environment, prefix `BUURTSEIN_`, frozen, secrets hidden.

A process with a variable that can't be used ends, and says which one and why.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from buurtsein_events.topics import NETWORKS
from buurtsein_runtime.cures import cure_of

CONFIG = Path(__file__).parent.parent / "config"


class Settings(BaseSettings):
    """What every service needs to know about its surroundings; times are seconds.

    `clock` is `events` only for replays: then time is the newest event time that the process has seen.
    """

    model_config = SettingsConfigDict(env_prefix="BUURTSEIN_", frozen=True, extra="ignore")

    kafka_bootstrap: str = "127.0.0.1:9092"
    redis_url: SecretStr = SecretStr("redis://127.0.0.1:6379/0")
    http_host: str = "127.0.0.1"
    http_port: int = 0
    public_url: str = "http://127.0.0.1:8100"
    source: str = "urn:nld:oin:00000000000000000000:systeem:buurtsein"
    networks: tuple[str, ...] = NETWORKS
    communities: Path = CONFIG / "communities.yaml"
    areas: Path = CONFIG / "areas.geojson"
    clock: Literal["system", "events"] = "system"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    otlp_endpoint: str | None = None
    secret: SecretStr = Field(default=SecretStr("local-development-only"))

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise _refused(_mistake(each) for each in error.errors(include_url=False)) from error
        except SettingsError as error:
            _, field, *_ = str(error).split('"')
            raise _refused([f"{_variable(field)}: must be JSON"]) from error


class StageSettings(Settings):
    """What a stage needs besides: how long it rests between transactions, how long it may wait, when it gives up.

    `instance` makes the worker a static member of its group, so that a quick restart moves no partitions.
    """

    instance: str | None = None
    rest_least: float = 0.0
    rest_most: float = 0.01
    transaction_seconds: float = 0.5
    transaction_timeout: float = 10.0
    seen_seconds: int = 35 * 24 * 3600
    stall_seconds: float = 30.0
    release_seconds: float = 5.0
    dead_letter_window: int = 200
    dead_letter_ratio: float = 0.5
    work_dir: Path | None = None


def _refused(mistakes: Iterable[str]) -> SystemExit:
    return SystemExit("\n".join(["The environment is refused:", *(f"  - {mistake}" for mistake in mistakes)]))


def _mistake(error: ErrorDetails) -> str:
    if not error["loc"]:
        return cure_of(error)
    field, *steps = map(str, error["loc"])
    return f"{'.'.join([_variable(field), *steps])}: {cure_of(error)}"


def _variable(field: str) -> str:
    return f"{Settings.model_config.get('env_prefix')}{field}".upper()

"""Settings: read once from the environment, prefix `BUURTSEIN_`, frozen, secrets hidden."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from buurtsein_events.topics import NETWORKS

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

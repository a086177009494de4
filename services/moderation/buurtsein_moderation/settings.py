"""The settings of moderation, from the environment with the prefix `BUURTSEIN_`."""

from pathlib import Path

from buurtsein_moderation.loading import COMPLETENESS, LADDER, PACKS
from buurtsein_runtime.settings import StageSettings


class ModerationSettings(StageSettings):
    """What moderation needs besides what every stage does: its rule packs, its ladder and what a report should say."""

    http_port: int = 8101
    packs: Path = PACKS
    ladder: Path = LADDER
    completeness: Path = COMPLETENESS

"""The settings of moderation, from the environment with the prefix `BUURTSEIN_`."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field

from buurtsein_events.values import SignalType
from buurtsein_moderation.loading import COMPLETENESS, LADDER, PACKS
from buurtsein_runtime.settings import StageSettings


class ModerationSettings(StageSettings):
    """What moderation needs besides what every stage does: its rules and who decides.

    `moderation_url` is the address under which authors reach this service; without it links to appeal are paths. What
    waits for a coordinator is overdue after `overdue_seconds`, what is urgent after `urgent_overdue_seconds`. So many
    `appeals` of one member may wait for an answer.
    """

    http_port: int = 8101
    packs: Path = PACKS
    ladder: Path = LADDER
    completeness: Path = COMPLETENESS
    coordinators: Path = LADDER.parent / "coordinators.yaml"
    moderation_url: str = ""
    kafka_seconds: float = 3.0
    overdue_seconds: int = 24 * 3600
    urgent_overdue_seconds: int = 3600
    appeals: int = Field(default=3, ge=1)

    def overdue(self, kind: SignalType) -> timedelta:
        """Return for how long a report of this type may wait for a coordinator."""
        return timedelta(seconds=self.urgent_overdue_seconds if kind == "urgent" else self.overdue_seconds)

"""What every service knows about a community: its areas, its level of development and how it wants to be served."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from buurtsein_events.values import Level, Name, check_once

UNASSIGNED = "unassigned"
"""The community of reports that belong to no configured one; its coordinator is the platform's own."""


class Community(BaseModel):
    """A neighbourhood group: the areas that it covers, its level and its choices.

    `timezone` is an IANA name; `automatic_removal` lets the third strike remove a member without confirmation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Name
    name: str
    municipality: Name
    areas: tuple[Name, ...] = ()
    level: Level = "loose"
    language: Annotated[str, Field(pattern="^(nl|en)$")] = "nl"
    timezone: str = "Europe/Amsterdam"
    automatic_removal: bool = False


class Communities(BaseModel):
    """All communities of an installation, each id and each area once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    communities: tuple[Community, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Communities":
        check_once("community", [c.id for c in self.communities])
        check_once("area", [area for c in self.communities for area in c.areas])
        return self

    def of_area(self, area: str) -> Community | None:
        """Return the community that covers `area`."""
        return next((c for c in self.communities if area in c.areas), None)

    def get(self, community: str) -> Community | None:
        """Return the community with this id."""
        return next((c for c in self.communities if c.id == community), None)

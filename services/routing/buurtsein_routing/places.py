"""Where a report belongs: its area, and the community that covers it."""

from dataclasses import dataclass

from buurtsein_events.communities import UNASSIGNED, Communities, Community
from buurtsein_events.reports import ReportReceived
from buurtsein_routing.areas import Areas

NOWHERE = Community(id=UNASSIGNED, name="Unassigned", municipality=UNASSIGNED)
"""The community of reports that belong to no configured one."""


@dataclass(frozen=True, slots=True)
class Place:
    """The community of a report and, when it is known, its area."""

    community: Community
    area: str | None


@dataclass(frozen=True, slots=True)
class Map:
    """The communities and areas of an installation."""

    communities: Communities
    areas: Areas

    @property
    def area_ids(self) -> frozenset[str]:
        """Return every area that there is, with a polygon or named by a community."""
        return self.areas.ids.union(*(community.areas for community in self.communities.communities))

    def place(self, report: ReportReceived) -> Place:
        """Return where the report belongs: what it states if that is known, else what its coordinates say.

        A community with one area gives it to a report that says nothing of its place.
        """
        area = self._area(report)
        stated = self.communities.get(report.community) if report.community else None
        community = stated or (self.communities.of_area(area) if area else None) or NOWHERE
        if area is None and report.location is None and len(community.areas) == 1:
            area = community.areas[0]
        return Place(community, area)

    def _area(self, report: ReportReceived) -> str | None:
        if report.area is not None and (report.area in self.areas.ids or self.communities.of_area(report.area)):
            return report.area
        location = report.location
        if location is None or location.lat is None or location.lon is None:
            return None
        return self.areas.find(location.lat, location.lon)

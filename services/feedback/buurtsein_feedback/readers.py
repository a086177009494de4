"""Whom feedback speaks to: the configured communities, each in its own language and time zone."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from buurtsein_events.communities import UNASSIGNED, Communities, Community
from buurtsein_events.values import Involvement
from buurtsein_feedback.cadence import INVOLVEMENTS, Cadence, Kind
from buurtsein_feedback.rhythm import Rhythm
from buurtsein_feedback.words import Language

ELSEWHERE = "elsewhere"
"""The area of signals outside the areas of their community."""

_NOBODYS = Community(id=UNASSIGNED, name="Buurtsein", municipality=UNASSIGNED)
_READER_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Owner:
    """A community as feedback sees it; the unassigned one has a coordinator only."""

    community: Community
    zone: ZoneInfo
    involvements: tuple[Involvement, ...]

    @property
    def id(self) -> str:
        """Return the id of the community."""
        return self.community.id

    @property
    def language(self) -> Language:
        """Return the language of the community."""
        return "en" if self.community.language == "en" else "nl"

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas that trends are looked for in."""
        return (*self.community.areas, ELSEWHERE)

    def reader(self, involvement: Involvement) -> str:
        """Return the name of a group of readers."""
        return f"{self.id}/{involvement}"

    def rhythm(self, cadence: Cadence, kind: Kind, involvement: Involvement) -> Rhythm:
        """Return when an involvement hears about a kind of news."""
        return Rhythm(cadence.of(kind, involvement), self.zone, cadence.quiet, cadence.tick)

    def place(self, area: str) -> str:
        """Return what residents call an area."""
        known_as_whole = area == ELSEWHERE or self.community.areas == (area,)
        return self.community.name if known_as_whole else area.rsplit("/", 1)[-1]


class Owners:
    """All communities that feedback speaks to; what belongs to no configured one is the unassigned one's."""

    def __init__(self, communities: Communities) -> None:
        self._owners = {
            community.id: Owner(community, ZoneInfo(community.timezone), INVOLVEMENTS)
            for community in communities.communities
        }
        self._nobodys = Owner(_NOBODYS, ZoneInfo(_NOBODYS.timezone), ("coordinator",))
        self._owners[UNASSIGNED] = self._nobodys

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all."""
        return tuple(self._owners)

    def of(self, community: str | None) -> Owner:
        """Return the owner of what belongs to a community."""
        return self._owners.get(community or UNASSIGNED, self._nobodys)


def unusable(communities: Communities) -> list[str]:
    """Return which communities feedback cannot speak to, and why."""
    return [text for each in communities.communities for text in _unusable(each)]


def _unusable(community: Community) -> list[str]:
    problems = []
    if len(f"{community.id}/coordinator") > _READER_LIMIT:
        problems.append(f"{community.id}: the id is too long for the name of a reader")
    try:
        ZoneInfo(community.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(f"{community.id}: {community.timezone!r} is not an IANA time zone")
    return problems

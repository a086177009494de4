"""In which area a place lies: polygons of a GeoJSON file, asked point by point.

Written out rather than taken from a geometry library: the one that there is takes 18 MB of a service's 100.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from buurtsein_events.values import Name

_REMEMBERED = 4096

Ring = tuple["array[float]", "array[float]"]
"""The longitudes and the latitudes of one closed line."""

_Position = Annotated[tuple[float, ...], Field(min_length=2, max_length=4)]
_Line = Annotated[tuple[_Position, ...], Field(min_length=4)]


class Polygon(BaseModel):
    """A GeoJSON polygon: its border, then its holes."""

    type: Literal["Polygon"]
    coordinates: Annotated[tuple[_Line, ...], Field(min_length=1)]

    def lines(self) -> Iterable[tuple[_Position, ...]]:
        """Return every border and hole."""
        return self.coordinates


class MultiPolygon(BaseModel):
    """Several GeoJSON polygons that are one area."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[tuple[tuple[_Line, ...], ...], Field(min_length=1)]

    def lines(self) -> Iterable[tuple[_Position, ...]]:
        """Return every border and hole."""
        return (line for polygon in self.coordinates for line in polygon)


class Properties(BaseModel):
    """What an area is called."""

    id: Name
    name: str
    municipality: str


class Feature(BaseModel):
    """One area."""

    type: Literal["Feature"]
    properties: Properties
    geometry: Annotated[Polygon | MultiPolygon, Field(discriminator="type")]


class FeatureCollection(BaseModel):
    """A GeoJSON file of areas."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["FeatureCollection"]
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its id, the box around it and its lines."""

    id: str
    west: float
    south: float
    east: float
    north: float
    rings: tuple[Ring, ...]

    def holds(self, lat: float, lon: float) -> bool:
        """Return whether the point lies inside: a line east of it crosses the borders an odd number of times."""
        if not (self.west <= lon <= self.east and self.south <= lat <= self.north):
            return False
        return sum(_crossings(ring, lat, lon) for ring in self.rings) % 2 == 1


class Areas:
    """All areas of an installation; where two overlap, the first by id has the point.

    `find(lat, lon)` returns the id of the area that holds the point, if any does.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = sorted(areas, key=lambda area: area.id)
        self.ids = frozenset(area.id for area in self._areas)
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, lat: float, lon: float) -> str | None:
        """Return the id of the area that holds the point, if any does."""
        return next((area.id for area in self._areas if area.holds(lat, lon)), None)


def areas_of(collection: FeatureCollection) -> Areas:
    """Return the areas of a GeoJSON file."""
    return Areas(_area(feature) for feature in collection.features)


def _area(feature: Feature) -> Area:
    rings = tuple(
        (array("d", [point[0] for point in line]), array("d", [point[1] for point in line]))
        for line in feature.geometry.lines()
    )
    lons, lats = [x for ring in rings for x in ring[0]], [y for ring in rings for y in ring[1]]
    return Area(feature.properties.id, min(lons), min(lats), max(lons), max(lats), rings)


def _crossings(ring: Ring, lat: float, lon: float) -> int:
    lons, lats = ring
    return sum(
        (south > lat) != (north > lat) and lon < (east - west) * (lat - south) / (north - south) + west
        for west, east, south, north in zip(lons, lons[1:], lats, lats[1:], strict=False)
    )

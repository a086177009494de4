"""Points in areas, and the community that follows."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.values import Location
from buurtsein_routing.areas import Areas
from buurtsein_routing.loading import load_areas
from buurtsein_runtime.settings import CONFIG
from tests.unit.routing.given import MAP, moderated

Line = list[list[float]]
OUTER: Line = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE: Line = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
FAR: Line = [[10, 0], [11, 0], [11, 1], [10, 0]]


def areas(directory: Path, **geometries: object) -> Areas:
    """Return areas of a GeoJSON file with these geometries."""
    features = [
        {"type": "Feature", "properties": {"id": id_, "name": id_, "municipality": "m"}, "geometry": geometry}
        for id_, geometry in geometries.items()
    ]
    path = directory / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return load_areas(path)


@pytest.mark.parametrize(
    ("lat", "lon", "area"),
    [(3, 3, "a"), (1.5, 1.5, None), (1.5, 0.5, "a"), (5, 1, None), (0.1, 10.9, "a"), (0.9, 10.1, None)],
)
def test_holes_are_outside_and_every_part_is_inside(tmp_path: Path, lat: float, lon: float, area: str | None) -> None:
    """One area of two polygons, of which the first has a hole."""
    found = areas(tmp_path, a={"type": "MultiPolygon", "coordinates": [[OUTER, HOLE], [FAR]]})
    assert found.find(lat, lon) == area


def test_where_two_areas_overlap_the_first_by_id_has_the_point(tmp_path: Path) -> None:
    """The order in the file plays no part."""
    polygon = {"type": "Polygon", "coordinates": [OUTER]}
    assert areas(tmp_path, b=polygon, a=polygon, c=polygon).find(2, 2) == "a"


def test_a_point_on_a_shared_border_lies_in_one_of_the_two(tmp_path: Path) -> None:
    """Neighbours leave no gap."""
    right: Line = [[4, 0], [8, 0], [8, 4], [4, 4], [4, 0]]
    found = areas(
        tmp_path, left={"type": "Polygon", "coordinates": [OUTER]}, right={"type": "Polygon", "coordinates": [right]}
    )
    assert found.find(2, 4) == "right"


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_place_on_earth_can_be_asked(lat: float, lon: float) -> None:
    """The answer is an area that there is, or none."""
    assert MAP.areas.find(lat, lon) in {None, *MAP.areas.ids}


def test_every_community_of_the_sample_has_its_areas_on_the_map() -> None:
    """Areas that communities name have a polygon."""
    named = {area for community in MAP.communities.communities for area in community.areas}
    assert named <= load_areas(CONFIG / "areas.geojson").ids


WOENSEL = Location(lat=51.455, lon=5.456)


@pytest.mark.parametrize(
    ("community", "area", "location", "expected"),
    [
        ("overvecht", None, None, ("overvecht", "utrecht/overvecht")),
        (None, "utrecht/overvecht", None, ("overvecht", "utrecht/overvecht")),
        (None, None, WOENSEL, ("woensel", "eindhoven/woensel-west")),
        ("overvecht", None, WOENSEL, ("overvecht", "eindhoven/woensel-west")),
        ("elsewhere", "no/where", WOENSEL, ("woensel", "eindhoven/woensel-west")),
        ("elsewhere", None, None, ("unassigned", None)),
        (None, None, Location(lat=0, lon=0), ("unassigned", None)),
        (None, None, Location(address="Dorpsstraat"), ("unassigned", None)),
        ("overvecht", None, Location(lat=0, lon=0), ("overvecht", None)),
    ],
)
def test_what_a_report_states_is_kept_when_known_and_else_follows_from_its_place(
    community: str | None, area: str | None, location: Location | None, expected: tuple[str, str | None]
) -> None:
    """A community with one area gives it to a report that says nothing of its place."""
    place = MAP.place(moderated(community=community, area=area, location=location).report)
    assert (place.community.id, place.area) == expected

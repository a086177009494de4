"""Every file in testdata/bad-routes has one mistake (or says how many) and is refused with the words at its top."""

from pathlib import Path

import pytest

from buurtsein_routing.loading import load_areas, load_policy
from buurtsein_routing.settings import ROUTES
from buurtsein_runtime.config import ConfigError
from tests.unit.routing.given import MAP

BAD = Path(__file__).parents[2] / "testdata" / "bad-routes"
FILES = sorted(BAD.glob("*.yaml"))
_MARK = "# refused: "


def expected(path: Path) -> list[str]:
    """Return the mistakes that a file says it has."""
    return [line.removeprefix(_MARK) for line in path.read_text("utf-8").splitlines() if line.startswith(_MARK)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_mistakes_and_no_others(path: Path) -> None:
    """Each mistake is named once, and nothing that is sound is blamed."""
    with pytest.raises(ConfigError) as caught:
        load_policy(path, MAP)
    wanted, found = expected(path), caught.value.problems
    assert len(found) == len(wanted), found
    assert all(any(mistake.startswith(want) for mistake in found) for want in wanted), found


def test_the_refusal_names_the_file_and_every_mistake() -> None:
    """An operator sees all of it at once, one mistake a line."""
    path = BAD / "several-mistakes.yaml"
    with pytest.raises(ConfigError) as caught:
        load_policy(path, MAP)
    lines = str(caught.value).splitlines()
    assert lines[0] == f"{path} is refused:"
    assert len(lines) == 1 + len(expected(path))


def test_the_shipped_routes_are_sound() -> None:
    """The file that the service starts with is accepted."""
    assert load_policy(ROUTES, MAP).networks


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """Neither routes nor areas are ever silently empty."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_policy(tmp_path / "none.yaml", MAP)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_areas(tmp_path / "none.geojson")


def test_areas_with_mistakes_are_refused_with_all_of_them(tmp_path: Path) -> None:
    """A point, an area without id and a border of two points are each named."""
    path = tmp_path / "areas.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": ['
        '{"type": "Feature", "properties": {"id": "a", "name": "A", "municipality": "m"},'
        ' "geometry": {"type": "Point", "coordinates": [5, 52]}},'
        '{"type": "Feature", "properties": {"name": "B", "municipality": "m"},'
        ' "geometry": {"type": "Polygon", "coordinates": [[[5, 52], [5, 53]]]}}]}'
    )
    with pytest.raises(ConfigError) as caught:
        load_areas(path)
    places = [mistake.split(":")[0] for mistake in caught.value.problems]
    assert places[:3] == [
        "features.0.geometry",
        "features.1.properties.id",
        "features.1.geometry.Polygon.coordinates.0",
    ]

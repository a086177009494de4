"""Reads the routes and the map from their files, and refuses what is wrong with every mistake at once."""

from collections.abc import Sequence
from pathlib import Path

from buurtsein_events.communities import Communities
from buurtsein_events.topics import NETWORKS
from buurtsein_routing.areas import Areas, FeatureCollection, areas_of
from buurtsein_routing.checks import problems
from buurtsein_routing.config import RoutingFile
from buurtsein_routing.places import Map
from buurtsein_routing.policy import Policy
from buurtsein_routing.tree import build
from buurtsein_routing.words import WordGroups
from buurtsein_runtime.config import ConfigError, load_json, load_yaml


def load_policy(path: Path, where: Map, topics: Sequence[str] = NETWORKS) -> Policy:
    """Return the routes of a file; raises `ConfigError` with every mistake in it."""
    file = load_yaml(path, RoutingFile)
    if mistakes := problems(file, where, topics):
        raise ConfigError(path, mistakes)
    return Policy(
        top=build(file.tree),
        networks=file.networks,
        words=WordGroups(file.words),
        duplicates=file.duplicates,
        map=where,
    )


def load_map(communities: Path, areas: Path) -> Map:
    """Return the communities and areas; raises `ConfigError` for the first of the two files that is wrong."""
    return Map(load_yaml(communities, Communities), load_areas(areas))


def load_areas(path: Path) -> Areas:
    """Return the areas of a GeoJSON file; raises `ConfigError` with every mistake in it."""
    return areas_of(load_json(path, FeatureCollection))

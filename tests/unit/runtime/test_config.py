"""Configuration files and settings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from buurtsein_events.communities import Communities
from buurtsein_runtime.config import ConfigError, MistakesError, load_json, load_yaml, read_json
from buurtsein_runtime.settings import Settings, StageSettings


def problems(tmp_path: Path, text: str) -> list[str]:
    """Return what is wrong with a file of communities."""
    path = tmp_path / "communities.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_yaml(path, Communities)
    return refused.value.problems


def test_the_shipped_communities_are_accepted() -> None:
    """The configuration of the repository loads."""
    assert load_yaml(Settings().communities, Communities).get("overvecht")


def test_all_mistakes_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    """Each with its place."""
    found = problems(tmp_path, "communities: [{id: a, name: A, municipality: x, level: huge}, {id: b, nam: B}]")
    assert [each.split(":")[0] for each in found] == [
        "communities.0.level",
        "communities.1.name",
        "communities.1.municipality",
        "communities.1.nam",
    ]


def test_an_area_belongs_to_one_community(tmp_path: Path) -> None:
    """Two communities that claim one area are refused by name."""
    both = "communities: [{id: a, name: A, municipality: x, areas: [q]}, {id: b, name: B, municipality: x, areas: [q]}]"
    assert problems(tmp_path, both) == ["area named more than once: q"]


@pytest.mark.parametrize("text", ["communities: [", "\x00", "communities: !!python/object:os.system {}"])
def test_what_is_not_yaml_is_refused_as_such(tmp_path: Path, text: str) -> None:
    """Broken or dangerous YAML is not read."""
    assert problems(tmp_path, text)[0].startswith("it is not YAML")


def test_a_key_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    """Plain YAML would keep the last and lose the first."""
    assert "'communities' is named twice" in problems(tmp_path, "communities: []\ncommunities: []")[0]


@pytest.mark.parametrize("load", [load_yaml, load_json])
def test_a_misspelt_field_is_named_with_the_fields_that_there_are(
    load: Callable[[Path, type[Communities]], Communities], tmp_path: Path
) -> None:
    """Those of its place in the file."""
    path = tmp_path / "communities.json"
    path.write_text('{"communities": [{"id": "a", "name": "A", "municipality": "x", "levl": "loose"}]}', "utf-8")
    with pytest.raises(ConfigError) as refused:
        load(path, Communities)
    (problem,) = refused.value.problems
    assert problem.startswith("communities.0.levl: is not a field here; leave it out. The fields are id, name,")


@pytest.mark.parametrize(
    ("text", "key"),
    [('{"a": 1, "a": 1}', "a"), ('{"b": [{"c": {"d": 1, "e": 2, "d": 3}}]}', "d"), ('{"é": 1, "\\u00e9": 2}', "é")],
)
def test_a_key_that_an_object_of_json_has_twice_is_named(text: str, key: str) -> None:
    """Wherever it is, and however it is written."""
    with pytest.raises(MistakesError, match=f"'{key}' is named twice in one object"):
        read_json(text, Communities)


@pytest.mark.parametrize("text", ["{", "\ud800", "[" * 100_000, b"\xff"])
def test_what_is_no_json_is_refused_as_such(text: str | bytes) -> None:
    """Whatever it is instead."""
    with pytest.raises(MistakesError, match="it is not JSON"):
        read_json(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, Communities)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error says which file and why."""
    with pytest.raises(ConfigError, match=r"nowhere\.yaml is refused:\n  - it cannot be read"):
        load_yaml(tmp_path / "nowhere.yaml", Communities)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("BUURTSEIN_HTTP_PORT", "high", "BUURTSEIN_HTTP_PORT: must be a whole number"),
        ("BUURTSEIN_CLOCK", "sundial", "BUURTSEIN_CLOCK: must be one of 'system', 'events'"),
        ("BUURTSEIN_NETWORKS", "police", "BUURTSEIN_NETWORKS: must be JSON"),
        ("BUURTSEIN_NETWORKS", "[1]", "BUURTSEIN_NETWORKS.0: must be text"),
    ],
)
def test_a_variable_that_cannot_be_used_ends_the_process_by_name(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the cure, for whoever starts it."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match=said):
        Settings()


def test_secrets_do_not_show_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the deployment's key nor the store's password."""
    monkeypatch.setenv("BUURTSEIN_SECRET", "very-secret")
    monkeypatch.setenv("BUURTSEIN_REDIS_URL", "redis://:pass-word@127.0.0.1:6379/0")
    shown = repr(StageSettings())
    assert "very-secret" not in shown
    assert "pass-word" not in shown

"""Configuration files and settings."""

from pathlib import Path

import pytest

from buurtsein_events.communities import Communities
from buurtsein_runtime.config import ConfigError, load_yaml
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
    assert problems(tmp_path, both) == ["file: area named more than once: q"]


@pytest.mark.parametrize("text", ["communities: [", "\x00", "communities: !!python/object:os.system {}"])
def test_what_is_not_yaml_is_refused_as_such(tmp_path: Path, text: str) -> None:
    """Broken or dangerous YAML is not read."""
    assert problems(tmp_path, text)[0].startswith("it is not YAML")


def test_a_key_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    """Plain YAML would keep the last and lose the first."""
    assert "'communities' is named twice" in problems(tmp_path, "communities: []\ncommunities: []")[0]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error says which file and why."""
    with pytest.raises(ConfigError, match=r"nowhere\.yaml is refused:\n  - it cannot be read"):
        load_yaml(tmp_path / "nowhere.yaml", Communities)


def test_secrets_do_not_show_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the deployment's key nor the store's password."""
    monkeypatch.setenv("BUURTSEIN_SECRET", "very-secret")
    monkeypatch.setenv("BUURTSEIN_REDIS_URL", "redis://:pass-word@127.0.0.1:6379/0")
    shown = repr(StageSettings())
    assert "very-secret" not in shown
    assert "pass-word" not in shown

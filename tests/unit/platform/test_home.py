"""The data directory, the cache, and what is written down about what runs."""

import stat
from pathlib import Path

import pytest

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home, Running, default_root, home_at

RUNNING = Running(kafka="127.0.0.1:9092", redis="redis://127.0.0.1:6379/0", ports={"intake": 8100}, settings="abc")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a data directory and a cache in the test's own directory."""
    home = home_at(tmp_path / "home", {"BUURTSEIN_CACHE": str(tmp_path / "cache")})
    home.create()
    return home


def test_the_data_directory_is_where_the_user_says_else_here() -> None:
    """BUURTSEIN_HOME decides; without it the data is in the current directory."""
    assert default_root({"BUURTSEIN_HOME": "/data/b"}) == Path("/data/b")
    assert default_root({}) == Path(".buurtsein")


def test_the_cache_is_the_users_unless_named() -> None:
    """BUURTSEIN_CACHE comes before XDG_CACHE_HOME before the home directory."""
    assert home_at(Path("x"), {"BUURTSEIN_CACHE": "/c", "XDG_CACHE_HOME": "/x"}).cache == Path("/c")
    assert home_at(Path("x"), {"XDG_CACHE_HOME": "/x"}).cache == Path("/x/buurtsein")
    assert home_at(Path("x"), {}).cache == Path.home() / ".cache" / "buurtsein"


def test_the_control_socket_is_short_and_not_in_the_data(home: Home) -> None:
    """A socket's path has a limit of about a hundred bytes, and deleted data must not take the socket away."""
    deep = Home(home.root / ("deep" * 60), home.cache)
    assert home.root not in deep.socket.parents
    assert len(str(deep.socket)) - len(str(home.cache)) < 30
    assert deep.socket != home.socket


def test_what_runs_is_read_as_written_by_the_user_alone(home: Home) -> None:
    """The file may hold a password, so nobody else may read it."""
    RUNNING.write(home)
    assert Running.read(home) == RUNNING
    assert stat.S_IMODE(home.running.stat().st_mode) == 0o600


def test_nothing_written_means_nothing_runs(home: Home) -> None:
    """Without the file there is no answer, and that is no error."""
    assert Running.read(home) is None


def test_a_damaged_file_is_refused_with_the_cure(home: Home) -> None:
    """Half a file names the command that helps."""
    home.running.write_text('{"kafka":', "utf-8")
    with pytest.raises(PlatformError, match="is damaged: stop with `buurtsein down`"):
        Running.read(home)

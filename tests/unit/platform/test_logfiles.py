"""Log files: found, shown, followed, and rotated under the reader."""

from itertools import islice
from pathlib import Path

import pytest

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.home import Home
from buurtsein_platform.logfiles import last_lines, log_files, tail, written_since


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a data directory with two logs."""
    home = Home(tmp_path / "home", tmp_path / "cache")
    home.create()
    home.log("intake").write_text("one\ntwo\nthree\n", "utf-8")
    home.log("kafka").write_text("started\n", "utf-8")
    return home


def test_logs_are_of_one_program_or_of_all(home: Home) -> None:
    """Without a name there is every log."""
    assert list(log_files(home, None)) == ["intake", "kafka"]
    assert log_files(home, "kafka") == {"kafka": home.log("kafka")}


def test_a_log_that_is_not_there_is_said_with_those_that_are(home: Home, tmp_path: Path) -> None:
    """A mistyped name lists the right ones."""
    with pytest.raises(PlatformError, match=r"no log of inteak in .*: only of intake, kafka\."):
        log_files(home, "inteak")
    with pytest.raises(PlatformError, match="no log of anything in"):
        log_files(Home(tmp_path / "none", tmp_path), None)


def test_the_last_lines_of_several_logs_say_whose_they_are(home: Home) -> None:
    """One log is shown as it is, several with names."""
    assert list(tail(log_files(home, "intake"), lines=2, follow=False)) == ["two", "three"]
    assert list(tail(log_files(home, None), lines=1, follow=False)) == [
        "intake       | three",
        "kafka        | started",
    ]


def test_following_yields_what_is_written_from_then_on(home: Home) -> None:
    """A new line comes after the old ones."""
    lines = tail(log_files(home, "intake"), lines=1, follow=True)
    assert next(lines) == "three"
    with home.log("intake").open("a", encoding="utf-8") as log:
        log.write("four\nfive\n")
    assert list(islice(lines, 2)) == ["four", "five"]


def test_half_a_line_waits_for_its_other_half(tmp_path: Path) -> None:
    """A line that is being written is shown once and whole."""
    log = tmp_path / "log"
    log.write_text("one\ntw", "utf-8")
    lines, place = written_since(log, 0)
    assert lines == ["one"]
    log.write_text("one\ntwo\n", "utf-8")
    assert written_since(log, place) == (["two"], 8)


def test_a_rotated_log_is_read_from_its_beginning(tmp_path: Path) -> None:
    """A file that is shorter than the place in it is a new one; one that is gone has nothing new."""
    log = tmp_path / "log"
    log.write_text("new\n", "utf-8")
    assert written_since(log, 1000) == (["new"], 4)
    assert written_since(tmp_path / "none", 7) == ([], 7)
    assert last_lines(tmp_path / "none", 5) == []

"""`make check` and the markers of conflicts that a merge leaves in files."""

import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[3] / "Makefile"


def _checked(directory: Path, content: str) -> subprocess.CompletedProcess[str]:
    (directory / "rules.yaml").write_text(content, "utf-8")
    for command in (["git", "init", "--quiet"], ["git", "add", "rules.yaml"]):
        subprocess.run(command, cwd=directory, check=True)
    return subprocess.run(
        ["make", "--no-print-directory", "-f", str(MAKEFILE), "markers"],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("marker", ["<" * 7 + " HEAD", "|" * 7 + " base", ">" * 7 + " branch", ">" * 7])
def test_a_marker_in_any_file_is_named_with_its_place(marker: str, tmp_path: Path) -> None:
    """Formatters and type checkers only look at code."""
    told = _checked(tmp_path, f"a: 1\n{marker}\nb: 2\n")
    assert (told.returncode, told.stdout.splitlines()[0]) == (2, f"rules.yaml:2:{marker}")
    assert "resolve" in told.stderr


@pytest.mark.parametrize("line", ["=" * 7, "> quoted", "<" * 8, "x" + "<" * 7 + " y"])
def test_what_only_looks_like_one_is_left_alone(line: str, tmp_path: Path) -> None:
    """Headings, quotations and drawings."""
    assert _checked(tmp_path, f"{line}\n").returncode == 0

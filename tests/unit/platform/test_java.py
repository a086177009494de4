"""Java and Maven: what is missing or too old is said in one line with the cure."""

from pathlib import Path

import pytest

from buurtsein_platform.errors import PlatformError
from buurtsein_platform.java import find_java, find_maven, java_version


def pretend(directory: Path, program: str, says: str) -> dict[str, str]:
    """Put a program on a PATH of its own that says something on standard error."""
    directory.mkdir(exist_ok=True)
    path = directory / program
    path.write_text(f"#!/bin/sh\necho '{says}' >&2\n", "utf-8")
    path.chmod(0o755)
    return {"PATH": str(directory)}


@pytest.mark.parametrize(
    ("told", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', "17.0.15"),
        ('java version "1.8.0_392"', "1.8.0_392"),
        ('Picked up JAVA_TOOL_OPTIONS: -Dx\nopenjdk version "25" 2025-09-16', "25"),
        ("command not found", None),
    ],
)
def test_the_version_is_read_from_what_java_says(told: str, version: str | None) -> None:
    """Every shape of version that Java has used is understood."""
    assert java_version(told) == version


def test_a_new_enough_java_is_found(tmp_path: Path) -> None:
    """The Java on the PATH is taken with its version."""
    java = find_java(pretend(tmp_path / "bin", "java", 'openjdk version "21.0.2" 2024-01-16'))
    assert (java.path, java.version) == (tmp_path / "bin" / "java", "21.0.2")


def test_java_home_comes_before_the_path(tmp_path: Path) -> None:
    """JAVA_HOME names the Java to use."""
    path = pretend(tmp_path / "old", "java", 'java version "11.0.1"')
    pretend(tmp_path / "new", "x", "")
    pretend(tmp_path / "new" / "bin", "java", 'openjdk version "17.0.1"')
    assert find_java(path | {"JAVA_HOME": str(tmp_path / "new")}).version == "17.0.1"


@pytest.mark.parametrize("says", ['java version "11.0.1"', "nothing of use"])
def test_an_old_java_is_refused_in_one_line_with_the_cure(tmp_path: Path, says: str) -> None:
    """Who has a Java that is too old is told which is needed and how to get it."""
    with pytest.raises(PlatformError, match=r"needs Java 17 or newer, and .*: install one") as refused:
        find_java(pretend(tmp_path / "bin", "java", says))
    assert "\n" not in refused.value.message


def test_no_java_is_refused_in_one_line_with_the_cure(tmp_path: Path) -> None:
    """Who has no Java is told so."""
    with pytest.raises(PlatformError, match=r"and there is none: install one .* BUURTSEIN_KAFKA_BOOTSTRAP"):
        find_java({"PATH": str(tmp_path)})


def test_no_maven_is_refused_in_one_line_with_the_cure(tmp_path: Path) -> None:
    """Who has no Maven is told what it is needed for."""
    with pytest.raises(PlatformError, match=r"needed once to fetch Kafka .*: install it"):
        find_maven({"PATH": str(tmp_path)})
    assert find_maven(pretend(tmp_path / "bin", "mvn", "")) == str(tmp_path / "bin" / "mvn")

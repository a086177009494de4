"""Java and Maven: found, new enough, or one line that says how to get them."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from buurtsein_platform.errors import PlatformError

MINIMUM = 17
JAVA_CURE = (
    "install one (Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk), "
    "or set BUURTSEIN_KAFKA_BOOTSTRAP to a cluster that exists."
)
MAVEN_CURE = (
    "Maven (mvn) is needed once to fetch Kafka and is not on the PATH: install it (Debian, Ubuntu: apt install maven; "
    "macOS: brew install maven), or set BUURTSEIN_KAFKA_BOOTSTRAP to a cluster that exists."
)


@dataclass(frozen=True, slots=True)
class Java:
    """A Java that is new enough; `version` is its full version, e.g. `17.0.15`."""

    path: Path
    version: str


def find_java(environment: Mapping[str, str] = os.environ) -> Java:
    """Return the Java of JAVA_HOME or the PATH; raises `PlatformError` when there is none or it is too old."""
    home = environment.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else environment.get("PATH"))
    if found is None:
        raise PlatformError(f"Kafka needs Java {MINIMUM} or newer, and there is none: {JAVA_CURE}")
    told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = java_version(told)
    if version is None or int(version.split(".")[0]) < MINIMUM:
        raise PlatformError(f"Kafka needs Java {MINIMUM} or newer, and {found} is {version or 'unusable'}: {JAVA_CURE}")
    return Java(Path(found), version)


def java_version(told: str) -> str | None:
    """Return the version in what `java -version` says; None when there is none in it."""
    found = re.search(r'version "(\d+[^"]*)"', told)
    return found.group(1) if found else None


def find_maven(environment: Mapping[str, str] = os.environ) -> str:
    """Return the path of Maven; raises `PlatformError` when it is missing."""
    found = shutil.which("mvn", path=environment.get("PATH"))
    if found is None:
        raise PlatformError(MAVEN_CURE)
    return found

"""Whole events as they travel, for tests of writers and readers: typical, minimal and hostile ones of each type."""

from importlib.resources import files
from typing import Final, Literal

Kind = Literal["typical", "minimal", "hostile"]

KINDS: Final[tuple[Kind, ...]] = ("typical", "minimal", "hostile")


def example(name: str, kind: Kind = "typical") -> bytes:
    """Return an example of the event with the short name `name`, such as `report.received`."""
    return files(__name__).joinpath(name, f"{kind}.json").read_bytes()

"""Rule packs and the ladder from YAML files; what has any mistake is refused with all of them."""

from pathlib import Path

from buurtsein_events.communities import Communities
from buurtsein_moderation.compiling import PackError, compile_packs
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.packs import Pack
from buurtsein_moderation.policy import Moderation
from buurtsein_runtime.config import ConfigError, load_yaml

PACKS = Path(__file__).parent.parent / "packs"
"""The packs that come with the service."""

LADDER = Path(__file__).parent.parent / "ladder.yaml"
"""The ladder that comes with the service."""


def load_moderation(packs: Path, ladder: Path, communities: Path) -> Moderation:
    """Return the policy with its files loaded; raises `ConfigError` for the first that is refused."""
    return Moderation(
        engine=load_packs(packs),
        ladder=load_yaml(ladder, Ladder),
        communities=load_yaml(communities, Communities),
    )


def load_packs(path: Path = PACKS) -> Engine:
    """Return the packs of a directory, or the one file, compiled; raises `ConfigError` with every mistake of each."""
    packs, problems = _read(path)
    try:
        engine = compile_packs(packs)
    except PackError as error:
        raise ConfigError(path, [*problems, *error.problems]) from error
    if problems:
        raise ConfigError(path, problems)
    return engine


def read_packs(path: Path = PACKS) -> list[Pack]:
    """Return the packs of a directory, or the one file, as they are; raises `ConfigError` with every mistake."""
    packs, problems = _read(path)
    if problems:
        raise ConfigError(path, problems)
    return packs


def _read(path: Path) -> tuple[list[Pack], list[str]]:
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise ConfigError(path, ["it holds no rule packs (*.yaml)"])
    packs: list[Pack] = []
    problems: list[str] = []
    for file in files:
        try:
            packs.append(load_yaml(file, Pack))
        except ConfigError as error:
            problems.extend(f"{file.name}: {problem}" for problem in error.problems)
    return packs, problems

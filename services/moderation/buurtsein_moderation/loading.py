"""Rule packs and the ladder from YAML files; what has any mistake is refused with all of them."""

from pathlib import Path

from buurtsein_events.communities import Communities
from buurtsein_moderation.compiling import PackError, compile_packs
from buurtsein_moderation.completeness import Completeness
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.mending import Draft, mended
from buurtsein_moderation.packs import Pack
from buurtsein_moderation.policy import Moderation
from buurtsein_moderation.weights import Weights
from buurtsein_runtime.config import ConfigError, load_json, load_yaml

PACKS = Path(__file__).parent.parent / "packs"
"""The packs that come with the service."""

WEIGHTS = "weights.json"
"""The file of weights among the packs."""

LADDER = Path(__file__).parent.parent / "ladder.yaml"
"""The ladder that comes with the service."""

COMPLETENESS = Path(__file__).parent.parent / "completeness.yaml"
"""What a report should say, as it comes with the service."""

NO_COMMUNITIES = Communities(communities=())
"""For packs that name none."""


def load_moderation(
    packs: Path, ladder: Path, communities: Path, completeness: Path = COMPLETENESS, *, url: str = ""
) -> Moderation:
    """Return the policy with its files loaded; raises `ConfigError` for the first that is refused."""
    known = load_yaml(communities, Communities)
    return Moderation(
        engine=load_packs(packs, known),
        ladder=load_yaml(ladder, Ladder),
        completeness=load_yaml(completeness, Completeness),
        communities=known,
        url=url,
    )


def load_packs(path: Path = PACKS, communities: Communities = NO_COMMUNITIES) -> Engine:
    """Return the packs of a directory, or the one file, compiled; raises `ConfigError` with every mistake of each."""
    engine, unread, mistakes = _compiled(path, communities)
    # Weights stay, and most of what packs were read into is gone by now: they take its place in memory.
    try:
        weights = read_weights(path)
    except ConfigError as error:
        unread.extend(f"{WEIGHTS}: {problem}" for problem in error.problems)
    if engine is None or unread:
        raise ConfigError(path, [*unread, *mistakes])
    if weights:
        engine.weigh_by(weights)
    return engine


def _compiled(path: Path, communities: Communities) -> tuple[Engine | None, list[str], list[str]]:
    """Return the packs compiled, unless they have mistakes; then those of files and those of packs."""
    packs, unread = read_packs(path)
    try:
        return compile_packs(packs, [community.id for community in communities.communities]), unread, []
    except PackError as error:
        return None, unread, error.problems


def read_packs(path: Path = PACKS) -> tuple[list[Pack], list[str]]:
    """Return what can be read of the packs, and their mistakes; raises `ConfigError` when there is no file."""
    files = files_of(path)
    if not files:
        raise ConfigError(path, ["it holds no rule packs (*.yaml)"])
    packs: list[Pack] = []
    problems: list[str] = []
    for file in files:
        pack, mistakes = _read(file)
        problems.extend(f"{file.name}: {mistake}" for mistake in mistakes)
        packs.extend(filter(None, [pack]))
    return packs, problems


def _read(file: Path) -> tuple[Pack | None, list[str]]:
    try:
        return mended(load_yaml(file, Draft), file.stem)
    except ConfigError as error:
        return None, error.problems


def read_weights(path: Path) -> Weights | None:
    """Return the weights of a directory of packs, if it has any; raises `ConfigError` with every mistake."""
    file = path / WEIGHTS
    return load_json(file, Weights) if file.exists() else None


def files_of(path: Path) -> list[Path]:
    """Return the files of a directory of packs, in order, or the one file."""
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path]

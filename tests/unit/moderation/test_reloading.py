"""Changed packs are taken over without a restart."""

import json
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from buurtsein_moderation.loading import load_packs
from buurtsein_moderation.reloading import InForce, fingerprint
from buurtsein_runtime.metrics import exposition

from .given import NOON, event, moderation, report, rule


def _write(packs: Path, *rules: dict[str, object]) -> None:
    packs.write_text(json.dumps({"id": "small", "version": 1, "language": "any", "rules": rules}), "utf-8")


def _remove(packs: Path) -> None:
    packs.unlink()


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Return the file of a pack that finds fools."""
    path = tmp_path / "small.yaml"
    _write(path, rule())
    return path


@pytest.fixture
def in_force(packs: Path) -> InForce:
    """Return the policy with that pack."""
    return InForce(moderation(load_packs(packs.parent)), packs.parent, fingerprint(packs.parent))


def _verdict(in_force: InForce) -> str:
    return in_force.decide(event(report("what a fool")), {}, NOON).outcome


def _metric(name: str) -> str:
    lines = exposition()[0].decode().splitlines()
    return next(line.removeprefix(name) for line in lines if line.startswith(name))


async def test_changed_packs_decide_once_they_rest(in_force: InForce, packs: Path) -> None:
    """They are looked at twice, since they may still be being copied."""
    _write(packs, rule(verdict="hold"))
    await in_force.look()
    assert _verdict(in_force) == "ask"
    await in_force.look()
    assert _verdict(in_force) == "hold"


async def test_packs_that_keep_changing_are_not_loaded(in_force: InForce, packs: Path) -> None:
    """Each look sees other ones."""
    for number in range(2, 5):
        _write(packs, rule(version=number, verdict="hold"))
        await in_force.look()
    assert _verdict(in_force) == "ask"


async def test_packs_that_did_not_change_are_not_loaded_again(in_force: InForce) -> None:
    """The engine stays the same one."""
    engine = in_force.moderation.engine
    await in_force.look()
    await in_force.look()
    assert in_force.moderation.engine is engine


async def test_packs_with_mistakes_are_refused_and_the_old_ones_stay(in_force: InForce, packs: Path) -> None:
    """All mistakes are logged at once."""
    _write(packs, rule(matches={"phrases": ["{ghost}"]}), rule(id="b", matches={"patterns": ["("]}))
    with capture_logs() as logs:
        await in_force.look()
        await in_force.look()
        await in_force.look()
    assert _verdict(in_force) == "ask"
    assert _metric("buurtsein_packs_refused ") == "1.0"
    (refused,) = [line for line in logs if line["event"] == "packs_refused"]
    assert len(refused["problems"]) == 2


async def test_repaired_packs_are_taken_over(in_force: InForce, packs: Path) -> None:
    """And nothing is refused any more."""
    for rules in ([rule(matches={"phrases": ["{ghost}"]})], [rule(verdict="hold")]):
        _write(packs, *rules)
        await in_force.look()
        await in_force.look()
    assert _verdict(in_force) == "hold"
    assert _metric("buurtsein_packs_refused ") == "0.0"


async def test_packs_that_are_gone_are_refused(in_force: InForce, packs: Path) -> None:
    """The old ones stay in force."""
    _remove(packs)
    await in_force.look()
    await in_force.look()
    assert _verdict(in_force) == "ask"
    assert _metric("buurtsein_packs_refused ") == "1.0"


def test_the_metrics_tell_which_packs_are_in_force(in_force: InForce, packs: Path) -> None:
    """By the hash of their files."""
    assert _metric("buurtsein_packs_version_info") == f'{{sha256="{fingerprint(packs.parent)}"}} 1.0'


def test_a_fingerprint_tells_names_and_contents_apart(tmp_path: Path) -> None:
    """The same bytes in another file are other packs."""
    (tmp_path / "a.yaml").write_text("x", "utf-8")
    first = fingerprint(tmp_path)
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")
    assert fingerprint(tmp_path) != first

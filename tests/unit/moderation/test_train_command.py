"""`buurtsein moderation train`: what it refuses to learn from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from buurtsein_moderation.cli import moderation

from .given import WORDING, rule

WEIGHTS = {
    "version": 1,
    "hold_below": {"quarrel": 0.3},
    "pass_from": 0.6,
    "message": WORDING,
    "categories": ["ok", "quarrel"],
    "types": ["nuisance", "none"],
    "bias": [0, 0, 0, 0],
    "signs": {},
}


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packs in force, with weights."""
    directory = tmp_path / "packs"
    directory.mkdir()
    content = {"id": "a", "version": 1, "language": "any", "rules": [rule()]}
    (directory / "a.yaml").write_text(json.dumps(content), "utf-8")
    (directory / "weights.json").write_text(json.dumps(WEIGHTS), "utf-8")
    monkeypatch.setenv("BUURTSEIN_PACKS", str(directory))
    return directory


def _refused(*messages: dict[str, str], path: Path) -> str:
    path.write_text("".join(f"{json.dumps(message)}\n" for message in messages), "utf-8")
    result = CliRunner().invoke(moderation, ["train", str(path)])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    return result.output


def test_a_label_that_there_is_not_is_named_with_its_line(packs: Path, tmp_path: Path) -> None:
    """It would otherwise be learned and thrown away."""
    told = _refused({"lang": "nl", "text": "sukkel", "moderation": "quarel"}, path=tmp_path / "odd.jsonl")
    assert "line 1: moderation" in told


def test_an_empty_file_is_refused_in_words(packs: Path, tmp_path: Path) -> None:
    """As other commands do."""
    assert "it is empty" in _refused(path=tmp_path / "empty.jsonl")


def test_labels_without_a_message_are_named_and_the_weights_stay(packs: Path, tmp_path: Path) -> None:
    """There is nothing to learn about them from."""
    told = _refused(
        {"lang": "nl", "text": "afval", "moderation": "ok", "type": "nuisance"}, path=tmp_path / "few.jsonl"
    )
    assert "no message is labelled quarrel, none" in told
    assert json.loads((packs / "weights.json").read_text("utf-8")) == WEIGHTS


def test_packs_without_weights_are_refused_before_learning(packs: Path, tmp_path: Path) -> None:
    """They say which categories and types there are."""
    (packs / "weights.json").unlink()
    told = _refused({"lang": "nl", "text": "afval", "moderation": "ok"}, path=tmp_path / "few.jsonl")
    assert "weights.json is not there" in told

"""`buurtsein moderation train`: what it refuses to learn from, and what it learns from the rest."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from buurtsein_moderation.cli import moderation

from .given import WORDING, rule

WEIGHTS = {
    "version": 1,
    "hold_below": {"quarrel": 0.3},
    "pass_from": 0.6,
    "clear_from": 0.9,
    "urgent_from": 0.3,
    "message": WORDING,
    "categories": ["ok", "quarrel"],
    "types": ["nuisance", "none"],
    "bias": [0, 0, 0, 0],
    "signs": {},
}
SOUND: list[dict[str, object]] = [
    {"lang": "nl", "text": "kapotte lamp", "moderation": "ok", "type": "nuisance"},
    {"lang": "nl", "text": "kapotte bank", "moderation": "ok", "type": "nuisance"},
    {"lang": "nl", "text": "kapotte stoep", "moderation": "ok", "type": "nuisance"},
    {"lang": "nl", "text": "domme buur", "moderation": "quarrel", "type": "none"},
    {"lang": "nl", "text": "domme oen", "moderation": "quarrel", "type": "none"},
    {"lang": "nl", "text": "domme gans", "moderation": "quarrel", "type": "none"},
]


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


def _trained(*messages: dict[str, object], path: Path) -> Result:
    path.write_text("".join(f"{json.dumps(message)}\n" for message in messages), "utf-8")
    return CliRunner().invoke(moderation, ["train", str(path)])


def _refused(*messages: dict[str, object], path: Path) -> str:
    result = _trained(*messages, path=path)
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


def test_of_two_labels_one_speaks_against_the_other(packs: Path, tmp_path: Path) -> None:
    """Two categories and two types are enough to learn from."""
    told = _trained(*SOUND, path=tmp_path / "sound.jsonl")
    assert (told.exit_code, told.output.startswith(f"{packs / 'weights.json'}: 6 messages")) == (0, True)
    row = json.loads((packs / "weights.json").read_text("utf-8"))["signs"]["w:domme"]
    ok, quarrel, nuisance, none = map(int, row.split())
    assert ok == -quarrel < 0
    assert nuisance == -none < 0


def test_learning_again_from_the_same_changes_nothing(packs: Path, tmp_path: Path) -> None:
    """Neither a byte nor the version; other messages raise it."""
    versions, files = [], []
    for messages in (SOUND, SOUND, [*SOUND, SOUND[0]]):
        _trained(*messages, path=tmp_path / "sound.jsonl")
        files.append((packs / "weights.json").read_bytes())
        versions.append(json.loads(files[-1])["version"])
    assert versions == [2, 2, 3]
    assert files[0] == files[1]


def _weights(sign: str, packs: Path, *messages: dict[str, object], path: Path) -> list[int]:
    assert _trained(*messages, path=path).exit_code == 0
    row = json.loads((packs / "weights.json").read_text("utf-8"))["signs"].get(sign, "0 0 0 0")
    return list(map(int, row.split()))


def test_a_message_counts_as_much_as_it_says(packs: Path, tmp_path: Path) -> None:
    """Sentences of one kind that are many must not outvote what people report."""
    lightly = [one | {"text": "domme lamp", "moderation": "ok", "weight": 0.1} for one in SOUND[:3]]
    ok, *_ = _weights("w:domme", packs, *SOUND, *lightly, path=tmp_path / "lightly.jsonl")
    fully = [one | {"weight": 1} for one in lightly]
    as_ok, *_ = _weights("w:domme", packs, *SOUND, *fully, path=tmp_path / "fully.jsonl")
    assert ok < as_ok


def test_words_learn_to_tell_without_rules_what_rules_find(packs: Path, tmp_path: Path) -> None:
    """Rules find more in messages that they were written with in view, and would be trusted too much."""
    fools = [one | {"text": f"fool {one['text']}"} for one in SOUND[3:]]
    path = tmp_path / "fools.jsonl"
    assert _weights("w:domme", packs, *SOUND[:3], *fools, path=path)[1] > 0
    assert _weights("f:xx.quarrel.fool", packs, *SOUND[:3], *fools, path=path)[1] > 0


def test_messages_that_share_no_word_are_refused_in_words(packs: Path, tmp_path: Path) -> None:
    """A word that is seen once says nothing about the next message."""
    content = WEIGHTS | {"types": ["none"], "bias": [0] * 3}
    (packs / "weights.json").write_text(json.dumps(content), "utf-8")
    messages: list[dict[str, object]] = [
        {"lang": "nl", "text": "een twee drie vier vijf", "moderation": "ok", "type": "none"},
        {"lang": "nl", "text": "zes zeven acht negen tien", "moderation": "quarrel"},
    ]
    assert "no word is in 3 messages" in _refused(*messages, path=tmp_path / "few.jsonl")


def test_messages_of_one_type_only_are_refused_in_words(packs: Path, tmp_path: Path) -> None:
    """There is nothing to tell it from."""
    content = WEIGHTS | {"types": ["none"], "bias": [0] * 3}
    (packs / "weights.json").write_text(json.dumps(content), "utf-8")
    messages = [message | {"type": "none"} for message in SOUND]
    assert "all messages are labelled none" in _refused(*messages, path=tmp_path / "one.jsonl")

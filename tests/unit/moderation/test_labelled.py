"""Labelled messages from files."""

import json
from pathlib import Path

import pytest

from buurtsein_moderation.evaluation.labelled import GroupSentence, LabelledMessage, half_of, read_labels
from buurtsein_runtime.config import ConfigError

MESSAGES = Path(__file__).parents[2] / "testdata" / "messages.jsonl"

MESSAGE = {
    "id": "m",
    "lang": "nl",
    "text": "bel Anna",
    "type": "none",
    "moderation": "ok",
    "privacy": ["Anna"],
    "note": "",
}
SENTENCE = {"text": "Welkom", "lang": "nl", "hateful": False, "kind": "neutral"}


def _file(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return path


def _mistakes(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        read_labels(path)
    return refused.value.problems


def test_messages_are_read(tmp_path: Path) -> None:
    """With their private parts."""
    (message,) = read_labels(_file(tmp_path / "m.jsonl", MESSAGE))
    assert isinstance(message, LabelledMessage)
    assert (message.name, message.privacy) == ("m", ("Anna",))


def test_sentences_are_known_by_whether_they_are_hateful(tmp_path: Path) -> None:
    """They have no id, so their text names them."""
    (sentence,) = read_labels(_file(tmp_path / "s.jsonl", SENTENCE))
    assert isinstance(sentence, GroupSentence)
    assert sentence.name == "Welkom"


def test_every_mistake_is_named_with_its_line_and_field(tmp_path: Path) -> None:
    """Both lines."""
    file = _file(tmp_path / "m.jsonl", MESSAGE | {"type": "fire"}, MESSAGE | {"privacy": ["Bob"]})
    first, second = _mistakes(file)
    assert first.startswith("line 1: type: ")
    assert second == "line 2: privacy names 'Bob', which the text does not hold"


def test_a_file_without_messages_says_so(tmp_path: Path) -> None:
    """Or one that is not there."""
    (empty,) = _mistakes(_file(tmp_path / "m.jsonl"))
    assert "it is empty" in empty
    (absent,) = _mistakes(tmp_path / "absent.jsonl")
    assert "cannot be read" in absent


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    """Also when it is the first."""
    file = tmp_path / "m.jsonl"
    file.write_text("nonsense", "utf-8")
    (mistake,) = _mistakes(file)
    assert mistake.startswith("line 1: ")


def test_a_half_is_told_by_the_first_byte_of_the_hash_of_the_name() -> None:
    """SHA-256 of dev-0001 begins with an even byte, that of dev-0003 with an odd one."""
    assert (half_of("dev-0001"), half_of("dev-0003")) == ("a", "b")


def test_the_messages_of_the_tests_cover_every_label() -> None:
    """So that the command is tried on all of them."""
    messages = [one for one in read_labels(MESSAGES) if isinstance(one, LabelledMessage)]
    assert len(messages) == 60
    assert {one.type for one in messages} == {"urgent", "suspicious", "nuisance", "idea", "none"}
    assert {one.moderation for one in messages} == {
        "ok", "stigmatising", "irrelevant", "quarrel", "vigilantism", "spam",
    }  # fmt: skip

"""`buurtsein moderation` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from buurtsein_moderation.cli import moderation

from .given import rule


def _check(*lines: str | bytes, options: tuple[str, ...] = ()) -> Result:
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return CliRunner().invoke(moderation, ["check", *options], input=raw)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Return a small sound pack."""
    path = tmp_path / "small.yaml"
    path.write_text(json.dumps({"id": "small", "version": 1, "language": "any", "rules": [rule()]}), "utf-8")
    return path


def test_check_answers_every_message_as_a_line_of_json() -> None:
    """With exactly the fields that clients know."""
    told = _check(
        json.dumps({"id": "a", "text": "Jij bent echt een sukkel, bel 06-12345678", "lang": "nl"}),
        json.dumps({"id": 2, "text": "We pakken hem vanavond zelf", "lang": None}),
        json.dumps({"id": "c", "text": "De lamp is kapot", "lang": "fy", "other": 1}),
        json.dumps({"id": "d", "text": "Te koop: fiets"}),
    )
    assert told.exit_code == 0
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert answers[0] == {
        "id": "a",
        "decision": "reject",
        "categories": ["quarrel"],
        "type": "none",
        "redacted": "Jij bent echt een sukkel, bel [telefoonnummer]",
        "rules": ["nl.quarrel.insult"],
    }
    assert [(one["id"], one["decision"], one["type"]) for one in answers[1:]] == [
        (2, "review", "none"),
        ("c", "publish", "nuisance"),
        ("d", "reject", "none"),
    ]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("nonsense", "it is not JSON"),
        ("[1]", "must be a JSON object"),
        ('{"id": "x"}', "text: is required"),
        ('{"text": "x"}', "id"),
        ('{"id": "x", "text": 5}', "text: must be text between quotes"),
        ('{"id": true, "text": "x"}', "id: must be text or a whole number"),
        ('{"id": 1, "text": "x", "text": "y"}', "'text' is named twice"),
        ('{"id": "x", "text": "\\ud800"}', "it is not JSON"),
        (b'{"id": "x", "text": "\xff"}', "it is not JSON"),
        (json.dumps({"id": "x", "text": "x" * 65537}), "at most 65536 characters"),
    ],
)
def test_a_line_that_is_no_message_is_named_and_the_others_are_answered(
    packs: Path, line: str | bytes, mistake: str
) -> None:
    """The exit code is 1 at the end."""
    told = _check('{"id": 1, "text": "x"}', "", line, '{"id": 2, "text": "y"}', options=("--packs", str(packs)))
    assert told.exit_code == 1
    assert [json.loads(one)["id"] for one in told.stdout.splitlines()] == [1, 2]
    assert told.stderr.startswith("line 3: ")
    assert mistake in told.stderr
    assert 'write one object a line, such as {"id": "1", "text": "..."}' in told.stderr


def test_64_kib_of_text_is_checked() -> None:
    """As much as an event holds, and more than a report may have."""
    assert _check(json.dumps({"id": 1, "text": "é" * 65536})).exit_code == 0


def test_other_packs_can_be_tried(packs: Path) -> None:
    """Before they are put in force."""
    told = _check('{"id": 1, "text": "what a fool"}', options=("--packs", str(packs)))
    assert json.loads(told.stdout)["rules"] == ["xx.quarrel.fool"]


def test_test_says_that_packs_are_sound(packs: Path) -> None:
    """Those in force without an argument."""
    assert "1 rules and 2 examples are sound" in CliRunner().invoke(moderation, ["test", str(packs)]).stdout
    assert "are sound" in CliRunner().invoke(moderation, ["test"]).stdout


def test_test_prints_every_problem(packs: Path) -> None:
    """And fails."""
    broken = {
        **json.loads(packs.read_text("utf-8")),
        "rules": [rule(matches={"phrases": ["{ghost}"]}), rule(id="b", matches={"patterns": ["("]})],
    }
    packs.write_text(json.dumps(broken), "utf-8")
    told = CliRunner().invoke(moderation, ["test", str(packs)])
    assert told.exit_code == 1
    assert "{ghost}" in told.stderr
    assert "b: not an RE2 expression" in told.stderr


def test_test_names_rules_that_repeat_each_other_and_those_that_match_nothing(packs: Path, tmp_path: Path) -> None:
    """These may be meant, so the packs are sound."""
    content = json.loads(packs.read_text("utf-8"))
    packs.write_text(json.dumps(content | {"rules": [rule(), rule(id="xx.spam.twin", category="spam")]}), "utf-8")
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"text": "what a day"}\n', "utf-8")
    told = CliRunner().invoke(moderation, ["test", str(packs), "--corpus", str(corpus)])
    assert told.exit_code == 0
    assert "look at xx.quarrel.fool: it matches the same as xx.spam.twin" in told.stdout
    assert "look at xx.quarrel.fool: it matches none of 1 messages" in told.stdout


def test_a_corpus_with_mistakes_is_refused(packs: Path, tmp_path: Path) -> None:
    """With the line and field."""
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"text": 5}', "utf-8")
    told = CliRunner().invoke(moderation, ["test", str(packs), "--corpus", str(corpus)])
    assert told.exit_code == 1
    assert "line 1: text: " in told.stderr

"""`buurtsein moderation evaluate` on the command line."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from buurtsein_moderation.cli import moderation

MESSAGES = Path(__file__).parents[2] / "testdata" / "messages.jsonl"


def _evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(moderation, ["evaluate", *arguments])


def test_figures_on_messages_are_printed() -> None:
    """Categories, false alarms, types and privacy."""
    told = _evaluate(str(MESSAGES))
    assert told.exit_code == 0
    for part in (
        "60 of 60, both halves",
        "stigmatising",
        "macro F1",
        "good and hard",
        "type as labelled",
        "private parts",
    ):
        assert part in told.stdout


def test_the_header_says_which_half_was_measured() -> None:
    """The halves together are all messages."""
    headers = [_evaluate(str(MESSAGES), "--half", half).stdout.splitlines()[0] for half in ("a", "b")]
    assert [header.rsplit(", ", 1)[1] for header in headers] == ["half a", "half b"]
    assert sum(int(header.split(": ")[1].split()[0]) for header in headers) == 60


def test_sentences_about_groups_get_their_own_figures(tmp_path: Path) -> None:
    """By language and kind."""
    file = tmp_path / "groups.jsonl"
    file.write_text(json.dumps({"text": "Welkom", "lang": "nl", "hateful": False, "kind": "neutral"}), "utf-8")
    told = _evaluate(str(file))
    assert "balanced accuracy" in told.stdout
    assert "neutral (harmless)" in told.stdout


def test_a_file_with_mistakes_is_refused(tmp_path: Path) -> None:
    """In words."""
    file = tmp_path / "messages.jsonl"
    file.write_text('{"id": "x"}', "utf-8")
    told = _evaluate(str(file))
    assert told.exit_code == 1
    assert "line 1: text: is required; add it" in told.stderr

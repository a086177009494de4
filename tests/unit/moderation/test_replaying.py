"""What other packs would change."""

import json
import socket
from pathlib import Path

from click.testing import CliRunner

from buurtsein_moderation.cli import moderation
from buurtsein_moderation.replaying import Comparison, compare

from .given import COMMUNITIES, completeness, engine, kind, report, rule

TEXTS = ("what a fool", "what a day", "on fire", "fool again, 06-12345678")


def _compared(*, keep: int = 10, **changes: object) -> Comparison:
    reports = [report(text, report_id=f"r{at}") for at, text in enumerate(TEXTS)]
    before, after = engine(rule()), engine(rule(**changes), types=(kind(),))
    return compare(reports, before, after, COMMUNITIES, completeness(), keep=keep)


def test_changes_are_counted_from_verdict_to_verdict() -> None:
    """Two reports would be held instead of sent back."""
    comparison = _compared(verdict="hold")
    assert comparison.reports == 4
    assert comparison.verdicts == {("ask", "hold"): 2}


def test_changes_of_type_are_counted() -> None:
    """The other packs know what fire is."""
    assert _compared().types == {("none", "urgent"): 1}


def test_the_first_changes_are_kept_with_their_rules_and_redacted_text() -> None:
    """No more than asked for."""
    comparison = _compared(shadow=True, keep=3)
    assert [change.report_id for change in comparison.first] == ["r0", "r2", "r3"]
    last = comparison.first[-1]
    assert (last.before.rules, last.after.rules) == (("xx.quarrel.fool",), ())
    assert last.after.public_text == "fool again, [telefoonnummer]"
    assert len(_compared(shadow=True, keep=1).first) == 1


def test_rules_in_shadow_are_counted_and_not_applied() -> None:
    """They change verdicts to publish here, since they applied before."""
    comparison = _compared(shadow=True)
    assert comparison.shadow == {"xx.quarrel.fool": 2}
    assert comparison.verdicts == {("ask", "publish"): 2}


def test_without_a_broker_the_command_says_what_to_do(tmp_path: Path) -> None:
    """In one line."""
    packs = tmp_path / "small.yaml"
    packs.write_text(json.dumps({"id": "small", "version": 1, "language": "any", "rules": [rule()]}), "utf-8")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{closed.getsockname()[1]}"
        told = CliRunner().invoke(
            moderation,
            ["replay", "--since", "1d", "--packs", str(packs)],
            env={"BUURTSEIN_KAFKA_BOOTSTRAP": nobody},
        )
    assert told.exit_code == 1
    assert told.stderr.startswith(f"Error: Kafka at {nobody} can't be used")
    assert "buurtsein up" in told.stderr


def test_an_end_before_the_beginning_is_refused() -> None:
    """Nothing lies between them, and that nothing would change is not what was asked."""
    told = CliRunner().invoke(moderation, ["replay", "--since", "1h", "--until", "2h", "--packs", "packs"])
    assert told.exit_code == 2
    assert "--until: it is not after --since" in told.stderr

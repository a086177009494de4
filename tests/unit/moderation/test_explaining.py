"""Why moderation decides as it does, in words."""

from click.testing import CliRunner
from rich.text import Text

from buurtsein_moderation.assess import assess
from buurtsein_moderation.cli import moderation
from buurtsein_moderation.completeness import Checked
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.explaining import explained, one_for_one

from .given import engine, kind, rule


def _explained(text: str, rules: Engine) -> dict[str, Text]:
    return dict(explained(text, assess(text, rules), Checked(), "en"))


def test_the_verdict_names_the_rule_that_decides() -> None:
    """And what the author is told and can do."""
    said = _explained("what a fool", engine(rule()))
    assert said["verdict"].plain == "ask: xx.quarrel.fool"
    assert said["found"].plain == "xx.quarrel.fool version 1: quarrel, ask, severity normal, a strike, “fool” at 7–11"
    assert said["  author reads"].plain == "Could you put it differently?"
    assert said["  next step"].plain == "rephrase"


def test_a_text_without_findings_says_so() -> None:
    """It is published."""
    assert _explained("what a day", engine(rule()))["verdict"].plain == "publish: no rule in force matches"


def test_an_urgent_report_says_why_it_is_not_declined() -> None:
    """It is held instead."""
    said = _explained("on fire, fool", engine(rule(verdict="decline"), types=(kind(),)))
    assert said["verdict"].plain == "hold: xx.quarrel.fool (it says decline, but the report is urgent)"


def test_the_type_names_its_reason() -> None:
    """A rule with its weight, or that there is none."""
    rules = engine(rule(), types=(kind(),))
    assert _explained("on fire", rules)["type"].plain == "urgent: xx.type.fire, weight 5"
    assert _explained("what a day", rules)["type"].plain == "none: no rule on types matches"


def test_what_matched_is_underlined() -> None:
    """In the text as it was written."""
    (span,) = _explained("what a fóól", engine(rule()))["text"].spans
    assert (span.start, span.end, span.style) == (7, 11, "bold underline")


def test_a_shadow_rule_is_shown_as_not_applied() -> None:
    """And the author reads nothing of it."""
    said = _explained("what a fool", engine(rule(shadow=True)))
    assert said["verdict"].plain.startswith("publish")
    assert "in shadow: counted, not applied" in said["found"].plain
    assert "  author reads" not in said


def test_what_is_hidden_is_listed_and_neighbours_do_not_read_it() -> None:
    """With its place."""
    said = _explained("call 06-12345678", engine(rule()))
    assert said["hidden"].plain == "phone: “06-12345678” at 5–16"
    assert said["neighbours read"].plain == "call [telefoonnummer]"


def test_a_hostile_text_does_not_reach_the_terminal() -> None:
    """Each control character becomes one sign, so that places stay right."""
    assert one_for_one("a\x1b[31m\u202eb\nc") == "a�[31m�b\nc"


def test_explain_tells_the_rules_of_a_community() -> None:
    """Of one that there is."""
    told = CliRunner().invoke(moderation, ["explain", "Jij bent een sukkel", "--community", "woensel"])
    assert "nl.quarrel.insult" in told.stdout
    refused = CliRunner().invoke(moderation, ["explain", "hoi", "--community", "elsewhere"])
    assert refused.exit_code == 2
    assert "'elsewhere' is not one of haarlemmerbuurt, overvecht, woensel" in refused.stderr


def test_explain_prints_on_the_command_line() -> None:
    """With the packs in force, from an argument or standard input."""
    for arguments, given in ((["Jij bent een sukkel"], None), (["-"], "Jij bent een sukkel")):
        told = CliRunner().invoke(moderation, ["explain", *arguments], input=given)
        assert told.exit_code == 0
        assert "nl.quarrel.insult" in told.stdout

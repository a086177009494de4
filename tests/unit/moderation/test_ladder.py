"""Friendly first, firm on repetition, and strikes that fade."""

from pathlib import Path

import pytest

from buurtsein_moderation.assess import assess
from buurtsein_moderation.ladder import Ladder, Ruling, Standing
from buurtsein_runtime.config import ConfigError, load_yaml

from .given import NOON, days, engine, kind, ladder, rule

RULES = engine(
    rule(),
    rule(id="note", strike=False, matches={"phrases": ["chat"]}, examples={"match": ["chat"], "not": ["x"]}),
    types=(kind(),),
)


def _ruling(text: str, standing: Standing | None, *, automatic: bool = False) -> Ruling:
    return ladder().rule(assess(text, RULES), standing, automatic=automatic)


@pytest.mark.parametrize(
    ("earlier", "automatic", "step"),
    [
        (0, False, "friendly_request"),
        (1, False, "firm_request"),
        (2, False, "removal_proposed"),
        (9, False, "removal_proposed"),
        (0, True, "friendly_request"),
        (2, True, "removed"),
    ],
)
def test_each_strike_is_a_step_up(earlier: int, automatic: bool, step: str) -> None:
    """The third one proposes a removal, or removes where the community chose that."""
    ruling = _ruling("you fool", Standing(earlier, removed=False), automatic=automatic)
    assert (ruling.step, ruling.strike, ruling.strikes) == (step, True, earlier + 1)


def test_a_note_is_no_strike() -> None:
    """Whoever chats is told where to, however often."""
    ruling = _ruling("chat", Standing(2, removed=False))
    assert (ruling.step, ruling.strike, ruling.strikes) == ("note", False, 2)


def test_a_good_report_is_no_step() -> None:
    """Whatever happened before."""
    assert _ruling("the lamp is out", Standing(2, removed=False)) == Ruling("publish")


def test_anonymous_reports_get_the_verdict_only() -> None:
    """There is nobody to take a step against; the message shows in the report's status."""
    ruling = _ruling("you fool", None)
    assert (ruling.verdict, ruling.step, ruling.strike, ruling.strikes) == ("ask", "none", False, 0)
    assert ruling.message is not None


def test_reports_of_a_removed_member_are_held_unless_urgent() -> None:
    """Accepted, always."""
    removed = Standing(3, removed=True)
    held = _ruling("the lamp is out", removed)
    assert (held.verdict, held.step, held.next_step) == ("hold", "none", "wait")
    assert held.message is not None
    assert _ruling("you fool", removed).verdict == "hold"
    assert _ruling("the shed is on fire", removed) == Ruling("publish")
    assert _ruling("you fool, it is on fire", removed).verdict == "ask"


def test_messages_open_with_the_step_in_both_languages() -> None:
    """The tone rises, what is asked for stays the same."""
    told = [_ruling("you fool", Standing(earlier, removed=False)).message for earlier in range(3)]
    assert len({message.nl for message in told if message}) == 3
    for message in told:
        assert message is not None
        assert message.nl.endswith("Kan het anders?")
        assert message.en.endswith("Could you put it differently?")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, 0),
        ({"earlier": -1.0}, 1),
        ({"earlier": -89.9}, 1),
        ({"faded": -90.1}, 0),
        ({"same moment": 0.0}, 0),
        ({"later": 1.0}, 0),
        ({"own": -1.0}, 0),
        ({"a": -1.0, "b": -2.0, "own": 0.0, "c": 3.0}, 2),
    ],
)
def test_only_earlier_strikes_that_did_not_fade_count(facts: dict[str, float], expected: int) -> None:
    """So that deciding again on an older event, with newer facts there, decides the same."""
    times = {fact: (NOON + days(at)).timestamp() for fact, at in facts.items()}
    assert ladder().standing(times, {}, "own", NOON) == Standing(expected, removed=False)
    assert ladder().standing({}, {"x": (NOON - days(364)).timestamp()}, "own", NOON).removed is True
    assert ladder().standing({}, {"x": (NOON - days(366)).timestamp()}, "own", NOON).removed is False


def test_the_file_is_checked_whole(tmp_path: Path) -> None:
    """All mistakes at once."""
    path = tmp_path / "ladder.yaml"
    path.write_text("keep_days: 0\nremoved_days: 1\nsteps: {note: {nl: x}}\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_yaml(path, Ladder)
    told = str(refused.value)
    assert all(place in told for place in ("keep_days", "steps.note.en", "steps.removed", "held"))

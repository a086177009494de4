"""The service as it is put together: its two stages, from the shipped files."""

from pathlib import Path

import pytest

from buurtsein_feedback.settings import FeedbackSettings
from buurtsein_feedback.stages import delivery_stage, feedback_stage
from buurtsein_runtime.config import ConfigError
from tests.unit.feedback.making import MONDAY, event, outcome, signal, utc


def test_the_feedback_stage() -> None:
    """It reads what the design says, keeps time by the communities, and decides with the facts that it asks for."""
    stage = feedback_stage(FeedbackSettings())
    assert stage.sources == ("signals.routed", "signals.outcomes", "member.notices")
    assert stage.effect is None
    assert stage.timer is not None
    assert stage.timer.topic == "signals.routed"
    assert set(stage.timer.owners()) == {"haarlemmerbuurt", "overvecht", "woensel", "unassigned"}
    assert stage.keys(event(outcome(), MONDAY)) == ("signal:s-1",)
    assert stage.keys(event(signal(), MONDAY)) == ()
    assert stage.timer.decide("overvecht", {}, utc(12, 8), utc(12, 9)).emits == ()


def test_a_timer_asks_for_everything_that_events_remember() -> None:
    """No fact is kept that neither a decision nor the timer ever looks at."""
    stage = feedback_stage(FeedbackSettings())
    assert stage.timer is not None
    asked = {*stage.timer.keys("overvecht"), *stage.keys(event(outcome(), MONDAY))}
    for data in (signal(promised_at=MONDAY), signal("s-2", incident="s-1"), outcome()):
        changes = stage.decide(event(data, MONDAY), {}, MONDAY).changes
        assert {change.key for change in changes} - {"signal:s-2"} <= asked


def test_the_delivery_stage() -> None:
    """It reads digests, needs no facts, and has an effect."""
    stage = delivery_stage(FeedbackSettings())
    assert (stage.name, stage.sources, stage.timer) == ("feedback-delivery", ("feedback.digests",), None)
    assert stage.keys(event(signal(), MONDAY)) == ()
    assert stage.effect is not None


def test_settings_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The files and the outbox are named by the environment; a file that is missing is said so."""
    monkeypatch.setenv("BUURTSEIN_OUTBOX", str(tmp_path / "outbox"))
    monkeypatch.setenv("BUURTSEIN_CADENCE", str(tmp_path / "none.yaml"))
    settings = FeedbackSettings()
    assert (settings.outbox, settings.http_port) == (tmp_path / "outbox", 8103)
    with pytest.raises(ConfigError, match="cannot be read"):
        feedback_stage(settings)

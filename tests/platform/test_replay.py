"""`buurtsein moderation replay` on a real Kafka."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from buurtsein_events.codec import encode
from buurtsein_events.topics import REPORTS_RECEIVED
from buurtsein_moderation.cli import moderation
from tests.platform.live_topics import LiveTopics, emptied
from tests.unit.moderation.given import event, report, rule


@pytest.fixture
def topics(kafka_bootstrap: str) -> Iterator[LiveTopics]:
    """Give empty topics."""
    with emptied(kafka_bootstrap) as topics:
        yield topics


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Return packs that find only fools."""
    path = tmp_path / "small.yaml"
    path.write_text(json.dumps({"id": "small", "version": 1, "language": "any", "rules": [rule()]}), "utf-8")
    return path


def _received(topics: LiveTopics, *texts: str) -> None:
    for number, text in enumerate(texts):
        topics.put(REPORTS_RECEIVED, encode(event(report(text), cause=f"request-{number}")))


def test_replay_counts_what_would_change(topics: LiveTopics, packs: Path) -> None:
    """Records that are no reports are left out, and texts are redacted."""
    topics.put(REPORTS_RECEIVED, b"{")
    _received(topics, "the fool on the hill plays on, 06-12345678", "Jij bent echt een sukkel", "De lamp is kapot")
    told = topics.run(moderation, "replay", "--since", "1h", "--packs", str(packs))
    assert told.exit_code == 0, told.output
    assert "3 reports, 2 verdicts" in told.output
    assert "verdict  ask → publish  1" in told.output
    assert "ask, none (xx.quarrel.fool)" in told.output
    assert "[telefoonnummer]" in told.output
    assert "06-12345678" not in told.output


def test_replay_reads_between_two_times(topics: LiveTopics, packs: Path) -> None:
    """Nothing was received before the tests began."""
    _received(topics, "what a fool")
    told = topics.run(moderation, "replay", "--since", "2d", "--until", "1d", "--packs", str(packs))
    assert told.output.startswith("0 reports")

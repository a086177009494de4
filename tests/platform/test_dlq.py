"""`buurtsein dlq` on a real Kafka: lists, shows and puts back what could not be decided."""

import json
from collections.abc import Iterator

import pytest

from buurtsein_events.deadletters import REPLAY_HEADER, DeadLetter, Origin
from buurtsein_platform.dlq_commands import dlq
from buurtsein_platform.dlq_reader import reading
from tests.platform.live_topics import LiveTopics, emptied
from tests.unit.events.records import AT


@pytest.fixture
def topics(kafka_bootstrap: str) -> Iterator[LiveTopics]:
    """Give empty topics."""
    with emptied(kafka_bootstrap) as topics:
        yield topics


def listed(topics: LiveTopics, *arguments: str) -> list[dict[str, str]]:
    """Return what `list --json` prints."""
    result = topics.run(dlq, "list", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def went_to(output: str) -> Origin:
    """Return where the only replayed record went."""
    return Origin.parse(output.strip().rpartition(" ")[2])


def test_list(topics: LiveTopics) -> None:
    """Dead letters are listed with their position, origin and reason, as a table and as JSON."""
    broken = topics.put("reports.received", b"{\x1b[31m")
    topics.bury(broken, "not_json")
    [letter] = listed(topics)
    assert (letter["reason"], letter["origin"]) == ("not_json", str(broken.origin))
    assert Origin.parse(letter["position"]).topic == "reports.received.dlq"
    table = topics.run(dlq, "list").output
    assert letter["position"] in table
    assert "not_json" in table


def test_filters(topics: LiveTopics) -> None:
    """Topic, reason, stage and time choose, also together."""
    topics.bury(topics.put("reports.received", b"{"), "not_json")
    topics.bury(topics.put("reports.received", None), "null")
    topics.bury(topics.put("reports.moderated", b"["), "not_json", "routing")
    assert len(listed(topics)) == 3
    assert len(listed(topics, "--reason", "not_json")) == 2
    assert len(listed(topics, "--topic", "reports.received", "--reason", "not_json")) == 1
    assert len(listed(topics, "--topic", "reports.moderated.dlq")) == 1
    assert len(listed(topics, "--stage", "routing")) == 1
    assert len(listed(topics, "--since", "2026-10-14T20:51:00")) == 3
    assert listed(topics, "--since", "2026-10-14T20:51:01") == []


def test_show(topics: LiveTopics) -> None:
    """One dead letter is shown whole, and nothing in it reaches the terminal as a command."""
    topics.bury(topics.put("reports.received", "é\x1b]0;owned\x07\u202e".encode(), [("x", b"\x1b[2J")]), "not_json")
    topics.bury(topics.put("reports.received", bytes(range(250, 256))), "not_json")
    first, second = (topics.run(dlq, "show", letter["position"]).output for letter in listed(topics))
    shown = first if "owned" in first else second
    assert "é\\x1b]0;owned\\x07\\u202e" in shown
    assert "x: \\x1b[2J" in shown
    assert "buurtsein-reason: not_json" in shown
    assert "00000000  fa fb fc fd fe ff" in first + second
    assert "\x1b" not in first + second


def test_replay(topics: LiveTopics, kafka_bootstrap: str) -> None:
    """A record goes back with its bytes, key and headers, and says which failure it answers."""
    failed = topics.put("reports.received", b"\xff\x00", [("traceparent", b"00-1")])
    topics.bury(failed, "not_json")
    [letter] = listed(topics)
    result = topics.run(dlq, "replay", letter["position"])
    assert result.exit_code == 0, result.output
    with reading(kafka_bootstrap) as reader:
        again = reader.at(went_to(result.output))
    assert again
    assert (again.origin.topic, again.origin.partition) == ("reports.received", failed.origin.partition)
    assert (again.value, again.key) == (failed.value, failed.key)
    assert again.headers == (("traceparent", b"00-1"), (REPLAY_HEADER, str(failed.origin).encode()))


def test_replay_of_null(topics: LiveTopics, kafka_bootstrap: str) -> None:
    """A null value goes back as null, and a record without a key to its partition."""
    null, keyless = topics.put("reports.received", None), topics.put("reports.received", b"{", key=None)
    topics.bury(null, "null")
    topics.bury(keyless, "not_json")
    origins = [went_to(topics.run(dlq, "replay", "--all", "--reason", each).output) for each in ("null", "not_json")]
    with reading(kafka_bootstrap) as reader:
        first, second = (reader.at(origin) for origin in origins)
    assert first
    assert second
    assert (first.value, first.key) == (None, b"key")
    assert (second.key, second.origin.partition) == (None, keyless.origin.partition)


def test_replay_goes_on(topics: LiveTopics) -> None:
    """A record that Kafka does not take is named, the others are put back all the same, and the end is 1."""
    nothing = DeadLetter(
        reason="null",
        error="DecodeError",
        detail="",
        stage="moderation",
        origin=Origin("reports.received", 0, 0),
        at=AT,
        value=None,
        key=None,
    )
    record = topics.put("reports.received.dlq", b"", nothing.to_headers(), key=None)
    topics.bury(topics.put("reports.received", b"{"), "not_json")
    result = topics.run(dlq, "replay", "--all")
    assert result.exit_code == 1
    assert f"{record.origin} can't be put back" in result.stderr
    assert " went to reports.received:" in result.stdout


def test_dry_run(topics: LiveTopics) -> None:
    """A dry run says what would go where and writes nothing."""
    topics.bury(topics.put("reports.received", b"{"))
    before = topics.end("reports.received")
    result = topics.run(dlq, "replay", "--all", "--dry-run")
    assert "would go to reports.received\n" in result.output
    assert topics.end("reports.received") == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["replay"], "name positions, or use --all"),
        (["replay", "--all", "reports.received.dlq:0:0"], "name positions, or use --all"),
        (["replay", "reports.received.dlq:0:0", "--reason", "null"], "name positions, or use --all"),
        (["show", "reports.received:0:0"], "is not on a dead-letter topic"),
        (["show", "nonsense"], "is not topic:partition:offset"),
        (["show", "reports.received.dlq:0:999999"], "There is no record at reports.received.dlq:0:999999."),
        (["show", "reports.received.dlq:99:0"], "There is no record at"),
        (["list", "--topic", "nowhere"], "The cluster has no topic nowhere.dlq"),
        (["list", "--since", "soon"], "nor an ISO 8601 time"),
    ],
)
def test_wrong_use(topics: LiveTopics, arguments: list[str], message: str) -> None:
    """What can't be done is said in words, with another end than 0."""
    result = topics.run(dlq, *arguments)
    assert result.exit_code != 0
    assert message in result.output


def test_foreign_records(topics: LiveTopics) -> None:
    """A record that no stage wrote is skipped with a line, and can't send bytes to another topic."""
    topics.put("reports.received.dlq", b"hello")
    letter = topics.bury(topics.put("reports.moderated", b"{"))
    forged = topics.put("reports.received.dlq", letter.value, letter.to_headers())
    result = topics.run(dlq, "list", "--topic", "reports.received")
    assert result.exit_code == 0
    assert result.stderr.count("is no dead letter") == 2
    refused = topics.run(dlq, "replay", str(forged.origin))
    assert refused.exit_code == 1
    assert "is no dead letter of its topic: it names reports.moderated" in refused.output

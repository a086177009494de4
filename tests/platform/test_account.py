"""`buurtsein account` on a real Kafka: proves a good day and names what is wrong with a bad one."""

import json
from collections.abc import Iterator
from threading import Timer

import pytest
from kafka import KafkaProducer

from buurtsein_events.ids import derive
from buurtsein_platform.account_command import account
from tests.platform.live_topics import LiveTopics, emptied
from tests.unit.events.records import moderated, raw


@pytest.fixture
def topics(kafka_bootstrap: str) -> Iterator[LiveTopics]:
    """Give empty topics."""
    with emptied(kafka_bootstrap) as topics:
        yield topics


def day(topics: LiveTopics) -> None:
    """Write a report for every way to end, a retry, poison and a replay."""
    for report in ("p", "p", "a", "h", "d"):
        topics.receive(report)
    topics.moderate("p")
    topics.route("p", "police", "community")
    topics.moderate("a", "ask")
    topics.moderate("h", "hold")
    topics.moderate("d", "decline")
    topics.bury(topics.put("reports.received", b"{"), "not_json")
    topics.bury(topics.put("reports.received", None), "null")
    topics.bury(topics.receive("stuck"))
    topics.replay(topics.bury(topics.receive("healed")))
    topics.moderate("healed", "decline")


def test_good_day(topics: LiveTopics) -> None:
    """Every report ended once: the table says how, and the command ends with 0."""
    day(topics)
    result = topics.run(account)
    assert result.exit_code == 0, result.output
    assert "6 accepted, 6 ended: 0 lost, 0 ended twice, 0 unexplained." in result.output
    balance = json.loads(topics.run(account, "--json").stdout)
    assert balance["states"] == {"routed": 1, "asked": 1, "held": 1, "declined": 2, "dead_letter": 1}
    assert (balance["retries"], balance["replays"], balance["broken"]) == (1, 1, 2)
    assert {"topic": "reports.received.dlq", "reason": "null", "records": 1} in balance["dead_letters"]


def test_deleted_event(topics: LiveTopics) -> None:
    """An event deleted from a topic on purpose is named with the place where its trail ends."""
    day(topics)
    topics.receive("victim")
    before = topics.moderate("victim")
    topics.route("victim", "police")
    topics.delete(topics.put("signals.routed.police", b"deleted too"))
    topics.delete(topics.put("signals.routed", b"deleted too"))
    result = topics.run(account, "--wait", "0")
    assert result.exit_code == 1
    [line] = [line for line in result.output.splitlines() if " victim " in line]
    assert line.startswith("lost")
    assert str(before.origin) in line


def test_deleted_report(topics: LiveTopics) -> None:
    """Results of a report that was deleted are unexplained, and the cure for a retention that did it is told."""
    topics.delete(topics.receive("victim"))
    topics.moderate("victim", "decline")
    result = topics.run(account, "--wait", "0")
    assert result.exit_code == 1
    assert "unexplained" in result.output
    assert "Retention has deleted" in result.output
    assert topics.run(account, "--wait", "0", "--since", "9999d").exit_code == 1
    assert topics.run(account, "--wait", "0", "--since", "2199-01-01").exit_code == 0


def test_two_verdicts(topics: LiveTopics) -> None:
    """A report that ended twice is named with both positions, in JSON as in the table."""
    topics.receive("r")
    first, second = topics.moderate("r", "ask"), topics.moderate("r", "decline")
    result = topics.run(account, "--wait", "0", "--json")
    balance = json.loads(result.stdout)
    assert (result.exit_code, balance["twice"]) == (1, 1)
    assert [fault["where"] for fault in balance["faults"]] == [f"{first.origin}, {second.origin}"]


def test_poison_without_a_dead_letter(topics: LiveTopics) -> None:
    """A broken record that no stage put on the dead-letter topic is lost."""
    broken = topics.put("reports.received", b"\xff\xfe")
    result = topics.run(account, "--wait", "0")
    assert result.exit_code == 1
    assert f"{broken.origin}  it is no event, and reports.received.dlq lacks it" in result.output


def test_waiting(topics: LiveTopics) -> None:
    """What is still on its way is waited for, and what was accepted meanwhile is nobody's fault."""

    def later() -> None:
        topics.receive("new")
        topics.moderate("slow")
        topics.route("slow", "police")

    topics.receive("slow")
    timer = Timer(0.7, later)
    timer.start()
    result = topics.run(account, "--wait", "20")
    timer.join()
    assert (result.exit_code, "1 accepted, 1 ended" in result.output) == (0, True), result.output


def test_transactions(topics: LiveTopics) -> None:
    """What an aborted transaction wrote does not count, nor does the end of a transaction."""
    topics.receive("r")
    producer = KafkaProducer(bootstrap_servers=topics.bootstrap, transactional_id="test-account")
    producer.init_transactions()
    producer.begin_transaction()
    producer.send("reports.moderated", raw(moderated("r", "ask"), derive("r", "moderated")), key=b"key").get(30)
    producer.abort_transaction()
    assert topics.run(account, "--wait", "0").exit_code == 1
    producer.begin_transaction()
    producer.send("reports.moderated", raw(moderated("r", "ask"), derive("r", "moderated")), key=b"key").get(30)
    producer.commit_transaction()
    producer.close()
    result = topics.run(account)
    assert result.exit_code == 0, result.output


def test_no_cluster(topics: LiveTopics) -> None:
    """A Kafka that is not there is told in one line."""
    topics.bootstrap = "127.0.0.1:1"
    result = topics.run(account)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert result.output.startswith("Error: Kafka at 127.0.0.1:1 can't be used")

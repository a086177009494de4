"""The table at the end: what is counted, and how it is shown."""

import io

from rich.console import Console

from buurtsein_events.accounting import Ledger
from buurtsein_events.topics import NETWORKS
from buurtsein_platform.demo_result import Result, result
from buurtsein_platform.demo_table import table
from tests.unit.events.records import Topics
from tests.unit.platform.demo_records import Ideal, outcome, report, story_of

ENTRIES = (report("wk-051"), report("wk-052"), report("wk-010"), report("wk-009"), outcome("out-01"))


def week() -> Ideal:
    """Return topics with a burglary seen twice, a quarrel, an advertisement and an arrest."""
    ideal = Ideal()
    for entry in ENTRIES:
        ideal.play(entry)
    ideal.tell(outcome("out-01"), "member")
    return ideal


def counted(topics: Topics) -> Result:
    """Return the result of topics."""
    ledger = Ledger(NETWORKS)
    for seen in (each for each in topics.records if each.origin.topic in ledger.topics):
        ledger.add(seen)
    return result(ENTRIES, story_of(topics.records), ledger.account())


def test_everything_is_counted_from_the_topics() -> None:
    """Verdicts, signals, links, digests, strikes: as often as they are there."""
    found = counted(week().topics)
    assert (found.reports, found.outcomes) == (4, 1)
    assert found.verdicts == {"publish": 2, "ask": 1, "hold": 0, "decline": 1}
    assert (found.signals["police"], found.signals["coordinator"], found.linked) == (2, 1, 1)
    assert found.digests["incident"] == {"member": 1, "involved": 0, "coordinator": 0}
    assert found.strikes["friendly_request"] == 2
    assert found.ended == {"routed": 2, "asked": 1, "held": 0, "declined": 1, "dead_letter": 0}
    assert found.unaccounted == 0


def test_a_report_that_ends_nowhere_shows() -> None:
    """A received report without a verdict is not accounted for."""
    ideal = week()
    ideal.receive(report("wk-001"))
    found = counted(ideal.topics)
    assert (found.reports, found.lost, found.unaccounted) == (5, 1, 1)


def test_a_second_verdict_shows() -> None:
    """What a stage wrote twice is counted twice, and the report is not accounted for."""
    ideal = week()
    ideal.moderate(report("wk-051"))
    found = counted(ideal.topics)
    assert (found.verdicts["publish"], found.twice) == (3, 1)


def test_a_retry_of_a_client_does_not_show() -> None:
    """The same report received again is the same report."""
    ideal = week()
    ideal.receive(report("wk-051"))
    assert counted(ideal.topics) == counted(week().topics)


def test_dead_letters_are_named_by_topic_and_reason() -> None:
    """So is what cannot be read at all."""
    topics = Topics()
    topics.bury(topics.put("reports.received", b"{"), reason="not_json")
    found = counted(topics)
    assert found.dead_letters == {"reports.received unreadable": 1, "reports.received.dlq not_json": 1}


def test_a_result_survives_its_file() -> None:
    """What is written can be read and compared."""
    found = counted(week().topics)
    assert Result.model_validate_json(found.model_dump_json()) == found


def test_the_table_shows_every_number_by_its_name() -> None:
    """A person reads it without knowing the code."""
    output = Console(file=io.StringIO(), width=160)
    output.print(table(counted(week().topics)))
    assert isinstance(output.file, io.StringIO)
    lines = [line.split() for line in output.file.getvalue().splitlines()]
    shown = " ".join(word for line in lines for word in line)
    for part in ("publish 2", "housing corporation 0", "linked duplicates 1", "unaccounted 0", "verdict 4 of 4"):
        assert part in shown

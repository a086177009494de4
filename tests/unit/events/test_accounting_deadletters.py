"""What the balance makes of dead letters: what they explain, what is put back, and what is none."""

from buurtsein_events.accounting import NOT_A_DEAD_LETTER
from tests.unit.events.records import Topics, balance, dead, moderated, raw, said


def test_replays() -> None:
    """A replay that fails again may be replayed again; the same replay twice owes one answer only."""
    day = Topics()
    first = day.bury(day.receive("r"))
    day.replay(day.bury(day.replay(first)))
    day.replay(first)
    day.moderate("r", "decline")
    account = balance(day.records)
    assert (account.faults, account.states, account.replays) == ((), {"declined": 1}, 3)


def test_foreign_dead_letters() -> None:
    """What no stage wrote to a dead-letter topic is counted apart and explains nothing."""
    day = Topics()
    report = day.receive("r")
    day.put("reports.received.dlq", b"hello")
    day.put("reports.moderated.dlq", report.value, dead(report).to_headers())
    account = balance(day.records)
    assert account.dead_letters == {
        ("reports.received.dlq", NOT_A_DEAD_LETTER): 1,
        ("reports.moderated.dlq", NOT_A_DEAD_LETTER): 1,
    }
    assert said(account) == [("lost", "r")]


def test_dead_letter_outlives_its_record() -> None:
    """Dead letters are kept longer than records: one alone is no fault."""
    day = Topics()
    day.bury(day.receive("r"))
    assert balance(day.records[1:]).faults == ()


def test_event_on_the_wrong_topic() -> None:
    """An event that its topic does not carry owes one dead letter, however often it is there or put back."""
    day = Topics()
    stray = day.put("reports.received", raw(moderated("r"), "stray"))
    day.put("reports.received", stray.value)
    assert said(balance(day.records)) == [("lost", "stray")]
    letter = day.bury(stray)
    assert (balance(day.records).faults, balance(day.records).misplaced) == ((), 1)
    day.bury(day.replay(letter))
    day.replay(letter)
    assert balance(day.records).faults == ()
    day.bury(stray)
    assert balance(day.records).count("twice") == 1

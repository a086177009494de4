"""What the tools for dead letters and accounting print is safe for a terminal and names what a person needs."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from buurtsein_events.accounting import Ledger
from buurtsein_platform.account_command import json_of, show
from buurtsein_platform.dlq_output import shown
from tests.unit.events.records import Topics


@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    """Whatever the bytes are, lines of printable text come out."""
    assert all(line.isprintable() for line in shown(raw))


def test_shown() -> None:
    """Null says so, text keeps its lines and other bytes become a dump with their offsets."""
    assert shown(None) == ["(null)"]
    assert shown("één\ntwee\r".encode()) == ["één", "twee\\r"]
    assert shown(b"\xff" + b"abcdefghijklmnop") == [
        "00000000  ff 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f  .abcdefghijklmno",
        f"00000010  {'70':<47}  p",
    ]


def ledger(reports: int) -> Ledger:
    """Return a ledger with reports that nobody answered, and one whose name would colour the terminal."""
    topics, ledger = Topics(), Ledger()
    for number in range(reports):
        topics.receive(f"r{number}")
    topics.put("reports.received.dlq", b"\x1b[31m[bold]")
    for record in topics.records:
        ledger.add(record)
    return ledger


def test_named_faults() -> None:
    """The table names as many faults as asked for and says how many more there are; JSON names all."""
    output = io.StringIO()
    balance = ledger(5).account()
    show(Console(file=output, width=220, markup=False), balance, names=2)
    assert output.getvalue().count("reports.received has it, nothing followed") == 2
    assert "… and 3 more; --json names all." in output.getvalue()
    assert "5 accepted, 0 ended: 5 lost, 0 ended twice, 0 unexplained." in output.getvalue()
    assert json_of(balance).count("nothing followed") == 5

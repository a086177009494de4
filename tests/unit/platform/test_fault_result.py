"""The result of a run: when it is well, and what it says when it is not."""

from dataclasses import replace

import pytest

from buurtsein_events.accounting import Account
from buurtsein_events.trails import Fault
from buurtsein_platform.fault.clients import Books
from buurtsein_platform.fault.plan import every_kind
from buurtsein_platform.fault.result import Result, rows, told
from buurtsein_platform.fault.tally import Findings

FINDINGS = Findings(
    terminal=2, ends={"routed": 1, "hold": 1}, lost=(), duplicated=(), poison=3, buried=3, wrong=(), digests=5
)
ACCOUNT = Account(accepted=2, states={}, retries=0, replays=0, broken=3, assigned={}, dead_letters={}, faults=())
WELL = Result(
    reports=2,
    books=Books(accepted={"k1": "a", "k2": "b"}),
    findings=FINDINGS,
    account=ACCOUNT,
    faults=dict.fromkeys(every_kind(), 1),
    poison=3,
    longest_pause=7.25,
    standstill=3.0,
    stands_at="buurtsein-routing at reports.moderated:1",
    settled=True,
)


def test_a_run_without_complaints_is_well() -> None:
    """Nothing lost, nothing twice, every dead letter as it should be, and no standstill."""
    assert WELL.well
    assert told(WELL) == []


@pytest.mark.parametrize(
    ("result", "complaint"),
    [
        (replace(WELL, findings=replace(FINDINGS, lost=("report a …",))), "report a"),
        (replace(WELL, findings=replace(FINDINGS, duplicated=("event e …",))), "event e"),
        (replace(WELL, findings=replace(FINDINGS, buried=2)), "2 became dead letters"),
        (replace(WELL, poison=4), "4 bad records were written, 3 became"),
        (replace(WELL, account=replace(ACCOUNT, faults=(Fault("lost", "a", "here", "gone"),))), "a at here: gone"),
        (replace(WELL, books=Books(accepted={"k1": "a"})), "2 reports were sent and 1 accepted"),
        (replace(WELL, books=Books(accepted=WELL.books.accepted, problems=["refused"])), "refused"),
        (replace(WELL, standstill=31.0), "buurtsein-routing at reports.moderated:1 stood still for 31 s"),
        (replace(WELL, settled=False), "not everything came to its end"),
        (replace(WELL, faults={"kill -9 kafka": 9}), "some faults did not hit: SIGTERM feedback"),
    ],
)  # fmt: skip
def test_whatever_is_not_as_promised_is_said(result: Result, complaint: str) -> None:
    """Each mistake alone is enough."""
    assert not result.well
    assert complaint in told(result)[0]


def test_what_either_count_finds_is_in_the_numbers() -> None:
    """The tally and the accounting count apart; the larger number is shown."""
    faults = (Fault("lost", "a", "here", "gone"), Fault("twice", "b", "there", "two"))
    result = replace(WELL, account=replace(ACCOUNT, faults=faults))
    assert (result.lost, result.duplicated) == (1, 1)


def test_a_long_list_of_complaints_is_cut() -> None:
    """Twenty are enough to see what is wrong."""
    result = replace(WELL, findings=replace(FINDINGS, lost=tuple(f"report {n}" for n in range(50))))
    assert len(told(result)) == 21
    assert told(result)[-1] == "… and 30 more"


def test_the_table_has_every_number_that_was_asked_for() -> None:
    """Accepted, terminal, lost, duplicated, dead letters, faults by kind and the longest pause."""
    shown = dict(row for row in rows(WELL) if row[0])
    assert shown["accepted"] == "2 of 2 sent"
    assert (shown["terminal"], shown["lost"], shown["duplicated"]) == ("2", "0", "0")
    assert shown["dead-lettered as expected"] == "3 of 3"
    assert shown["faults"] == "18"
    assert shown["longest pause"].startswith("7.2 s")
    assert ("", "SIGTERM: feedback 1, intake 1, kafka 1, moderation 1, routing 1, store 1") in rows(WELL)

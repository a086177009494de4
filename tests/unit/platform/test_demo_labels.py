"""How many of the labelled expectations are met."""

import pytest

from buurtsein_events.values import Verdict
from buurtsein_platform.demo_labels import Score, expectations, fates
from tests.unit.platform.demo_records import WEEK, Ideal, outcome, report

BURGLARY = (report("wk-051"), report("wk-052"), report("wk-053"))
ARREST = outcome("out-01")


def test_an_ideal_week_meets_every_expectation() -> None:
    """Where everything is as labelled, each score is full."""
    ideal = Ideal()
    for entry in WEEK:
        ideal.play(entry)
        if entry.kind == "outcome":
            ideal.tell(entry, "member")
    scores = expectations(WEEK, ideal.story())
    assert [name for name, score in scores.items() if score.met != score.of] == []
    assert scores["verdict"] == Score(158, 158)
    assert scores["outcomes told to residents"] == Score(14, 14)
    assert (scores["step on the ladder"].of, scores["duplicates linked"].of) == (3, 7)


def test_an_empty_week_meets_none_but_what_nothing_meets() -> None:
    """Reports that should go nowhere did, and none was linked; all else is missed."""
    scores = expectations(WEEK, Ideal().story())
    met = {name for name, score in scores.items() if score.met}
    assert met == {"networks, exactly", "others left alone"}


@pytest.mark.parametrize(
    ("entry", "verdict", "met"),
    [
        ("wk-001", "publish", True),
        ("wk-001", "hold", False),
        ("wk-010", "ask", True),
        ("wk-010", "hold", True),
        ("wk-010", "decline", False),
        ("wk-009", "decline", True),
        ("wk-009", "ask", False),
    ],
)
def test_a_label_allows_certain_verdicts(entry: str, verdict: Verdict, met: bool) -> None:
    """What should be talked about may be asked or held; what does not belong is declined."""
    ideal = Ideal()
    ideal.receive(report(entry))
    ideal.moderate(report(entry), verdict=verdict)
    assert fates([report(entry)], ideal.story())[entry].verdict_met is met


def test_a_duplicate_belongs_to_the_event_of_its_first_report() -> None:
    """Linked to another event is not linked."""
    right, wrong = Ideal(), Ideal()
    for entry in BURGLARY:
        right.play(entry)
        wrong.receive(entry)
        wrong.route(entry, linked_to=None if entry is BURGLARY[0] else "wk-070")
    assert expectations(BURGLARY, right.story())["duplicates linked"] == Score(2, 2)
    assert expectations(BURGLARY, wrong.story())["duplicates linked"] == Score(0, 2)


def test_what_stands_alone_should_not_be_linked() -> None:
    """A link that no label asks for counts against it."""
    ideal = Ideal()
    ideal.receive(BURGLARY[0])
    ideal.route(BURGLARY[0], linked_to="wk-070")
    assert expectations(BURGLARY[:1], ideal.story())["others left alone"] == Score(0, 1)


def test_private_parts_are_counted_one_by_one() -> None:
    """A plate in the public text is seen; so is a name."""
    ideal, plate, name = Ideal(), report("wk-082"), report("wk-010")
    for entry in (plate, name):
        ideal.receive(entry)
    ideal.moderate(plate, public=plate.text)
    ideal.moderate(name)
    scores = expectations((plate, name), ideal.story())
    assert scores["numbers and plates hidden"] == Score(0, 1)
    assert scores["names hidden"] == Score(1, 1)


def test_coordinators_are_no_residents() -> None:
    """An outcome of which only the coordinator hears was not told."""
    ideal = Ideal()
    ideal.tell(ARREST, "coordinator")
    assert expectations((ARREST,), ideal.story())["outcomes told to residents"] == Score(0, 1)
    ideal.tell(ARREST, "involved")
    assert expectations((ARREST,), ideal.story())["outcomes told to residents"] == Score(1, 1)


def test_a_score_reads_as_a_share() -> None:
    """As the table shows it."""
    assert str(Score(3, 7)) == "3 of 7"

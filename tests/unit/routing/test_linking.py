"""Reports of one event are linked; two events at one place are not; and nothing depends on when it was decided."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportModerated
from buurtsein_events.results import Change, Count, Decision
from buurtsein_events.values import Location
from tests.unit.routing.given import MAP, SHIPPED, Stage, assignments, event, minutes, moderated, signal

FIRE = "Brand in de fietsenstalling, veel rook"
FIRST = derive("report-1", "signal")


def fire(number: int, after: float = 2, **changed: object) -> ReportModerated:
    """Return a report of the fire, some minutes after noon."""
    return moderated(FIRE, "urgent", number=number, at=minutes(after), **changed)  # type: ignore[arg-type]


def of_events(decision: Decision) -> list[Change]:
    """Return what a decision remembers about events, and not about the report by itself."""
    return [change for change in decision.changes if not change.key.startswith("signals:of:")]


def near(metres: float) -> Location:
    """Return a place so many metres north of the square."""
    return Location(lat=52.1170 + metres / 111_320, lon=5.1130)


SECOND: list[tuple[str, ReportModerated, bool]] = [
    ("the same words", fire(2), True),
    ("other words of the same kind", moderated("De vlammen slaan eruit!", "urgent", number=2, at=minutes(3)), True),
    ("two hundred metres on", fire(2, location=near(200)), True),
    ("three hundred metres on", fire(2, location=near(300)), False),
    ("a quarter of an hour later", fire(2, 15), True),
    ("sixteen minutes later", fire(2, 16), False),
    ("received late, happened then", fire(2, 50, occurred=minutes(1)), True),
    ("happened the night before", fire(2, occurred=minutes(-600)), False),
    ("received hours later", fire(2, 61, occurred=minutes(1)), False),
    ("another type", moderated(FIRE, "nuisance", number=2), False),
    ("another kind of thing", moderated("Vechtpartij met messen", "urgent", number=2), False),
    ("nothing in common", moderated("Iemand roept om hulp", "urgent", number=2), False),
    ("another community", fire(2, community="woensel"), False),
    ("no place but the same words", fire(2, location=None), True),
    ("no place and few words", moderated("Brand hier!", "urgent", number=2, location=None), False),
    ("no place, another area", fire(2, location=None, area="eindhoven/woensel-west"), False),
]


@pytest.mark.parametrize(("second", "linked"), [case[1:] for case in SECOND], ids=[case[0] for case in SECOND])
def test_a_second_report_is_linked_when_place_time_and_kind_agree(second: ReportModerated, linked: bool) -> None:
    """The incident of both is the first one's signal."""
    stage = Stage()
    stage.decide(fire(1, 0))
    decision = stage.decide(second)
    found = signal(decision)
    assert found.duplicate == linked
    assert found.incident == (FIRST if linked else found.signal_id)
    assert (Count("linked") in decision.counts) == linked


@pytest.mark.parametrize("second", [case[1] for case in SECOND], ids=[case[0] for case in SECOND])
def test_linking_is_the_same_whichever_report_comes_first(second: ReportModerated) -> None:
    """Therefore a crash, or partitions that arrive in another order, changes no count."""
    linked = []
    for reports in ((fire(1, 0), second), (second, fire(1, 0))):
        stage = Stage()
        linked.append(sum(signal(stage.decide(report)).duplicate for report in reports))
    assert linked[0] == linked[1]


def test_words_in_common_link_when_no_kind_is_known() -> None:
    """Two texts about one thing, of which no list knows the kind."""
    stage = Stage()
    stage.decide(moderated("Grote tak hangt gevaarlijk boven schommel"))
    assert signal(stage.decide(moderated("Gevaarlijk, tak hangt boven schommel", number=2))).duplicate
    assert not signal(stage.decide(moderated("Bankje mist een plank", number=3))).duplicate


def test_all_later_reports_belong_to_the_first_and_only_it_leaves_facts() -> None:
    """A flood of one event keeps one fact, however long it lasts."""
    stage = Stage()
    decisions = [stage.decide(fire(number, number)) for number in range(1, 12)]
    assert {signal(decision).incident for decision in decisions} == {FIRST}
    assert [bool(of_events(decision)) for decision in decisions] == [True] + [False] * 10


def test_a_long_event_is_news_again_after_a_quarter_of_an_hour() -> None:
    """Nobody is left with an alarm that was folded for longer than that."""
    stage = Stage()
    duplicates = [signal(stage.decide(fire(number, number * 5))).duplicate for number in range(1, 6)]
    assert duplicates == [False, True, True, True, False]


def test_a_duplicate_still_reaches_every_network_and_is_marked_for_those_that_know() -> None:
    """Nothing is lost; the network can fold it."""
    stage = Stage()
    stage.decide(fire(1))
    told = assignments(stage.decide(fire(2)))
    assert {name: got.duplicate for name, got in told.items()} == {"fire_brigade": True, "community": True}


def test_a_network_that_did_not_know_of_the_event_gets_it_as_news_once() -> None:
    """A duplicate with new facts alarms the police, and the next one does not do so again."""
    stage = Stage()
    stage.decide(fire(1))
    with_knife = "Brand in de fietsenstalling, man met mes"
    second = assignments(stage.decide(moderated(with_knife, "urgent", number=2, at=minutes(3))))
    third = assignments(stage.decide(moderated(with_knife, "urgent", number=3, at=minutes(4))))
    assert {name: got.duplicate for name, got in second.items()} == {
        "fire_brigade": True, "police": False, "community": True,
    }  # fmt: skip
    assert all(got.duplicate for got in third.values())


@pytest.mark.parametrize("other", [moderated(FIRE, "none"), moderated(FIRE, "nuisance", "ask", category="quarrel")])
def test_chat_and_stopped_texts_are_no_event(other: ReportModerated) -> None:
    """They are neither linked nor what others are linked to."""
    stage = Stage()
    assert stage.policy.keys(event(other)) == ()
    assert of_events(stage.decide(other)) == []


def test_facts_hold_no_word_of_the_report() -> None:
    """Redis learns the kind and place of an event, not what somebody wrote."""
    stage = Stage()
    stage.decide(moderated("Brand bij Zonnebloem", "urgent", public_text="Brand bij ***"))
    facts = " ".join(fact for facts in stage.facts.values() for fact in facts)
    assert "fire" in facts
    assert "onnebloem" not in facts


def test_a_report_at_the_border_of_two_cells_is_found_from_both_sides() -> None:
    """The grid in which places are kept is not seen from outside."""
    for lat, lon in ((52.11999, 5.1130), (52.1150, 5.10999), (52.11999, 5.10999)):
        stage = Stage()
        stage.decide(fire(1, location=Location(lat=lat, lon=lon)))
        over = Location(lat=lat + 0.0003, lon=lon + 0.0003)
        assert signal(stage.decide(fire(2, location=over))).duplicate


flood = st.lists(
    st.builds(
        moderated,
        text=st.sampled_from([FIRE, "Vlammen en rook", "Vechtpartij", "Grote tak op straat", "Tak hangt boven straat"]),
        kind=st.sampled_from(["urgent", "nuisance"]),
        number=st.integers(1, 10_000),
        at=st.integers(0, 40).map(minutes),
        location=st.sampled_from([None, near(0), near(140), near(260), near(400)]),
    ),
    max_size=8,
    unique_by=lambda data: data.report.report_id,
)


@given(flood, st.integers(0, 8))
@settings(max_examples=60)
def test_deciding_again_after_a_crash_gives_the_same(reports: list[ReportModerated], crashed_after: int) -> None:
    """The facts of the run that crashed are all there, also those of later reports and of the report itself."""
    whole = Stage()
    expected = [signal(whole.decide(report)).duplicate for report in reports]
    crashing = Stage()
    for report in reports[:crashed_after]:
        crashing.decide(report)
    again = [signal(crashing.decide(report, now=minutes(99))).duplicate for report in reports]
    assert again == expected
    assert crashing.facts == whole.facts


@given(flood)
@settings(max_examples=30)
def test_deciding_is_the_same_each_time(reports: list[ReportModerated]) -> None:
    """Whole decisions are equal: time of deciding and own facts play no part."""
    stage = Stage()
    for report in reports:
        before = {key: dict(facts) for key, facts in stage.facts.items()}
        first = stage.decide(report)
        state = {key: before.get(key, {}) for key in stage.policy.keys(event(report))}
        assert SHIPPED.decide(event(report), state, minutes(500)) == first
        assert stage.decide(report) == first


def test_reports_that_nobody_can_place_are_never_linked() -> None:
    """Without community and area they may be from different cities."""
    stage = Stage()
    lost = [fire(number, community=None, location=None) for number in (1, 2)]
    assert [MAP.place(each.report).area for each in lost] == [None, None]
    assert not any(signal(stage.decide(each)).duplicate for each in lost)


@given(st.floats(52.0, 52.2), st.floats(5.0, 5.2), st.floats(0, 249), st.floats(0, 6.2832))
@settings(max_examples=60)
def test_reports_within_the_distance_are_found_wherever_they_are(
    lat: float, lon: float, metres: float, direction: float
) -> None:
    """The grid in which places are kept has no gaps."""
    north, east = metres * math.cos(direction) / 111_320, metres * math.sin(direction) / 111_320
    there = Location(lat=lat + north, lon=lon + east / math.cos(math.radians(lat + north)) * 0.999)
    stage = Stage()
    stage.decide(fire(1, 0, location=Location(lat=lat, lon=lon)))
    assert signal(stage.decide(fire(2, 0, location=there))).duplicate

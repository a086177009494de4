"""Whether two reports are about one event: each condition by itself, on what is kept of a first report."""

import json
from datetime import timedelta

import pytest

from buurtsein_events.results import Remember
from buurtsein_events.values import Location
from buurtsein_routing.config import Duplicates
from buurtsein_routing.linking import KEEP, First, Sent, Told, edited, event_keys, link, linkable, matches, metres
from buurtsein_routing.places import NOWHERE, Place
from tests.unit.routing.given import MAP, NOON, Stage, moderated, signal

RULES = Duplicates(kinds=("fire", "fight"))
SECOND = timedelta(seconds=1)
FOUR, ONE_MORE = frozenset({1, 2, 3, 4}), frozenset({5})


def first(**changes: object) -> First:
    """Return what is kept of a fire at noon."""
    usual = {"id": "s-1", "happened_at": NOON, "received_at": NOON, "area": "a", "lat": 52.0, "lon": 5.0}
    return First.model_validate({**usual, "kinds": {"fire"}, **changes})


UNPLACED = {"lat": None, "lon": None}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"happened_at": NOON + RULES.within}, True),
        ({"happened_at": NOON + RULES.within + SECOND}, False),
        ({"received_at": NOON + KEEP}, True),
        ({"received_at": NOON + KEEP + SECOND}, False),
        ({"lat": 52.0 + 249 / 111_320}, True),
        ({"lat": 52.0 + 251 / 111_320}, False),
        ({"lon": 5.0 + 400 / 111_320}, True),
        ({"lon": 5.0 + 410 / 111_320}, False),
        ({"area": "b"}, True),
        ({"kinds": {"fight"}}, False),
        ({"kinds": {"fire", "fight"}}, True),
        ({"kinds": ()}, False),
    ],
)
def test_two_places_near_each_other(changes: dict[str, object], same: bool) -> None:
    """Of one kind, within 250 metres (a degree east is shorter than one north) and a quarter of an hour."""
    assert matches(first(), first(**changes), RULES) is same
    assert matches(first(**changes), first(), RULES) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"words": FOUR}, {"words": FOUR}, True),
        ({"words": FOUR}, {"words": FOUR, "area": "b"}, False),
        ({"words": FOUR}, {"words": ONE_MORE}, False),
        ({"words": FOUR}, {"words": FOUR, "kinds": {"fight"}}, False),
        ({"words": {1, 2}}, {"words": FOUR | ONE_MORE}, True),
        ({"words": {1, 2}}, {"words": FOUR | {5, 6}}, False),
    ],
)
def test_one_without_a_place(one: dict[str, object], other: dict[str, object], same: bool) -> None:
    """In one area, with two fifths of the words in common."""
    assert matches(first(**one), first(**other, **UNPLACED), RULES) is same


@pytest.mark.parametrize("kinds", [(), ("fire",)], ids=["of none", "of one"])
@pytest.mark.parametrize(("words", "same"), [(FOUR, True), (FOUR | ONE_MORE, False)])
def test_a_quarter_of_the_words_is_enough_at_one_place(
    words: frozenset[int], same: bool, kinds: tuple[str, ...]
) -> None:
    """When the kind is not known of both."""
    one, other = first(kinds=kinds, words={1}), first(kinds=(), words=words)
    assert matches(one, other, RULES) is matches(other, one, RULES) is same


def test_metres_are_those_of_a_plane() -> None:
    """A degree north has 111,320 metres, at 60 degrees north one east has half of them."""
    assert metres((60.0, 5.0), (61.0, 5.0)) == pytest.approx(111_320)
    assert metres((60.0, 6.0), (60.0, 5.0)) == pytest.approx(55_660)
    assert metres((60.5, 5.0), (59.5, 6.0)) == pytest.approx(124_459, abs=1)


def state(*firsts: First) -> dict[str, dict[str, float]]:
    """Return the facts of these reports."""
    return {"k": {each.model_dump_json(): NOON.timestamp() for each in firsts}}


def test_a_report_belongs_to_the_earliest_that_matches() -> None:
    """Of one moment, to the one whose id comes first."""
    later, early, twin = (
        first(id=name, received_at=NOON + each * SECOND) for name, each in (("a", 2), ("c", 1), ("b", 1))
    )
    found = link(first(id="own", received_at=NOON + 3 * SECOND), ("k",), state(later, early, twin), RULES)
    assert (found.incident, found.duplicate) == ("b", True)


def test_a_report_is_no_duplicate_of_itself() -> None:
    """Its own fact is there when it is decided on again."""
    own = first(networks={"police"})
    found = link(own, ("k",), state(own), RULES)
    assert (found.incident, found.known, found.duplicate) == (own.id, frozenset(), False)


@pytest.mark.parametrize(
    ("kind", "verdict", "may_be"),
    [
        ("nuisance", "publish", True),
        ("nuisance", "hold", False),
        ("urgent", "decline", True),
        ("none", "publish", False),
    ],
)
def test_what_may_be_about_an_event(kind: str, verdict: str, may_be: bool) -> None:
    """What is published, and what is urgent in any words."""
    assert linkable(moderated(kind=kind, verdict=verdict)) is may_be  # type: ignore[arg-type]


def test_facts_are_kept_as_long_as_they_are_looked_for() -> None:
    """An event for an hour, what an edit may belong to for two days."""
    decision = Stage().decide(moderated("Brand!", "urgent"))
    kept = {(change.key[:11], change.keep) for change in decision.changes if isinstance(change, Remember)}
    assert kept == {("signals:of:", timedelta(days=2)), ("signals:ove", timedelta(hours=1))}


def test_a_report_is_kept_where_others_near_it_look() -> None:
    """In the cells of a third of a kilometre around it, and where those without a place look."""
    decision = Stage().decide(moderated("Brand!", "urgent", location=Location(lat=52.1169, lon=5.1129)))
    keys = {change.key.removeprefix("signals:overvecht:urgent:") for change in decision.changes}
    cells = {f"{row}:{column}" for row in (17371, 17372, 17373) for column in (1703, 1704, 1705)}
    assert keys == cells | {"placed", "signals:of:report-1"}


@pytest.mark.parametrize(("metres_east", "linked"), [(200, True), (300, False)])
def test_places_are_as_far_apart_as_they_are_east(metres_east: float, linked: bool) -> None:
    """A report keeps both of its coordinates."""
    stage = Stage()
    stage.decide(moderated("Brand!", "urgent"))
    there = Location(lat=52.1170, lon=5.1130 + metres_east / 68_359)
    assert signal(stage.decide(moderated("Brand!", "urgent", number=2, location=there))).duplicate is linked


OVERVECHT = MAP.place(moderated().report).community


@pytest.mark.parametrize(
    ("place", "known"),
    [
        (Place(OVERVECHT, "utrecht/overvecht"), True),
        (Place(OVERVECHT, None), True),
        (Place(NOWHERE, "utrecht/centrum"), True),
        (Place(NOWHERE, None), False),
    ],
)
def test_a_report_is_compared_with_others_of_its_community_or_area(place: Place, known: bool) -> None:
    """One of them is enough; without either it may be from anywhere."""
    assert bool(event_keys(moderated(), place)) is known


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (Told(told="s-1", network="police", by="s-2"), {"community", "police"}),
        (Told(told="s-9", network="police", by="s-2"), {"community"}),
        (Told(told="s-1", network="police", by="own"), {"community"}),
    ],
    ids=["another report", "another event", "itself"],
)
def test_networks_know_of_an_event_by_the_first_report_or_a_later_one(told: Told, known: set[str]) -> None:
    """Of this event, and not by the report that is decided on, which may be for the second time."""
    fact = json.dumps(told.model_dump(), sort_keys=True, separators=(",", ":"))
    facts = {"k": {first(networks={"community"}).model_dump_json(): 0.0, fact: 0.0}}
    assert link(first(id="own"), ("k",), facts, RULES).known == known


@pytest.mark.parametrize(
    ("by", "after", "linked"),
    [("s-1", -1, True), ("s-1", 0, True), ("s-1", 1, False), ("own", -1, False)],
    ids=["before", "at once", "later", "itself"],
)
def test_an_edit_belongs_to_what_was_sent_before_it(by: str, after: int, linked: bool) -> None:
    """What came later, and what the edit left itself, is there only when it is decided on again."""
    facts = {
        "signals:of:r-0": {Sent(by=by, networks=frozenset({"police"})).model_dump_json(): NOON.timestamp() + after}
    }
    assert (edited(first(id="own"), "r-0", facts) is not None) is linked


def test_so_many_words_of_a_report_are_kept_at_most() -> None:
    """Facts are small, however long a text is."""
    stage = Stage()
    stage.decide(moderated(" ".join(f"woord{one}{other}" for one in "abcdefgh" for other in "abcdefgh"), "urgent"))
    (fact,) = stage.facts["signals:overvecht:urgent:placed"]
    assert len(First.model_validate_json(fact).words) == 40


@pytest.mark.parametrize("lat", [90.0, -89.999, 0.0])
def test_a_report_is_kept_in_few_cells_wherever_it_says_it_is(lat: float) -> None:
    """At the poles a degree east has no length."""
    decision = Stage().decide(moderated("Brand!", "urgent", location=Location(lat=lat, lon=5.1)))
    assert 4 <= len(decision.changes) < 100


@pytest.mark.parametrize("half", [Location(lat=52.1), Location(lon=5.1), Location(address="Voorbeeldplein 3")])
def test_half_a_place_is_none(half: Location) -> None:
    """It is on no map."""
    place = Place(OVERVECHT, None)
    assert event_keys(moderated(location=half), place) == event_keys(moderated(location=None), place)

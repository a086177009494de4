"""What becomes due: each item in one digest for each involvement, bounded, worst first, and when it is time."""

from datetime import timedelta

import pytest

from buurtsein_events.communities import Communities, Community
from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_feedback.cadence import INVOLVEMENTS
from buurtsein_feedback.digests import EPOCH, DigestTimer
from buurtsein_feedback.items import Pending
from buurtsein_feedback.readers import Owners
from tests.unit.feedback.making import CADENCE, HOUR, MONDAY, OWNERS, World, digests, outcome, signal, utc

TIMER = DigestTimer(OWNERS, CADENCE)


def started() -> World:
    """Return a world whose first tick was at ten on a summer's Monday in the Netherlands."""
    world = World()
    world.start(utc(12, 8))
    return world


def names(digest: FeedbackDigest) -> list[str]:
    """Return the signals that a digest is about."""
    return [item.refers_to for item in digest.items]


def test_those_involved_hear_before_members() -> None:
    """An incident at 10:05 comes at 11:00 to those involved, at 12:00 to members."""
    world = started()
    world.read(signal(), MONDAY)
    world.ticks(utc(12, 12))
    assert [each.until for each in world.to("involved")] == [utc(12, 9)]
    assert [each.until for each in world.to("coordinator")] == [utc(12, 9)]
    assert [each.until for each in world.to("member")] == [utc(12, 10)]


def test_a_digest_says_why_and_when_the_next_comes() -> None:
    """Both languages, the period, and the exact time of the next."""
    world = started()
    world.read(signal(), MONDAY)
    (digest,) = (each for each in world.ticks(utc(12, 9)) if each.involvement == "involved")
    assert digest.why.nl.startswith("U krijgt dit omdat u een betrokken bewoner bent")
    assert digest.why.en.startswith("You get this because you are an involved resident")
    assert (digest.since, digest.until, digest.next_at) == (utc(12, 8), utc(12, 9), utc(12, 10))


def test_a_digest_is_counted_and_names_its_community() -> None:
    """By kind and involvement."""
    world = started()
    world.read(signal(), MONDAY)
    assert {each.community for each in world.ticks(utc(12, 9))} == {"overvecht"}
    assert sorted(world.counts) == [("digests", "incident", "coordinator"), ("digests", "incident", "involved")]


def test_the_next_time_is_kept() -> None:
    """News after a digest comes exactly at the time that the digest promised."""
    world = started()
    world.read(signal(), MONDAY)
    (first, *_) = world.ticks(utc(12, 9))
    world.read(signal("s-2", at=utc(12, 9, 1)), utc(12, 9, 1))
    world.ticks(utc(12, 11))
    assert world.to("involved")[1].until == first.next_at


def test_nothing_is_said_without_news() -> None:
    """No items, no digest."""
    assert not started().ticks(utc(13, 12))


def test_worst_first_and_bounded() -> None:
    """The worst are shown, the rest is counted and linked."""
    world = started()
    for number, severity in enumerate(["low", "normal", "high", "normal", "low"]):
        world.read(signal(f"s-{number}", severity=severity), MONDAY)
    world.ticks(utc(12, 9))
    (digest,) = world.to("involved")
    assert names(digest) == ["s-2", "s-1", "s-3"] or names(digest) == ["s-2", "s-3", "s-1"]
    assert (digest.more, digest.more_link) == (2, "https://buurt.example/overvecht/involved")


def test_a_link_that_does_not_fit_is_left_out() -> None:
    """What is not shown is counted all the same."""
    world = started()
    for number in range(5):
        world.read(signal(f"s-{number}"), MONDAY)
    timer = DigestTimer(OWNERS, CADENCE, f"https://{'a' * 90}.example")
    found = digests(timer.due("overvecht", world.load(timer.keys("overvecht")), utc(12, 8), utc(12, 9)))
    assert {(each.more, each.more_link) for each in found} == {(2, None)}


@pytest.mark.parametrize(("length", "linked"), [(100, True), (101, False)])
def test_a_link_may_be_as_long_as_an_event_takes(length: int, linked: bool) -> None:
    """One character more, and there is none."""
    world = started()
    for number in range(5):
        world.read(signal(f"s-{number}"), MONDAY)
    timer = DigestTimer(OWNERS, CADENCE, "https://b.example/".ljust(length, "x"))
    found = digests(timer.due("overvecht", world.load(timer.keys("overvecht")), utc(12, 8), utc(12, 9)))
    assert {each.more_link is not None for each in found} == {linked}


def test_duplicates_raise_the_number_of_reports() -> None:
    """Reports that are linked before the digest are counted in it, and the more there are the higher it stands."""
    world = started()
    world.read(signal("s-0"), MONDAY)
    world.read(signal("s-1"), MONDAY)
    for number in (2, 3):
        world.read(signal(f"s-{number}", incident="s-1"), MONDAY)
    world.ticks(utc(12, 9))
    assert [(item.refers_to, item.reports) for item in world.to("involved")[0].items] == [("s-1", 3), ("s-0", 1)]


def test_an_outcome_counts_no_reports() -> None:
    """Only what happened was reported so often."""
    world = started()
    world.read(signal("s-1"), MONDAY)
    world.read(signal("s-2", incident="s-1"), MONDAY)
    world.read(outcome("s-1"), MONDAY + timedelta(minutes=30))
    world.ticks(utc(12, 9))
    assert {(item.result, item.reports) for item in world.to("involved")[0].items} == {(None, 2), ("arrested", 1)}


def test_incidents_and_outcomes_share_a_digest() -> None:
    """What was done stands beside what happened, with the public text and the network."""
    world = started()
    world.read(signal(), MONDAY)
    world.read(outcome(text="Twee mannen aangehouden."), MONDAY + timedelta(minutes=30))
    world.ticks(utc(12, 9))
    found = {(item.text, item.result, item.network) for item in world.to("involved")[0].items}
    assert found == {
        ("Man voelt aan autodeuren", None, None),
        ("Twee mannen aangehouden.", "arrested", "police"),
    }


def test_the_night_is_quiet() -> None:
    """What happened at 23:00 comes at 07:00, to all at once."""
    world = started()
    world.ticks(utc(12, 20, 45))
    world.read(signal(at=utc(12, 21)), utc(12, 21))
    world.ticks(utc(13, 6))
    assert [world.to(each)[0].until for each in INVOLVEMENTS] == [utc(13, 5)] * 3


def test_hours_without_a_tick_give_one_digest() -> None:
    """After an outage there is one digest, about the whole time since the last."""
    world = started()
    for hour in range(5):
        world.read(signal(f"s-{hour}", severity="high"), MONDAY + hour * HOUR)
    world.tick(utc(12, 13, 15))
    (digest,) = world.to("involved")
    assert (digest.since, digest.until, digest.next_at) == (utc(12, 8), utc(12, 13), utc(12, 14))
    assert len(digest.items) + digest.more == 5


def test_the_first_tick_missed_nothing() -> None:
    """The first tick is not late: what was read before it waits for its boundary."""
    world = World()
    world.read(signal(), MONDAY)
    assert not world.tick(utc(12, 8, 15))
    assert world.ticks(utc(12, 9))


def test_the_first_tick_on_a_boundary() -> None:
    """A first tick that is a boundary sends what is due at it."""
    world = World()
    world.read(signal(), MONDAY)
    assert {each.involvement for each in world.tick(utc(12, 9))} == {"involved", "coordinator"}


def test_news_of_after_the_boundary_waits() -> None:
    """What happened after the boundary comes with the next, even if the tick was late."""
    world = started()
    world.read(signal(at=utc(12, 9, 5)), utc(12, 9, 5))
    assert not world.tick(utc(12, 9, 15))
    assert world.ticks(utc(12, 10))


def test_late_news_comes_with_the_next() -> None:
    """An event that was read after its boundary had passed is in the next digest."""
    world = started()
    world.ticks(utc(12, 9))
    world.read(signal(), MONDAY)
    world.ticks(utc(12, 10))
    assert [each.until for each in world.to("involved")] == [utc(12, 10)]


def test_an_item_kept_again_is_not_told_again() -> None:
    """A worker that crashed after keeping an item keeps it again; whoever was told isn't told twice."""
    world = started()
    decision = world.read(signal(), MONDAY)
    world.ticks(utc(12, 9))
    world.apply(decision.changes)
    world.ticks(utc(12, 15))
    assert [len(world.to(each)) for each in INVOLVEMENTS] == [1, 1, 1]
    assert not world.state["digest:overvecht:involved:incident"]


def test_an_item_written_otherwise_is_still_one() -> None:
    """An item that a later release writes with other words of JSON is the same news."""
    world = started()
    world.read(signal(), MONDAY)
    key = "digest:overvecht:involved:incident"
    (fact,) = world.state[key]
    world.state[key][fact.replace('"reports":1', '"reports":1,"tone":"calm"')] = MONDAY.timestamp()
    world.ticks(utc(12, 12))
    assert [len(each.items) for each in world.to("involved")] == [1]
    assert not world.state[key]


def test_early_outcomes_find_their_signal() -> None:
    """An outcome that was read before its signal reaches the signal's readers once the signal is there."""
    world = started()
    world.read(outcome(text="Aangehouden."), utc(12, 8, 30))
    world.tick(utc(12, 8, 45))
    world.read(signal(networks=("municipality",)), MONDAY)
    world.ticks(utc(12, 12))
    assert [names(each) for each in world.to("member")] == [["s-1"]]
    assert not world.state["early:overvecht"]


def test_outcomes_of_unknown_signals_are_the_coordinators() -> None:
    """After a day nobody waits for the signal any more; the coordinator is told, residents are not."""
    world = started()
    world.read(outcome("nobody-knows"), MONDAY)
    world.ticks(utc(14, 8))
    assert [names(each) for each in world.to("coordinator")] == [["nobody-knows"]]
    assert not world.to("member")
    assert not world.to("involved")


def test_what_is_the_coordinators_alone_is_so_when_all_hear_at_once() -> None:
    """After an outage every boundary lies in one tick."""
    world = started()
    world.read(outcome("nobody-knows"), MONDAY)
    assert [(each.involvement, each.kind) for each in world.tick(utc(13, 10))] == [("coordinator", "incident")]


def test_an_early_outcome_kept_again_is_not_told_again() -> None:
    """An outcome that was decided early and, after a crash, with its signal known is told once."""
    world = started()
    world.read(outcome(), utc(12, 8, 30), "outcome-1")
    world.read(signal(), MONDAY)
    world.read(outcome(), utc(12, 8, 30), "outcome-1")
    world.ticks(utc(12, 12))
    assert [names(each) for each in world.to("involved")] == [["s-1", "s-1"]]


def test_the_unassigned_have_a_coordinator_only() -> None:
    """What belongs to no community is told to the platform's coordinator."""
    world = started()
    world.read(signal(community="nergens"), MONDAY)
    found = world.tick(utc(12, 9), owner="unassigned")
    assert [each.reader for each in found] == ["unassigned/coordinator"]


def test_other_communities_are_left_alone() -> None:
    """Each owner's decision looks at and changes its own facts only."""
    owners = Owners(Communities(communities=tuple(Community(id=c, name=c, municipality="m") for c in "ab")))
    timer = DigestTimer(owners, CADENCE)
    assert not set(timer.keys("a")) & set(timer.keys("b"))


def test_the_epoch_is_no_boundary() -> None:
    """A first tick at any time looks back one tick only."""
    fact = Pending(id="e-1", item=DigestItem(refers_to="s-1", at=MONDAY, severity="low", text="")).fact
    state = {"digest:overvecht:involved:incident": {fact: MONDAY.timestamp()}}
    assert TIMER.due("overvecht", state, EPOCH, utc(12, 9)).emits
    assert not TIMER.due("overvecht", state, EPOCH, utc(12, 9, 15)).emits

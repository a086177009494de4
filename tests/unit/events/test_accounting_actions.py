"""What the balance makes of what people decide: the latest decision on a report counts."""

from buurtsein_events.examples import example
from buurtsein_events.values import Verdict
from tests.unit.events.records import Topics, balance, said


def held_and(day: Topics, verdict: Verdict) -> None:
    """Leave a report that was held and then decided on by a person, not routed yet."""
    day.receive("r")
    day.moderate("r", "hold")
    day.route("r", "coordinator")
    day.moderate("r", verdict, revision=1)


def test_a_held_report_that_is_approved_ends_as_routed() -> None:
    """It has one state at any time; the networks that had it before are not owed it again."""
    day = Topics()
    held_and(day, "publish")
    assert said(balance(day.records)) == [("lost", "r")]
    day.route("r", "coordinator", "community", revision=1, told=("community",))
    account = balance(day.records)
    assert (account.faults, account.states) == ((), {"routed": 1})
    assert account.assigned == {"coordinator": 1, "community": 1}


def test_a_held_report_that_is_declined_ends_as_declined() -> None:
    """The latest decision counts, and nothing is owed behind it."""
    day = Topics()
    held_and(day, "decline")
    account = balance(day.records)
    assert (account.faults, account.states) == ((), {"declined": 1})


def test_a_revision_that_is_there_twice_is_named() -> None:
    """What a person decided is written once."""
    day = Topics()
    held_and(day, "decline")
    day.moderate("r", "decline", revision=1)
    assert said(balance(day.records)) == [("twice", "r")]


def test_a_revision_that_routing_could_not_decide_ends_as_a_dead_letter() -> None:
    """Until it is put back and routed."""
    day = Topics()
    day.receive("r")
    day.moderate("r", "hold")
    letter = day.bury(day.moderate("r", revision=1), stage="routing")
    assert balance(day.records).states == {"dead_letter": 1}
    day.replay(letter)
    day.route("r", "community", revision=1)
    account = balance(day.records)
    assert (account.faults, account.states) == ((), {"routed": 1})


def test_a_decision_that_outlives_what_it_is_about_is_no_fault() -> None:
    """A person may decide when retention has taken the report."""
    day = Topics()
    held_and(day, "publish")
    day.route("r", "community", revision=1)
    assert balance([each for each in day.records if each.origin.offset > 3]).faults == ()


def test_an_action_that_is_no_event_is_lost_without_its_dead_letter() -> None:
    """What people decide is read by a stage like everything else; an action itself owes nothing."""
    day = Topics()
    day.put("moderation.actions", example("moderation.action"))
    broken = day.put("moderation.actions", b"{")
    assert said(balance(day.records)) == [("lost", str(broken.origin))]
    day.bury(broken, "not_json")
    assert balance(day.records).faults == ()

"""What a decision on an event leaves besides news: promises, counts, what the log says and what is answered."""

from datetime import timedelta

import pytest

from buurtsein_events.results import Change, Count, Decision, Remember
from buurtsein_events.values import Message, Severity
from buurtsein_feedback import keys
from buurtsein_feedback.policy import FeedbackPolicy
from buurtsein_feedback.promises import Promise
from tests.unit.feedback.making import CADENCE, HOUR, MONDAY, OWNERS, World, digests, event, notice, outcome, signal

KEPT = Count("promises", ("kept",))


def remembered(decision: Decision, key: str) -> list[Change]:
    """Return what a decision keeps in one set."""
    return [change for change in decision.changes if change.key == key]


@pytest.mark.parametrize(
    ("after", "networks", "kept"),
    [
        (timedelta(0), ("community",), True),
        (-timedelta(seconds=1), ("community",), False),
        (HOUR, ("coordinator",), False),
    ],
    ids=["just in time", "too late", "residents don't hear"],
)
def test_what_is_told_at_once_keeps_its_promise_if_residents_hear_in_time(
    after: timedelta, networks: tuple[str, ...], kept: bool
) -> None:
    """Else it is remembered, to be kept or broken."""
    urgent = signal(severity="critical", networks=networks, promised_at=MONDAY + after)
    decision = World().read(urgent, MONDAY)
    assert (KEPT in decision.counts, bool(remembered(decision, "promises:overvecht"))) == (kept, not kept)


def test_a_promise_is_remembered_by_when_it_ends() -> None:
    """With the signal and the incident that news may be about."""
    decision = World().read(signal("s-2", incident="s-1", promised_at=MONDAY + HOUR), MONDAY)
    promise = Promise(signal_id="s-2", incident="s-1", by=MONDAY + HOUR)
    assert remembered(decision, "promises:overvecht") == [
        Remember("promises:overvecht", promise.model_dump_json(), MONDAY + HOUR, keys.KEEP)
    ]


def test_nothing_is_remembered_where_nothing_was_promised() -> None:
    """Neither at once nor later."""
    for severity in ("normal", "critical"):
        assert not remembered(World().read(signal(severity=severity), MONDAY), "promises:overvecht")


def test_the_log_names_the_community_and_latency_starts_at_receipt() -> None:
    """Whatever becomes of the signal."""
    for each in (signal(at=MONDAY), signal(severity="critical"), signal("s-2", incident="s-1")):
        decision = World().read(each, MONDAY + HOUR)
        assert (decision.fields, decision.accepted_at) == ({"community": "overvecht"}, MONDAY)


def test_a_notice_is_counted() -> None:
    """As a digest to a member."""
    assert World().read(notice(), MONDAY).counts == (Count("digests", ("notice", "member")),)


def test_a_notice_is_about_its_report() -> None:
    """Of its community, now."""
    (digest,) = digests(World().read(notice(), MONDAY))
    (item,) = digest.items
    assert (digest.community, digest.since, digest.until) == ("overvecht", MONDAY, MONDAY)
    assert (item.refers_to, item.at, item.severity) == ("r-1", MONDAY, "normal")


def test_urgent_news_tells_since_when() -> None:
    """From receipt until now, of its community."""
    for digest in digests(World().read(signal(severity="critical", at=MONDAY), MONDAY + HOUR)):
        assert (digest.community, digest.since, digest.until) == ("overvecht", MONDAY, MONDAY + HOUR)


def test_urgent_news_from_a_clock_that_is_ahead_has_no_time_before_it() -> None:
    """A period does not end before it begins."""
    for digest in digests(World().read(signal(severity="critical", at=MONDAY + HOUR), MONDAY)):
        assert (digest.since, digest.until) == (MONDAY, MONDAY)


def test_an_outcome_answers_its_signal_whether_or_not_that_is_known() -> None:
    """The promise to its reporter is kept either way."""
    world = World()
    answer = Remember("answered:overvecht", "s-1", MONDAY + HOUR, keys.KEEP)
    assert answer in world.read(outcome(), MONDAY + HOUR).changes
    world.read(signal(), MONDAY)
    assert answer in world.read(outcome(), MONDAY + HOUR).changes


@pytest.mark.parametrize(
    ("severity", "called", "asked"), [("critical", True, True), ("critical", False, False), ("normal", True, False)]
)
def test_facts_are_asked_for_where_112_was_called_for_something_critical(
    severity: Severity, called: bool, asked: bool
) -> None:
    """Whether somebody had said so before."""
    known = event(signal(severity=severity, saar={"police_called": called}), MONDAY)
    assert FeedbackPolicy(OWNERS, CADENCE).keys(known) == ((keys.alarmed("s-1"),) if asked else ())


def test_that_112_was_called_for_something_less_is_no_news() -> None:
    """A duplicate that says so is linked like any."""
    duplicate = signal("s-2", incident="s-1", saar={"police_called": True})
    assert World().read(duplicate, MONDAY).outcome == "linked"


def test_an_outcome_waits_only_for_whom_its_community_has() -> None:
    """What belongs to none has a coordinator only."""
    world = World()
    world.read(signal(community="nergens"), MONDAY)
    world.read(outcome().model_copy(update={"community": "nergens"}), MONDAY + HOUR)
    assert [key for key in world.state if key.startswith("digest:")] == ["digest:unassigned:coordinator:incident"]


def test_a_long_notice_leaves_room_for_the_way_to_appeal() -> None:
    """Its own words are cut."""
    long = notice("https://b.example/a/1").model_copy(update={"message": Message(nl="n" * 1000, en="e")})
    (digest,) = digests(World().read(long, MONDAY))
    words, _, link = digest.items[0].text.partition(" Bezwaar maken: ")
    assert (len(words), link) == (880, "https://b.example/a/1")

"""What one event means: who is told at once, what waits for a digest, and who is not told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.codec import encode
from buurtsein_events.reports import ReportReceived
from buurtsein_events.results import Never, Remember
from buurtsein_events.values import TEXT_LIMIT, Involvement, Value
from buurtsein_feedback.items import clean
from buurtsein_feedback.policy import FeedbackPolicy
from tests.unit.feedback.making import (
    CADENCE,
    HOUR,
    MONDAY,
    OWNERS,
    World,
    digests,
    event,
    notice,
    outcome,
    signal,
    utc,
)

POLICY = FeedbackPolicy(OWNERS, CADENCE)


def waiting_for(data: Value, world: World | None = None) -> set[str]:
    """Return whose incident digests an event's news waits for."""
    world = world or World()
    world.read(data, MONDAY)
    return {key.split(":")[2] for key, facts in world.state.items() if key.startswith("digest:") and facts}


@pytest.mark.parametrize(
    ("networks", "expected"),
    [
        (("police", "community"), {"member", "involved", "coordinator"}),
        (("police", "coordinator"), {"coordinator"}),
        (("community", "coordinator"), {"member", "involved", "coordinator"}),
        (("municipality",), set()),
    ],
)
def test_residents_see_only_what_went_to_the_community(networks: tuple[str, ...], expected: set[str]) -> None:
    """The coordinator sees what went to the coordinator or the community, others only the latter."""
    assert waiting_for(signal(networks=networks)) == expected


def test_what_belongs_to_no_community_is_the_coordinators() -> None:
    """Signals of an unknown community wait for the platform's own coordinator only."""
    world = World()
    assert waiting_for(signal(community="nergens"), world) == {"coordinator"}
    assert "digest:unassigned:coordinator:incident" in world.state


def test_those_involved_hear_more_than_members() -> None:
    """A member's item is shorter than that of someone involved."""
    world = World()
    world.read(signal(text="auto " * 200), MONDAY)
    lengths = {who: len(next(iter(world.state[f"digest:overvecht:{who}:incident"]))) for who in ("member", "involved")}
    assert lengths["member"] < lengths["involved"]


def test_urgent_is_told_at_once() -> None:
    """A critical incident goes to every involvement at once, says that 112 was called, and waits for no digest."""
    decision = World().read(signal(severity="critical", type="urgent", saar={"police_called": True}), MONDAY)
    found = digests(decision)
    assert [each.reader for each in found] == ["overvecht/member", "overvecht/involved", "overvecht/coordinator"]
    assert {each.kind for each in found} == {"urgent"}
    assert all(each.items[0].text.startswith("112 is gebeld. ") for each in found)
    assert [each.next_at for each in found] == [utc(12, 10), utc(12, 9), utc(12, 9)]
    assert not [change for change in decision.changes if change.key.startswith("digest:")]
    assert [count.labels for count in decision.counts] == [
        ("urgent", "member"),
        ("urgent", "involved"),
        ("urgent", "coordinator"),
    ]


def test_urgent_does_not_wait_for_the_morning() -> None:
    """Quiet hours hold nothing back that is urgent."""
    assert World().read(signal(severity="critical"), utc(12, 1)).emits


def test_urgent_without_a_call_does_not_say_so() -> None:
    """Nothing is said about 112 unless somebody called."""
    (first, *_) = digests(World().read(signal(severity="critical", saar={"police_called": False}), MONDAY))
    assert "112" not in first.items[0].text


def test_urgent_kept_to_the_coordinator() -> None:
    """A critical signal that did not go to the community is told to its coordinator only."""
    decision = World().read(signal(severity="critical", networks=("police", "coordinator")), MONDAY)
    assert [each.involvement for each in digests(decision)] == ["coordinator"]


def test_duplicates_are_no_items() -> None:
    """A duplicate, a critical one too, tells nobody anything new."""
    decision = World().read(signal("s-2", incident="s-1", severity="critical"), MONDAY)
    assert decision.outcome == "linked"
    assert not decision.emits
    assert not [change for change in decision.changes if change.key.startswith("digest:")]


def test_that_112_was_called_is_told_though_the_report_is_a_duplicate() -> None:
    """Once: it may be the answer to our question, and a neighbour who saw it too may say so as well."""
    world = World()
    world.read(signal("s-1", incident="s-1", severity="critical"), MONDAY)
    answer = world.read(signal("s-2", incident="s-1", severity="critical", saar={"police_called": True}), MONDAY)
    other = world.read(signal("s-3", incident="s-1", severity="critical", saar={"police_called": True}), MONDAY)
    assert {each.items[0].text[:15] for each in digests(answer)} == {"112 is gebeld. "}
    assert (answer.outcome, other.outcome, other.emits) == ("urgent", "linked", ())


def test_that_112_was_called_is_told_once_when_the_first_report_said_so() -> None:
    """What comes after it is no news."""
    world = World()
    world.read(signal("s-1", incident="s-1", severity="critical", saar={"police_called": True}), MONDAY)
    again = world.read(signal("s-2", incident="s-1", severity="critical", saar={"police_called": True}), MONDAY)
    assert (again.outcome, again.emits) == ("linked", ())


def outcome_readers(**changes: object) -> set[str]:
    """Return whose digests the outcome of a signal waits for."""
    world = World()
    world.read(signal().model_copy(update=changes), MONDAY)
    world.state = {key: facts for key, facts in world.state.items() if not key.startswith("digest:")}
    world.read(outcome(), MONDAY + HOUR)
    return {key.split(":")[2] for key in world.state if key.startswith("digest:")}


def test_outcomes_follow_their_signal() -> None:
    """Who saw the signal hears what was done; what was kept to the coordinator stays there."""
    everyone: set[Involvement] = {"member", "involved", "coordinator"}
    assert outcome_readers() == everyone
    assert outcome_readers(assignments=signal(networks=("police", "coordinator")).assignments) == {"coordinator"}
    assert outcome_readers(assignments=signal(networks=("municipality",)).assignments) == everyone
    held = {"assignments": signal(networks=("police",)).assignments, "verdict": "hold"}
    assert outcome_readers(**held) == {"coordinator"}


def test_an_outcome_without_text_says_its_result() -> None:
    """An empty public text becomes the result in the community's language."""
    world = World()
    world.read(signal(), MONDAY)
    world.read(outcome(result="repaired"), MONDAY + HOUR)
    assert any('"text":"gerepareerd"' in fact for fact in world.state["digest:overvecht:member:incident"])


def test_an_outcome_before_its_signal_waits() -> None:
    """An outcome whose signal was not read yet is kept, and told to nobody."""
    decision = World().read(outcome(), MONDAY)
    assert decision.outcome == "early"
    assert {change.key for change in decision.changes} == {"answered:overvecht", "early:overvecht"}


def test_the_outcome_of_what_was_held_and_then_published_reaches_residents() -> None:
    """What is known of a signal is what the latest decision on it says."""
    world = World()
    world.read(signal(verdict="hold", networks=("coordinator",)), MONDAY)
    world.read(signal(revision=1), MONDAY + HOUR)
    world.read(outcome(), MONDAY + 2 * HOUR)
    assert any("arrested" in fact for fact in world.state["digest:overvecht:member:incident"])


def test_facts_about_later_times_are_not_looked_at() -> None:
    """A signal at the same time or later than the outcome is not known to it, however often it is decided."""
    world = World()
    world.read(signal(), MONDAY)
    assert world.read(outcome(), MONDAY).outcome == "early"
    assert world.read(outcome(), MONDAY + HOUR).outcome == "outcome"


def test_notices_are_told_at_once() -> None:
    """A notice goes to its member alone, in the community's language, with the way to appeal."""
    decision = World().read(notice("https://b.example/a/1"), MONDAY)
    (digest,) = digests(decision)
    assert (digest.reader, digest.kind, digest.next_at) == ("ov-07", "notice", None)
    assert digest.items[0].text == "Wilt u het gedrag beschrijven? Bezwaar maken: https://b.example/a/1"
    assert decision.emits[0].key == "ov-07"
    assert not decision.changes


def test_other_events_never() -> None:
    """What feedback does not read can never be decided."""
    report = ReportReceived(report_id="r", channel="app", client="c", text="t", received_at=MONDAY)
    with pytest.raises(Never, match="unexpected_type"):
        POLICY.decide(event(report, MONDAY), {}, MONDAY)


def test_times_ahead_do_not_push_facts_out() -> None:
    """A network whose clock is years ahead does not make older facts fall off their sets."""
    world = World()
    world.read(signal(), MONDAY)
    ahead = event(outcome("s-9"), MONDAY + timedelta(days=4000))
    decision = POLICY.decide(ahead, {}, MONDAY)
    assert {change.at for change in decision.changes if isinstance(change, Remember)} == {MONDAY}


@given(st.text(max_size=500), st.integers(2, 400))
def test_clean_text(text: str, limit: int) -> None:
    """Text is one line within its limit, and cleaning it again changes nothing."""
    found = clean(text, limit)
    assert len(found) <= limit
    assert not any(ord(each) < 32 or 127 <= ord(each) < 160 for each in found)
    assert clean(found, limit) == found


@given(st.sampled_from([signal(), signal(severity="critical"), signal("s-2", incident="s-1"), outcome(), notice()]))
def test_deciding_again_changes_nothing(data: Value) -> None:
    """With its own facts in the state, an event is decided on as before: same events, same facts."""
    world = World()
    first = world.read(data, MONDAY)
    before = {key: dict(facts) for key, facts in world.state.items()}
    assert world.read(data, MONDAY) == first
    assert world.state == before


def test_the_largest_urgent_digest_fits() -> None:
    """A hostile text does not make an event that is too large."""
    hostile = signal(severity="critical", text="\x00😀" * (TEXT_LIMIT // 2))
    for digest in digests(World().read(hostile, MONDAY)):
        assert encode(event(digest, MONDAY))

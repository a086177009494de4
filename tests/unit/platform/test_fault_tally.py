"""The tally of the fault suite: it finds what is lost, what came twice and which dead letters are wrong."""

from datetime import timedelta

from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_events.ids import derive
from buurtsein_events.values import Message
from buurtsein_platform.fault.poison import poisons
from buurtsein_platform.fault.tally import Findings, Tally
from tests.unit.events.records import AT, Topics, raw, routed


def findings(topics: Topics, *accepted: str) -> Findings:
    """Return what the tally finds in the topics."""
    tally = Tally()
    for seen in topics.records:
        tally.add(seen)
    return tally.findings(accepted)


def whole(report: str, topics: Topics) -> None:
    """Put a report on its way to the police."""
    topics.receive(report)
    topics.moderate(report)
    topics.route(report, "police")


def digest(reader: str, *told: str, reports: int = 1) -> FeedbackDigest:
    """Return a digest with news of signals."""
    items = (DigestItem(refers_to=each, at=AT, severity="normal", text="nieuws", reports=reports) for each in told)
    why = Message(nl="omdat", en="because")
    until = AT + timedelta(hours=1)
    return FeedbackDigest(
        reader=reader, involvement="member", kind="incident", since=AT, until=until, items=tuple(items), why=why
    )


def test_all_is_well_when_each_report_came_to_one_end() -> None:
    """A routed, an asked and a declined report are three that ended."""
    topics = Topics()
    whole("a", topics)
    for report, verdict in (("b", "ask"), ("c", "decline")):
        topics.receive(report)
        topics.moderate(report, verdict)  # type: ignore[arg-type]
    found = findings(topics, "a", "b", "c")
    assert found.well
    assert (found.terminal, dict(found.ends)) == (3, {"routed": 1, "ask": 1, "decline": 1})


def test_an_accepted_report_without_an_end_is_lost() -> None:
    """Whether it never reached a topic, or stays where it should have been moderated or routed."""
    topics = Topics()
    topics.receive("b")
    topics.receive("c")
    topics.moderate("c")
    found = findings(topics, "a", "b", "c")
    assert found.lost == tuple(f"report {each} was accepted and came to no end" for each in "abc")
    assert not found.well


def test_an_event_at_two_places_of_an_output_is_a_duplicate() -> None:
    """The same id twice in one topic is one too many."""
    topics = Topics()
    whole("a", topics)
    topics.assign("a", "police")
    (line,) = findings(topics, "a").duplicated
    assert line.endswith("stands at signals.routed.police:0:3, signals.routed.police:0:4")


def test_a_record_that_is_read_again_is_no_duplicate() -> None:
    """Only its place tells one record from another."""
    topics = Topics()
    whole("a", topics)
    topics.records *= 2
    assert findings(topics, "a").well


def test_a_report_that_a_person_decided_on_ended_as_they_decided() -> None:
    """In whatever order the topics are read, and not before it is routed."""
    topics = Topics()
    topics.receive("a")
    topics.moderate("a", "hold")
    topics.moderate("a", revision=1)
    assert not findings(topics, "a").well
    topics.route("a", "community", revision=1)
    topics.records.reverse()
    found = findings(topics, "a")
    assert (found.well, dict(found.ends)) == (True, {"routed": 1})


def test_a_retry_on_the_first_topic_is_no_duplicate_there() -> None:
    """A client's second record is allowed as long as nothing follows from it."""
    topics = Topics()
    whole("a", topics)
    topics.receive("a")
    assert findings(topics, "a").well


def test_a_report_that_no_client_holds_was_made_of_a_retry() -> None:
    """A retry gives the same reference, so each report is some client's."""
    topics = Topics()
    whole("a", topics)
    topics.receive("b")
    assert findings(topics, "a").duplicated == ("report b was made of a retry: no client holds it",)


def test_two_ends_of_one_report_are_a_duplicate() -> None:
    """A report that was held can't be routed as well."""
    topics = Topics()
    topics.receive("a")
    topics.moderate("a", "hold")
    topics.put("signals.routed", raw(routed("a", "police"), derive("a", "routed")))
    assert findings(topics, "a").duplicated == (
        "report a ended as hold at reports.moderated:0:1, routed at signals.routed:0:2",
    )


def test_bad_records_are_buried_once_with_their_reason() -> None:
    """A dead letter for each, and it says why."""
    topics = Topics()
    for poison in poisons(12, 1):
        seen = topics.put(poison.topic, poison.value, key=poison.key)
        topics.bury(seen, {b"null": "null", b"too_large": "too_large"}.get(poison.key.split(b"/")[1], "not_json"))
    found = findings(topics)
    assert (found.poison, found.buried) == (12, 8)
    assert "should give a dead letter with wrong_schema and gave not_json" in found.wrong[0]


def test_a_bad_record_without_a_dead_letter_is_wrong_and_with_two_a_duplicate() -> None:
    """Exactly one is expected."""
    topics = Topics()
    first, second = (topics.put(each.topic, each.value, key=each.key) for each in list(poisons(6, 1))[3:5])
    topics.bury(second, "not_json")
    topics.bury(second, "not_json")
    found = findings(topics)
    assert f"the bad record at {first.origin} should give a dead letter with null and gave nothing" in found.wrong
    assert found.duplicated[0].startswith(f"the record at {second.origin} has dead letters at")


def test_a_good_report_among_the_dead_letters_ended_but_not_well() -> None:
    """It is not lost, but it should have been decided."""
    topics = Topics()
    topics.bury(topics.receive("a"), "undecidable")
    found = findings(topics, "a")
    assert (found.lost, dict(found.ends)) == ((), {"dead_letter": 1})
    assert found.wrong == ("the good record at reports.received:0:0 became a dead letter: undecidable",)


def test_news_in_two_digests_of_one_reader_is_a_duplicate() -> None:
    """Also when more reports were linked to it meanwhile; another reader's digest may have it too."""
    topics = Topics()
    topics.put("feedback.digests", raw(digest("overvecht/member", "s1", "s2"), "d1"))
    topics.put("feedback.digests", raw(digest("overvecht/member", "s2", reports=4), "d2"))
    topics.put("feedback.digests", raw(digest("overvecht/coordinator", "s2"), "d3"))
    assert findings(topics).duplicated == ("overvecht/member was told of s2 in the digests d1, d2",)


def test_a_record_that_is_no_event_and_not_meant_as_poison_is_noticed() -> None:
    """Nothing but events and poison may be on a topic."""
    topics = Topics()
    topics.put("reports.moderated", b"oops")
    assert not findings(topics).well


def test_buried_says_whether_every_bad_record_seen_has_its_letter() -> None:
    """So that the count waits for it."""
    topics, tally = Topics(), Tally()
    (poison,) = poisons(1, 1)
    seen = topics.put(poison.topic, poison.value, key=poison.key)
    tally.add(seen)
    assert not tally.all_buried()
    topics.bury(seen, "not_json")
    tally.add(topics.records[-1])
    assert tally.all_buried()

"""What is claimed and written for a request: ids, pseudonyms, and events that the contract's own codec agrees with."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.codec import decode, encode
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportReceived
from buurtsein_events.signals import SignalOutcome
from buurtsein_events.topics import EVENT_LIMIT, TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Saar
from buurtsein_intake.channels.message import WITHOUT_WORDS
from buurtsein_intake.identity import Identity
from buurtsein_intake.records import Record
from buurtsein_intake.shapes import OutcomeIn, ReportIn
from buurtsein_intake.submissions import Request, Submission, Submissions
from tests.unit.intake.fakes import NOW, settings

REFERENCE = "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def report_in(**fields: object) -> ReportIn:
    """Return a checked report."""
    return ReportIn.model_validate_json(json.dumps({"text": "Glas op straat", **fields}))


def submission(report: ReportIn, *, client: str = "demo", key: str | None = None, now: datetime = NOW) -> Submission:
    """Return the submission of a report."""
    return Submissions(settings()).of_report(report, Request(client, key, now, TRACE))


def received(record: Record) -> ReportReceived:
    """Return the report in a record, as every reader sees it."""
    data = decode(record.value).data
    assert isinstance(data, ReportReceived)
    return data


def by_the_models(report: ReportIn, report_id: str, reporter: str | None) -> Event[ReportReceived]:
    """Return the event that the contract's models make of a report."""
    event_type = TYPE_OF_DATA[ReportReceived]
    data = ReportReceived(
        report_id=report_id,
        client="demo",
        reporter=reporter,
        received_at=NOW,
        saar=Saar(police_called=report.police_called, called_by=report.called_by, happening_now=report.happening_now),
        **{name: getattr(report, name) for name in _SHARED},
    )
    return Event[ReportReceived](
        id=report_id,
        source=settings().source,
        type=event_type,
        time=NOW,
        subject=report_id,
        partitionkey=reporter or report_id,
        traceparent=TRACE,
        dataschema=schema_uri(event_type),
        data=data,
    )


_SHARED = (
    "channel", "community", "anonymous", "type", "text", "occurred_at", "location", "persons", "vehicles", "edit_of",
)  # fmt: skip
_LINE = st.none() | st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=20)
_THINGS = st.lists(st.fixed_dictionaries({"direction": _LINE}), max_size=5)
_REPORTS = st.fixed_dictionaries(
    {"text": st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=50)},
    optional={
        "type": st.none() | st.sampled_from(["urgent", "idea"]),
        "location": st.none() | st.fixed_dictionaries({"lat": st.floats(-90, 90), "lon": st.floats(-180, 180)}),
        "occurred_at": st.none() | st.just("2026-10-13T02:41:00.5+02:00"),
        "police_called": st.none() | st.booleans(),
        "called_by": st.none() | st.sampled_from(["reporter", "someone_else"]),
        "happening_now": st.none() | st.booleans(),
        "anonymous": st.booleans(),
        "reporter": st.none() | st.just("wo-07"),
        "persons": _THINGS,
        "vehicles": _THINGS,
        "community": st.none() | st.sampled_from(["woensel", "nl/woensel"]),
        "channel": st.sampled_from(["app", "sms"]),
        "edit_of": st.none() | st.just(REFERENCE),
    },
)


@given(_REPORTS)
def test_the_bytes_written_are_the_event_of_the_contract(fields: dict[str, object]) -> None:
    """Put together from JSON, the event is the very one that the models and the codec make."""
    report = report_in(**fields)
    made = submission(report)
    record = made.record(REFERENCE)
    reporter = Identity(b"s").pseudonym("demo", "wo-07") if report.reporter and not report.anonymous else None
    expected = by_the_models(report, REFERENCE, reporter)
    assert decode(record.value) == decode(encode(expected))
    assert record.key == expected.partitionkey.encode()


def test_the_largest_report_fits_in_an_event() -> None:
    """Every text field at its limit in four-byte characters is still below the limit of an event."""
    fire = "🔥"
    person = dict.fromkeys(("sex", "age", "height", "clothing", "behaviour", "direction"), fire * 100)
    vehicle = dict.fromkeys(("kind", "colour", "make", "model", "plate", "direction"), fire * 100)
    report = report_in(text=fire * 4000, location={"address": fire * 200}, persons=[person] * 5, vehicles=[vehicle] * 5)
    assert len(submission(report).record(REFERENCE).value) <= EVENT_LIMIT


def test_an_anonymous_report_holds_nothing_of_its_reporter() -> None:
    """Not in its bytes, not in its key, and not in what is claimed."""
    named = submission(report_in(anonymous=True, reporter="wo-07"))
    nameless = submission(report_in(anonymous=True))
    assert named.claim == nameless.claim
    record = named.record(named.claim.event_id)
    assert record == nameless.record(named.claim.event_id)
    assert record.key == named.claim.event_id.encode()
    assert received(record).reporter is None


def test_a_reporter_is_known_by_a_pseudonym_per_client() -> None:
    """The same name at two applications may be two people; without the secret nobody finds the name."""
    report = report_in(reporter="06-12345678")
    one, other = (received(submission(report, client=c).record(REFERENCE)).reporter for c in ("demo", "b"))
    assert one
    assert one.startswith("m-")
    assert one != other
    assert Identity(b"t").pseudonym("demo", "06-12345678") != one


def test_the_same_key_always_has_the_same_id() -> None:
    """Also days later, with another body: whether that is allowed is for the claim to say."""
    first = submission(report_in(), key="k")
    again = submission(report_in(text="Anders"), key="k", now=NOW + timedelta(days=1))
    assert (first.claim.name, first.claim.event_id) == (again.claim.name, again.claim.event_id)
    assert first.claim.fingerprint != again.claim.fingerprint
    assert first.claim.keyed
    assert UUID(first.claim.event_id).version == 8


def test_a_key_belongs_to_its_client_and_its_endpoint() -> None:
    """Two applications may both count from 1, and so may two endpoints."""
    outcome = OutcomeIn(reference=REFERENCE, community="woensel", network="police", result="arrested")
    mine = submission(report_in(), key="1").claim
    theirs = submission(report_in(), key="1", client="b").claim
    other = Submissions(settings()).of_outcome(outcome, Request("demo", "1", NOW, TRACE)).claim
    assert len({c.name for c in (mine, theirs, other)}) == len({c.event_id for c in (mine, theirs, other)}) == 3


def test_without_a_key_the_same_words_of_the_same_resident_are_a_retry_for_some_minutes() -> None:
    """The claim's name stays the same and lasts ten minutes, so that the same words tomorrow are a new report."""
    first = submission(report_in(reporter="wo-07"))
    soon = submission(report_in(reporter="wo-07"), now=NOW + timedelta(minutes=1))
    tomorrow = submission(report_in(reporter="wo-07"), now=NOW + timedelta(days=1))
    assert (first.claim.name, first.claim.event_id) == (soon.claim.name, soon.claim.event_id)
    assert first.claim.seconds == 600
    assert not first.claim.keyed
    assert tomorrow.claim.event_id != first.claim.event_id


def test_without_a_key_another_resident_place_or_time_is_another_report() -> None:
    """Content, place, time and reporter each make a difference, and so does what was answered."""
    variants: list[dict[str, object]] = [
        {},
        {"reporter": "wo-07"},
        {"reporter": "wo-08"},
        {"location": {"lat": 1, "lon": 2}},
        {"occurred_at": "2026-10-13T02:41:00+02:00"},
        {"police_called": True},
        {"happening_now": True},
        {"text": "Glas op de stoep"},
    ]
    assert len({submission(report_in(**fields)).claim.name for fields in variants}) == len(variants)


def words(
    fields: Mapping[str, object], *, now: datetime = NOW, message: bool = False, client: str = "demo"
) -> str | None:
    """Return what stands for the words of a report with these fields, when there is something to stand for."""
    make = Submissions(settings()).of_message if message else Submissions(settings()).of_report
    said = make(report_in(**{"reporter": "wo-07", **fields}), Request(client, str(uuid4()), now, TRACE)).claim.said
    return said and said.words


def test_who_says_the_same_again_says_the_same_words() -> None:
    """Whatever the key, in other capitals and spaces, some metres away, a minute later, over a channel or not."""
    place = {"location": {"lat": 52.38330, "lon": 4.88640}}
    first = words({"text": "Glas  op\nstraat!", **place})
    assert first
    assert first == words({"text": "GLAS op straat!", "location": {"lat": 52.38332, "lon": 4.88638}})
    assert first == words({"text": "Glas op straat!", "occurred_at": NOW.isoformat(), **place}, message=True)
    assert first == words({"text": "Glas op straat!", **place}, now=NOW + timedelta(minutes=1))


def test_other_words_people_places_and_answers_are_told_apart() -> None:
    """And so are times that a report itself tells of, and applications."""
    variants: list[dict[str, object]] = [
        {},
        {"text": "Glas op de stoep"},
        {"reporter": "wo-08"},
        {"location": {"lat": 52.3833, "lon": 4.8864}},
        {"location": {"lat": 52.3835, "lon": 4.8864}},
        {"location": {"address": "Singel"}},
        {"occurred_at": "2026-10-12T02:41:00+02:00"},
        {"police_called": True},
        {"type": "urgent"},
        {"community": "woensel"},
        {"persons": [{"sex": "man"}]},
    ]
    told = {words({}, client="other"), *(words(fields) for fields in variants)}
    assert len(told - {None}) == len(variants) + 1


@pytest.mark.parametrize(
    "fields", [{"reporter": None}, {"anonymous": True}, {"edit_of": REFERENCE}, {"text": WITHOUT_WORDS}]
)
def test_who_is_unknown_who_edits_and_who_says_nothing_says_no_words_again(fields: dict[str, object]) -> None:
    """Two residents are never taken for one, an edit is always an edit, and two photos without text are two reports."""
    assert words(fields) is None


def test_saying_it_again_can_be_made_another_report() -> None:
    """Where the installation does not look back."""
    made = Submissions(settings(repeat_seconds=0)).of_report(report_in(reporter="a"), Request("demo", "k", NOW, TRACE))
    assert made.claim.said is None


def test_nobody_computes_a_reference_without_the_secret() -> None:
    """The reference is a capability: another secret gives another one for the very same request."""
    elsewhere = Submissions(settings(secret="t")).of_report(report_in(), Request("demo", "k", NOW, TRACE))
    assert elsewhere.claim.event_id != submission(report_in(), key="k").claim.event_id


def test_an_outcome_can_name_its_report() -> None:
    """The signal of a report follows from the report's id, as routing derives it."""
    outcome = OutcomeIn(reference=REFERENCE, community="woensel", network="police", result="arrested")
    made = Submissions(settings()).of_outcome(outcome, Request("demo", None, NOW, TRACE))
    record = made.record(made.claim.event_id)
    event = decode(record.value)
    assert isinstance(event.data, SignalOutcome)
    assert (event.data.signal_id, event.subject) == (derive(REFERENCE, "signal"),) * 2
    assert (event.data.at, event.time, record.key) == (NOW, NOW, b"woensel")
    assert made.received_at is None


def test_times_keep_their_instant() -> None:
    """An offset is kept or changed, never lost."""
    report = report_in(occurred_at="2026-10-13T02:41:00+02:00")
    assert received(submission(report).record(REFERENCE)).happened_at == datetime(2026, 10, 13, 0, 41, tzinfo=UTC)

"""Broken bodies are refused with the field and the cure; sound ones pass unchanged."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_intake.shapes import BODY_LIMIT, OutcomeIn, ReportIn
from buurtsein_intake.validation import Known, check_outcome, check_report, parse
from buurtsein_runtime.bodies import pointer
from buurtsein_runtime.problems import ERRORS_SHOWN, Problem, Refused

KNOWN = Known(frozenset({"woensel"}), ("police",), datetime(2026, 10, 13, tzinfo=UTC))


def problem_of(raw: bytes) -> Problem:
    """Return the problem that a body has."""
    with pytest.raises(Refused) as refused:
        parse(raw, ReportIn)
    return refused.value.problem


def test_a_byte_order_mark_is_named_as_what_is_wrong() -> None:
    """Who sends one can't see it."""
    assert "byte order mark" in problem_of(b'\xef\xbb\xbf{"text": "glas op straat"}').detail


def errors_of(**fields: object) -> dict[str, str]:
    """Return the mistakes in a report with these fields, by pointer."""
    found = problem_of(json.dumps({"text": "glas op straat", **fields}).encode())
    assert found.status == 422
    return {error.pointer: error.detail for error in found.errors}


@pytest.mark.parametrize(
    "raw", [b"", b"  \n", b"{", b"\xff", b'{"text":"glas \xc3\x28"}', b"[" * 5000, b"\xef\xbb\xbf{}"]
)
def test_what_is_no_json_is_a_400(raw: bytes) -> None:
    """No body, half a body, wrong bytes, a byte order mark and absurd nesting are all no JSON."""
    problem = problem_of(raw)
    assert (problem.status, problem.errors) == (400, ())
    assert problem.detail


@pytest.mark.parametrize("raw", [b"[]", b"3", b'"x"', b"null"])
def test_json_that_is_no_object_is_a_422(raw: bytes) -> None:
    """The whole body is named when it is not an object."""
    assert [(e.pointer, e.detail) for e in problem_of(raw).errors] == [("#", "must be a JSON object")]


@pytest.mark.parametrize(
    ("fields", "where", "cure"),
    [
        ({"text": ""}, "#/text", "is blank"),
        ({"text": " \n\t "}, "#/text", "is blank"),
        ({"text": "\u200b\u200b"}, "#/text", "is blank"),
        ({"text": "a\x00b"}, "#/text", "control characters"),
        ({"text": "a\x1bb"}, "#/text", "control characters"),
        ({"text": "a\u202egnp.exe"}, "#/text", "control characters"),
        ({"text": 3}, "#/text", "must be text"),
        ({"text": None}, "#/text", "must be text"),
        ({"text": "a" * 4001}, "#/text", "at most 4000 characters"),
        ({"txt": "a"}, "#/txt", "The fields are type, text, location"),
        ({"a/b~c": 1}, "#/a~1b~0c", "is not a field here"),
        ({"type": "panic"}, "#/type", "'urgent', 'suspicious', 'nuisance', 'idea'"),
        ({"channel": "fax"}, "#/channel", "must be one of"),
        ({"police_called": "maybe"}, "#/police_called", "true or false"),
        ({"anonymous": 1}, "#/anonymous", "true or false"),
        ({"location": {"lat": 152.4, "lon": 4.88}}, "#/location/lat", "must be 90.0 or less"),
        ({"location": {"lat": 52.4, "lon": "4.88"}}, "#/location/lon", "must be a number"),
        ({"location": {"lat": float("nan"), "lon": 4}}, "#/location/lat", "finite"),
        ({"location": {"lat": 52.4}}, "#/location", "both lat and lon"),
        ({"location": {}}, "#/location", "an address, or leave location out"),
        ({"location": {"lat": 1, "lon": 1, "z": 1}}, "#/location/z", "The fields are lat, lon, address"),
        ({"location": []}, "#/location", "must be a JSON object"),
        ({"occurred_at": "2026-10-12T21:14:00"}, "#/occurred_at", "with its offset"),
        ({"occurred_at": "2026-10-12"}, "#/occurred_at", "with its offset"),
        ({"occurred_at": "yesterday"}, "#/occurred_at", "with its offset"),
        ({"occurred_at": 1791000000}, "#/occurred_at", "with its offset"),
        ({"occurred_at": "1791000000"}, "#/occurred_at", "with its offset"),
        ({"occurred_at": "0001-01-01T00:00:00+02:00"}, "#/occurred_at", "must be 2000-01-01"),
        ({"occurred_at": "9999-12-31T23:59:59-14:00"}, "#/occurred_at", "must be before 2100"),
        ({"persons": [{}] * 6}, "#/persons", "at most 5"),
        ({"persons": {}}, "#/persons", "must be a list"),
        ({"persons": [{"name": "x"}]}, "#/persons/0/name", "The fields are sex, age"),
        ({"vehicles": [{"plate": "x" * 101}]}, "#/vehicles/0/plate", "at most 100 characters"),
        ({"vehicles": [{"plate": "x\ny"}]}, "#/vehicles/0/plate", "control characters"),
        ({"community": "../ %"}, "#/community", "not the display name"),
        ({"community": ""}, "#/community", "is empty"),
        ({"reporter": ""}, "#/reporter", "is empty"),
        ({"edit_of": "x"}, "#/edit_of", "must be an id as intake gave it"),
    ],
)
def test_the_field_and_its_cure_are_named(fields: dict[str, object], where: str, cure: str) -> None:
    """Each mistake is answered at its own place with what to do about it."""
    assert cure in errors_of(**fields)[where]


def test_a_missing_text_is_named() -> None:
    """A report without text says nothing."""
    assert [(e.pointer, e.detail) for e in problem_of(b"{}").errors] == [("#/text", "is required; add it")]


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (rb'{"text":"a\ud800b"}', "#/text"),
        (rb'{"text":"a","persons":[{"sex":"\udc00"}]}', "#/persons/0/sex"),
        (rb'{"text":"a","\ud800":1}', "#"),
    ],
)
def test_half_a_character_is_named_by_its_field(raw: bytes, where: str) -> None:
    """A lone surrogate can't be written as UTF-8, and the one who sent it wants to know where it is."""
    problem = problem_of(raw)
    assert (problem.status, problem.errors[0].pointer) == (422, where)
    assert "surrogate" in problem.errors[0].detail
    assert problem.body()


def test_a_problem_is_never_longer_than_it_is_useful() -> None:
    """Hundreds of mistakes are counted, and only the first are shown."""
    problem = problem_of(json.dumps({f"f{n}": n for n in range(300)}).encode())
    assert "(300 more below)" in problem.detail
    assert len(json.loads(problem.body())["errors"]) == ERRORS_SHOWN


def test_a_sound_report_passes() -> None:
    """Text is trimmed; emoji, other scripts, tabs and line ends are fine."""
    report = parse(
        '{"text":" Brand 🔥 👨‍👩‍👧\\n\\tحريق ","occurred_at":"2026-10-14T18:27:00+02:00"}'.encode(), ReportIn
    )
    assert report.text == "Brand 🔥 👨‍👩‍👧\n\tحريق"
    assert report.occurred_at == datetime(2026, 10, 14, 16, 27, tzinfo=UTC)
    assert (report.channel, report.anonymous, report.persons) == ("app", False, ())


def test_an_unknown_community_is_refused_with_the_known_ones() -> None:
    """The names are not secret, and a typing mistake is seen at once."""
    with pytest.raises(Refused) as refused:
        check_report(parse(b'{"text":"a","community":"wonsel"}', ReportIn), KNOWN)
    assert [e.pointer for e in refused.value.problem.errors] == ["#/community"]
    assert "use one of woensel, or leave it out" in refused.value.problem.errors[0].detail


def test_a_time_that_has_yet_to_come_is_refused_unless_time_follows_the_reports() -> None:
    """A clock may be some minutes ahead, not days; a replay has no clock to compare with."""
    report = parse(b'{"text":"a","occurred_at":"2026-10-13T02:00:01+02:00"}', ReportIn)
    with pytest.raises(Refused, match="has yet to come"):
        check_report(report, KNOWN)
    check_report(report, KNOWN._replace(latest=None))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"network": "mafia"}, "#/network"),
        ({"community": "x"}, "#/community"),
        ({"at": "2026-10-14T00:00:00Z"}, "#/at"),
    ],
)
def test_an_outcome_uses_known_names(changes: dict[str, str], where: str) -> None:
    """Networks and communities come from the configuration."""
    reference = "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"
    fields = {"reference": reference, "community": "woensel", "network": "police", "result": "arrested"}
    check_outcome(parse(json.dumps(fields).encode(), OutcomeIn), KNOWN)
    with pytest.raises(Refused) as refused:
        check_outcome(parse(json.dumps({**fields, **changes}).encode(), OutcomeIn), KNOWN)
    assert [e.pointer for e in refused.value.problem.errors] == [where]


@pytest.mark.parametrize("names", [(), ("signal_id", "reference")])
def test_an_outcome_names_one_signal(names: tuple[str, ...]) -> None:
    """Neither id, or both, leaves open what the outcome is about."""
    ids = dict.fromkeys(names, "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11")
    body = {**ids, "community": "woensel", "network": "police", "result": "arrested"}
    with pytest.raises(Refused, match="either signal_id or reference"):
        parse(json.dumps(body).encode(), OutcomeIn)


@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_report_or_a_problem(raw: bytes) -> None:
    """Whatever comes in, the answer is a problem that can be written, or a report."""
    problem = None
    try:
        parse(raw, ReportIn)
    except Refused as refused:
        problem = refused.problem
    if problem:
        assert problem.status in {400, 422}
        assert json.loads(problem.body())["status"] == problem.status


def test_pointers_follow_the_standard() -> None:
    """RFC 6901 escapes, and the root is the empty pointer."""
    assert (pointer(()), pointer(("a/b", 0, "~"))) == ("#", "#/a~1b/0/~0")


def test_the_limit_of_a_body_is_that_of_an_event() -> None:
    """What fits in a body must fit in an event."""
    assert BODY_LIMIT == 64 * 1024

"""Dead letters keep everything, and their headers survive whatever was wrong with the record."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_events.deadletters import (
    DETAIL_LIMIT,
    REPLAY_HEADER,
    DeadLetter,
    NotADeadLetter,
    Origin,
    dead_letter_headers,
    header_text,
    replayed_from,
)

AT = datetime(2026, 3, 2, 21, 15, tzinfo=UTC)
ORIGIN = Origin("reports.received", 3, 1042)


def letter(
    value: bytes | None = b"\xff{", original: tuple[tuple[str, bytes | None], ...] = (), detail: str = "line 1"
) -> DeadLetter:
    """Return a dead letter of a record that moderation could not read."""
    return DeadLetter(
        reason="not_json",
        error="DecodeError",
        detail=detail,
        stage="moderation",
        origin=ORIGIN,
        at=AT,
        value=value,
        key=b"m-17",
        original=original,
    )


def test_round_trip() -> None:
    """A dead letter comes back whole from its record."""
    before = letter(original=(("traceparent", b"00-1"), ("content-type", b"application/cloudevents+json")))
    assert DeadLetter.from_record(value=before.value, key=before.key, headers=before.to_headers()) == before


@given(st.binary(max_size=40), st.lists(st.tuples(st.text(max_size=8), st.none() | st.binary(max_size=8)), max_size=4))
def test_bytes_kept(value: bytes, original: list[tuple[str, bytes]]) -> None:
    """Value and original headers are kept byte for byte."""
    before = letter(value, tuple(original))
    after = DeadLetter.from_record(value=value, key=before.key, headers=before.to_headers())
    assert (after.value, after.original) == (value, tuple(original))


def test_original_headers_do_not_shadow() -> None:
    """Headers of the failed record with our names do not shadow ours."""
    before = letter(original=(("buurtsein-origin", b"elsewhere:0:0"), ("ce_id", b"forged")))
    after = DeadLetter.from_record(value=b"", key=None, headers=before.to_headers())
    assert (after.origin, after.original) == (ORIGIN, before.original)


def test_null_and_empty_differ() -> None:
    """Null stays null and empty stays empty."""
    null = DeadLetter.from_record(value=b"", key=None, headers=letter(None).to_headers())
    empty = DeadLetter.from_record(value=b"", key=None, headers=letter(b"").to_headers())
    assert (null.value, empty.value) == (None, b"")


def test_id_follows_from_the_failure() -> None:
    """The same failure has the same id, whatever its words."""
    assert letter().id == letter(detail="other words").id
    assert dict(letter().to_headers())["ce_id"] == letter().id.encode()


def test_function_for_stages() -> None:
    """The function that stages use writes the headers of the dataclass."""
    headers = dead_letter_headers(
        reason="not_json",
        error="DecodeError",
        detail="line 1",
        stage="moderation",
        origin=ORIGIN,
        at=AT,
        was_null=False,
        original=[("traceparent", b"00-1")],
    )
    assert headers == letter(original=(("traceparent", b"00-1"),)).to_headers()


@given(st.text(max_size=DETAIL_LIMIT + 50) | st.just("\ud800x"))
def test_header_text_is_printable(text: str) -> None:
    """Header texts are one printable line of valid UTF-8, whatever was in the detail."""
    line = header_text(text, 60).decode("utf-8")
    assert len(line) <= 60
    assert line.isprintable()


def test_long_detail() -> None:
    """A long detail is cut and says so with an ellipsis."""
    detail = dict(letter(detail="x" * 5000).to_headers())["buurtsein-detail"]
    assert detail is not None
    assert (len(detail.decode()), detail.decode()[-1]) == (DETAIL_LIMIT, "…")


def test_replay_names_its_failure() -> None:
    """A replay names the failure that it answers, and drops the name of an earlier one."""
    again = letter(original=((REPLAY_HEADER, b"reports.received:0:7"), ("x", b"1")))
    assert again.replay_headers() == [("x", b"1"), (REPLAY_HEADER, b"reports.received:3:1042")]
    assert replayed_from(again.replay_headers()) == ORIGIN


@pytest.mark.parametrize("value", [b"", b"nonsense", b"a:b:c", b"topic:1:-2", b"\xff:1:2:x", None])
def test_nonsense_in_replay_header(value: bytes | None) -> None:
    """A replay header that says nonsense makes no replay."""
    assert replayed_from([(REPLAY_HEADER, value)]) is None


def test_missing_headers() -> None:
    """A record without the headers is no dead letter."""
    with pytest.raises(NotADeadLetter, match="headers missing: ce_specversion"):
        DeadLetter.from_record(value=b"{}", key=None, headers=[])


def test_broken_origin() -> None:
    """A dead letter with a broken origin is refused."""
    headers = [(name, b"here" if name == "buurtsein-origin" else value) for name, value in letter().to_headers()]
    with pytest.raises(NotADeadLetter, match="not topic:partition:offset"):
        DeadLetter.from_record(value=b"{}", key=None, headers=headers)


def test_origin_text() -> None:
    """An origin reads its own text."""
    assert Origin.parse(str(Origin("signals.routed.police", 0, 12))) == Origin("signals.routed.police", 0, 12)

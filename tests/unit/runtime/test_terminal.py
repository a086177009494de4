"""Times as options of commands, and text that is safe to print."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtsein_runtime.terminal import moment, printable

NOW = datetime(2026, 10, 14, 12, tzinfo=UTC)


@given(st.text() | st.just("\ud800\x9b\u202e\u200f"))
def test_printable(text: str) -> None:
    """Nothing that a terminal would act on is left, and what can be shown stays."""
    assert printable(text).isprintable()
    assert not text.isprintable() or printable(text) == text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("6d", NOW - timedelta(days=6)),
        ("90m", NOW - timedelta(minutes=90)),
        ("2026-10-14", datetime(2026, 10, 14, tzinfo=UTC)),
        ("2026-10-14T10:00:00+02:00", datetime(2026, 10, 14, 8, tzinfo=UTC)),
    ],
)
def test_moment(text: str, at: datetime) -> None:
    """A time is how long ago or ISO 8601, in UTC unless it says otherwise."""
    assert moment(text, NOW) == at


@pytest.mark.parametrize("text", ["", "6", "d", "-3d", "yesterday", "1w"])
def test_no_moment(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match=r"Invalid isoformat|month must be"):
        moment(text, NOW)

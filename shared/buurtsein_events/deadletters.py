"""Dead letters: what could not be decided, kept with its bytes and the reason (CloudEvents binary mode on Kafka).

The value, key and headers of the failed record stay as they were; the headers below come after them. A replay puts the
record back on its topic, so nothing of it may be lost here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from buurtsein_events.ids import derive

Headers = Sequence[tuple[str, bytes | None]]

DEAD_LETTER_TYPE: Final = "nl.buurtsein.deadletter.v1"
REPLAY_HEADER: Final = "buurtsein-replay"
"""On a record that was put back: the origin of the dead letter, so that one replay of several is processed.

It is the origin of that failure and not of an earlier one: a replay that fails again can be replayed again.
"""

SOURCE: Final = "urn:nld:oin:00000000000000000000:systeem:buurtsein"
DETAIL_LIMIT: Final = 1000
SHORT_LIMIT: Final = 300
OWN_HEADERS: Final = (
    "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_subject", "content-type", "buurtsein-reason",
    "buurtsein-error", "buurtsein-detail", "buurtsein-stage", "buurtsein-origin", "buurtsein-null",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a record stands in Kafka; its text is `topic:partition:offset`."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        """Return `topic:partition:offset`."""
        return f"{self.topic}:{self.partition}:{self.offset}"

    @classmethod
    def parse(cls, text: str) -> "Origin":
        """Return the origin that `text` names; raises `ValueError` when it is not `topic:partition:offset`."""
        topic, partition, offset = [*text.rsplit(":", 2), "", ""][:3]
        if not (topic and partition.isdecimal() and offset.isdecimal()):
            raise ValueError(f"{text[:SHORT_LIMIT]!r} is not topic:partition:offset")
        return cls(topic, int(partition), int(offset))


class NotADeadLetter(ValueError):  # noqa: N818
    """The record lacks what makes it a dead letter; such a record was not written by a stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A record that failed, and why; `value` and `key` are its own, `original` are the headers that it had.

    `reason` is a short code for metrics, `error` the class of the error and `detail` its text.
    """

    reason: str
    error: str
    detail: str
    stage: str
    origin: Origin
    at: datetime
    value: bytes | None
    key: bytes | None
    original: tuple[tuple[str, bytes | None], ...] = ()
    source: str = SOURCE

    @property
    def id(self) -> str:
        """Return the id of the dead letter: the same failure always has the same id."""
        return derive(str(self.origin), f"dead-letter-{self.stage}")

    def to_headers(self) -> list[tuple[str, bytes | None]]:
        """Return the headers of the record on the dead-letter topic: the original ones, then these."""
        texts = (
            "1.0", self.id, DEAD_LETTER_TYPE, self.source, self.at.astimezone(UTC).isoformat(), str(self.origin),
            "application/octet-stream", self.reason, self.error, self.detail, self.stage, str(self.origin),
            "1" if self.value is None else "0",
        )  # fmt: skip
        own = [
            (name, header_text(text, DETAIL_LIMIT if name == "buurtsein-detail" else SHORT_LIMIT))
            for name, text in zip(OWN_HEADERS, texts, strict=True)
        ]
        return [*self.original, *own]

    def replay_headers(self) -> list[tuple[str, bytes | None]]:
        """Return the headers with which the record goes back to its topic."""
        kept = [(name, value) for name, value in self.original if name != REPLAY_HEADER]
        return [*kept, (REPLAY_HEADER, str(self.origin).encode())]

    @classmethod
    def from_record(cls, *, value: bytes | None, key: bytes | None, headers: Headers) -> "DeadLetter":
        """Return the dead letter in a record of a dead-letter topic; raises `NotADeadLetter`."""
        own, original = _split(headers)
        if missing := [name for name in OWN_HEADERS if name not in own]:
            raise NotADeadLetter(f"headers missing: {', '.join(missing)}")
        try:
            origin = Origin.parse(own["buurtsein-origin"])
            at = datetime.fromisoformat(own["ce_time"])
        except ValueError as error:
            raise NotADeadLetter(str(error)) from error
        return cls(
            reason=own["buurtsein-reason"],
            error=own["buurtsein-error"],
            detail=own["buurtsein-detail"],
            stage=own["buurtsein-stage"],
            origin=origin,
            at=at if at.tzinfo else at.replace(tzinfo=UTC),
            value=None if own["buurtsein-null"] == "1" else value or b"",
            key=key,
            original=original,
            source=own["ce_source"],
        )


def dead_letter_headers(  # noqa: PLR0913
    *,
    reason: str,
    error: str,
    detail: str,
    stage: str,
    origin: Origin,
    at: datetime,
    was_null: bool,
    original: Sequence[tuple[str, bytes]],
    source: str = SOURCE,
) -> list[tuple[str, bytes]]:
    """Return the headers of a dead letter, for a stage that has the record's value and key at hand."""
    letter = DeadLetter(
        reason=reason,
        error=error,
        detail=detail,
        stage=stage,
        origin=origin,
        at=at,
        value=None if was_null else b"",
        key=None,
        source=source,
    )
    return [*original, *((name, value or b"") for name, value in letter.to_headers())]


def replayed_from(headers: Headers) -> Origin | None:
    """Return where a replayed record failed before, or nothing when it is no replay or its header says nonsense."""
    for name, value in reversed(headers):
        if name == REPLAY_HEADER:
            try:
                return Origin.parse((value or b"").decode("utf-8", "replace"))
            except ValueError:
                return None
    return None


def header_text(text: str, limit: int) -> bytes:
    """Return `text` as one printable line of at most `limit` characters, valid UTF-8 whatever was in it."""
    line = "".join(c if c.isprintable() else " " for c in text[: limit + 1])
    return (line if len(line) <= limit else f"{line[: limit - 1]}…").encode("utf-8", "replace")


def _split(headers: Headers) -> tuple[dict[str, str], tuple[tuple[str, bytes | None], ...]]:
    """Return our own headers, the last of each name, and those that the failed record had before."""
    own: dict[str, str] = {}
    original: list[tuple[str, bytes | None]] = []
    for name, value in reversed(headers):
        if name in OWN_HEADERS and name not in own:
            own[name] = (value or b"").decode("utf-8", "replace")
        else:
            original.append((name, value))
    return own, tuple(reversed(original))

"""Signalen v1: signals that anybody may post on its public endpoint.

Source: Signalen backend, `POST /signals/v1/public/signals/`. Where a signal stands can be read; see `signalen_routes`.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from buurtsein_events.values import Channel
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.message import Message, clean, place
from buurtsein_intake.channels.signalen_body import as_json, invalid, read, shape
from buurtsein_intake.channels.signalen_categories import BASE, SignalenFile
from buurtsein_runtime.problems import FieldError, Problem

_HEADERS = ("Retry-After", "Cache-Control")


class Signalen:
    """The adapter; `file` has the categories and sources of this installation."""

    channel: Channel = "signalen"
    path: str = f"{BASE}/signals/"
    media_types: tuple[str, ...] = ("application/json",)
    body_limit: int = 256 * 1024
    handshake_method: str | None = None

    def __init__(self, file: SignalenFile) -> None:
        self._file = file

    def verify(self, call: Call) -> None:
        """Take any call: the endpoint is public."""

    def handshake(self, call: Call) -> Answer | None:  # noqa: ARG002
        """Return nothing: no client asks anything beforehand."""
        return None

    def parse(self, call: Call) -> Sequence[Message]:
        """Return the signal; raises `Refused` (400)."""
        body = read(call.body, self._file.sources)
        text = clean(body.text)
        if text is None:
            raise invalid([FieldError("text", "This field may not be blank.")])
        lon, lat = body.location.geometrie
        sender = body.reporter.email or body.reporter.phone
        slugs = body.category.sub_category or body.category.category_url or ("", "")
        message = Message(
            channel="signalen",
            key=None,
            sender=sender.strip().lower() if sender else None,
            text=text,
            location=place(lat, lon, str(body.location.address or "")),
            occurred_at=body.incident_date_start,
            type=self._file.types.get(slugs),
            anonymous=sender is None,
        )
        return (message,)

    def answer(self, taken: Sequence[Taken]) -> Answer:
        """Return the signal as it is now."""
        [one] = taken
        at = one.at or one.message.occurred_at
        content = signal(str(one.reference), at=at, updated=at, happened=one.message.occurred_at, closed=False)
        return Answer(status=201, body=as_json(content))

    def refuse(self, problem: Problem) -> Answer:
        """Return the problem in the shape of Django REST framework."""
        headers = {name: value for name, value in problem.headers.items() if name in _HEADERS}
        return Answer(status=problem.status, body=as_json(shape(problem)), headers=headers)


def signal(
    reference: str, *, at: datetime | None, updated: datetime | None, happened: datetime | None, closed: bool
) -> dict[str, object]:
    """Return a signal as Signalen shows it to the public; when it ended is not kept.

    One whose time could not be has that of its report, since there is no signal without a time.
    """
    number = number_of(reference)
    return {
        "_display": f"SIG-{number}",
        "id": number,
        "id_display": f"SIG-{number}",
        "signal_id": reference,
        "status": {"state": "CLOSED", "state_display": "Gesloten"}
        if closed
        else {"state": "OPEN", "state_display": "Open"},
        "created_at": moment(at),
        "updated_at": moment(updated),
        "incident_date_start": moment(happened or at),
        "incident_date_end": None,
    }


def number_of(reference: str) -> int:
    """Return the number of a signal, which follows from its reference and does not lead back to it.

    It fits the whole numbers of JavaScript (RFC 8259, section 6).
    """
    digest = hashlib.blake2b(reference.encode(), digest_size=8, person=b"signalen").digest()
    return int.from_bytes(digest) >> 12


def moment(at: datetime | None) -> str | None:
    """Return a time as Signalen writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None

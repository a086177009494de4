"""When reports of one person are the same: what is said and where, but for what changes when said again; pure."""

import unicodedata
from datetime import datetime
from typing import Final

from buurtsein_events.values import Location
from buurtsein_intake.channels.message import WITHOUT_WORDS
from buurtsein_intake.shapes import ReportIn

_DECIMALS: Final = 4
"""Of a place's degrees: two places within some 10 m are the same for who says the same at both."""

_DIFFERS: Final = {"text", "location", "occurred_at"}
"""What of a report may differ; all else may not."""


def content(report: ReportIn, reporter: str, now: datetime, within: float) -> bytes | None:
    """Return what `reporter` says, the same whenever it is said again within so many seconds.

    Nothing, when it can't be said again: an edit is always an edit, and two photos without words are two reports.
    """
    if report.edit_of or report.text == WITHOUT_WORDS:
        return None
    plain = (reporter, _text(report.text), _place(report.location), _told(report.occurred_at, now, within))
    return f"{plain!r}{report.model_dump_json(exclude_none=True, exclude=_DIFFERS)}".encode()


def _text(text: str) -> str:
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(folded.casefold().split())


def _place(place: Location | None) -> str | None:
    if place is None:
        return None
    if place.lat is None or place.lon is None:
        return place.address
    return f"{place.lat:.{_DECIMALS}f} {place.lon:.{_DECIMALS}f} {place.address}"


def _told(at: datetime | None, now: datetime, within: float) -> str | None:
    """Return the time that a report tells of, unless it is about now: saying it again changes that."""
    return None if at is None or abs((now - at).total_seconds()) <= within else at.isoformat()

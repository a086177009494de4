"""Service requests as GeoReport gives them back, and what can be asked for; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from buurtsein_events.values import ReportType
from buurtsein_intake import answers
from buurtsein_intake.answers import ReportStatus
from buurtsein_intake.channels.filings import Filing
from buurtsein_intake.channels.open311_formats import Content
from buurtsein_intake.channels.open311_services import Services, wrong
from buurtsein_intake.forms import Language, say

SPAN: Final = timedelta(days=90)
LIMIT: Final = 1000
"""Requests that one answer has at most."""

_STATUSES: Final = ("open", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is asked for: `references`, which override all else, or what was filed in a time, narrowed and by page."""

    references: tuple[str, ...] = ()
    since: datetime
    until: datetime
    kinds: frozenset[ReportType] = field(default_factory=frozenset)
    statuses: frozenset[str] = frozenset(_STATUSES)
    page: int = 1
    size: int = LIMIT

    @property
    def shown(self) -> slice:
        """Return the part that the page shows."""
        return slice((self.page - 1) * self.size, self.page * self.size)


def search(query: Mapping[str, str], services: Services, now: datetime) -> Search:
    """Return what a query asks for; raises `Refused`, 404 for an unknown service and 400 for anything else wrong."""
    since, until = _time(query, now)
    return Search(
        references=_several(query, "service_request_id"),
        since=since,
        until=until,
        kinds=frozenset(services.known(code) for code in _several(query, "service_code")),
        statuses=_statuses(query),
        page=_number(query, "page", 1),
        size=_number(query, "page_size", LIMIT),
    )


def request_of(
    reference: str, status: ReportStatus, filing: Filing | None, services: Services, language: Language
) -> dict[str, Content]:
    """Return a service request (GET Service Request), with as much as is kept of what was filed."""
    kind = filing.type if filing else None
    networks = ", ".join(network.network for network in status.networks)
    return {
        "service_request_id": reference,
        "status": "closed" if answers.is_closed(status) else "open",
        "status_notes": notes(status, language),
        "service_name": services.name(kind, language) if kind else None,
        "service_code": kind,
        "description": filing.text if filing else None,
        "agency_responsible": networks or None,
        "service_notice": say(status.next, language),
        "requested_datetime": w3c(status.received_at),
        "updated_datetime": w3c(answers.updated_at(status)),
        "expected_datetime": w3c(status.promised_at),
        "address": filing.address if filing else None,
        "address_id": None,
        "zipcode": None,
        "lat": filing.lat if filing else None,
        "long": filing.lon if filing else None,
        "media_url": filing.media_url if filing else None,
    }


def notes(status: ReportStatus, language: Language) -> str:
    """Return where a report stands, in words: the newest of each network, or else what moderation and routing said."""
    said = [say(network.message, language) for network in status.networks]
    return " ".join(each for each in said if each) or say(status.message, language) or ""


def w3c(at: datetime | None) -> str | None:
    """Return a time in UTC as the W3C's note on dates has it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _several(query: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(each.strip() for each in query.get(name, "").split(",") if each.strip()))
    if len(found) > LIMIT:
        raise wrong(name, f"has more than {LIMIT} values; ask for fewer at once")
    return found


def _statuses(query: Mapping[str, str]) -> frozenset[str]:
    asked = _several(query, "status")
    if not set(asked) <= set(_STATUSES):
        raise wrong("status", f"must be {' or '.join(_STATUSES)}, or both with a comma between them")
    return frozenset(asked or _STATUSES)


def _number(query: Mapping[str, str], name: str, otherwise: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= LIMIT):
        raise wrong(name, f"must be a whole number from 1 to {LIMIT}")
    return int(text)


def _time(query: Mapping[str, str], now: datetime) -> tuple[datetime, datetime]:
    since, until = _moment(query, "start_date"), _moment(query, "end_date")
    if until is None:
        until = min(since + SPAN, now) if since else now
    if since is None:
        since = until - SPAN
    if until - since > SPAN:
        raise wrong("start_date and end_date", f"are more than {SPAN.days} days apart; ask for a shorter time")
    return since, until


def _moment(query: Mapping[str, str], name: str) -> datetime | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise wrong(name, "must be a date and time, such as 2026-10-13T00:00:00Z") from error
    if not 2000 <= at.year < 2100:
        raise wrong(name, "must be in this century")
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)

"""What intake answers when all is well: receipts and statuses, with words for the reporter; pure."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from buurtsein_events.values import Message
from buurtsein_intake.codes import grouped
from buurtsein_intake.shapes import ReportIn
from buurtsein_intake.status import Kept, newest

Status = Literal["received", "under_review", "asked", "held", "declined", "routed", "dead_letter"]


class Links(BaseModel):
    """Where to go from here."""

    self: str


class Receipt(BaseModel):
    """The answer to a report that is kept; `reference` is the key to its status, so keep it private.

    An anonymous report has a `receipt_code` of 16 digits besides, which people can write down.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reference": "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11",
                    "status": "received",
                    "links": {"self": "https://buurtsein.example/v1/reports/0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"},
                    "message": {"nl": "Dank je wel, je melding is ontvangen.", "en": "Thank you, we have your report."},
                }
            ]
        }
    )

    reference: str
    receipt_code: str | None = None
    status: Literal["received"] = "received"
    links: Links
    message: Message


class OutcomeReceipt(BaseModel):
    """The answer to an outcome that is kept."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "5b0e9b5e-2f0f-5f0f-8a11-6f1c3bb45d0c", "status": "received"}]}
    )

    id: str
    status: Literal["received"] = "received"


class NetworkStatus(BaseModel):
    """One network that works on the report, and the newest that it said about it."""

    network: str
    result: str | None = None
    at: AwareDatetime | None = None
    message: Message | None = None


class ReportStatus(BaseModel):
    """Where a report stands, for the reporter; nothing in it tells who the reporter is or what the report says.

    `next` says what the reporter can do, `next_step` and `appeal` are links or codes for the application,
    `promised_at` is the moment before which the reporter hears more.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reference": "0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11",
                    "status": "routed",
                    "received_at": "2026-10-13T00:41:12Z",
                    "networks": [
                        {
                            "network": "police",
                            "result": "arrested",
                            "at": "2026-10-14T01:58:00Z",
                            "message": {"nl": "Er is iemand aangehouden.", "en": "Someone was arrested."},
                        },
                        {"network": "community"},
                    ],
                    "promised_at": "2026-10-14T00:41:12Z",
                    "message": {"nl": "Je melding is doorgestuurd.", "en": "Your report was passed on."},
                    "next": {"nl": "Je hoeft niets te doen.", "en": "You need not do anything."},
                    "links": {"self": "https://buurtsein.example/v1/reports/0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"},
                }
            ]
        }
    )

    reference: str
    status: Status
    received_at: AwareDatetime | None = None
    networks: tuple[NetworkStatus, ...] = ()
    promised_at: AwareDatetime | None = None
    message: Message
    next: Message
    next_step: str | None = None
    appeal: str | None = None
    links: Links


_THANKS: Final = Message(nl="Dank je wel, je melding is ontvangen.", en="Thank you, we have your report.")
_THANKS_112: Final = Message(
    nl="Dank je wel, je melding is ontvangen. Is er nu gevaar? Bel meteen 112.",
    en="Thank you, we have your report. Is there danger right now? Call 112 at once.",
)
_NOTHING: Final = Message(nl="Je hoeft niets te doen.", en="You need not do anything.")
_WORDS: Final[Mapping[Status, tuple[Message, Message]]] = {
    "received": (Message(nl="Je melding is ontvangen.", en="We have your report."), _NOTHING),
    "under_review": (
        Message(
            nl="Je melding is bekeken en gaat naar wie er iets aan kan doen.", en="Your report is being passed on."
        ),
        _NOTHING,
    ),
    "asked": (
        Message(nl="We vragen je om je melding aan te passen.", en="We ask you to change your report."),
        Message(
            nl="Pas je melding aan en stuur hem opnieuw, met deze referentie als edit_of.",
            en="Change your report and send it again, with this reference as edit_of.",
        ),
    ),
    "held": (
        Message(nl="Een coördinator bekijkt je melding.", en="A coordinator looks at your report."),
        Message(nl="Je hoeft niets te doen; je hoort van ons.", en="You need not do anything; you will hear from us."),
    ),
    "declined": (
        Message(nl="Je melding is niet geplaatst.", en="Your report was not published."),
        Message(
            nl="Ben je het er niet mee eens? Vraag de coördinator ernaar.", en="You disagree? Ask the coordinator."
        ),
    ),
    "routed": (Message(nl="Je melding is doorgestuurd.", en="Your report was passed on."), _NOTHING),
    "dead_letter": (
        Message(
            nl="Er ging bij ons iets mis met je melding; we kijken ernaar.",
            en="Something went wrong with your report on our side; we are looking into it.",
        ),
        Message(nl="Is er nu gevaar? Bel meteen 112.", en="Is there danger right now? Call 112 at once."),
    ),
}
_RESULTS: Final[Mapping[str, Message]] = {
    "arrested": Message(nl="Er is iemand aangehouden.", en="Someone was arrested."),
    "repaired": Message(nl="Het is gerepareerd.", en="It was repaired."),
    "cleaned_up": Message(nl="Het is opgeruimd.", en="It was cleaned up."),
    "resolved": Message(nl="Het is opgelost.", en="It was resolved."),
    "in_progress": Message(nl="Er wordt aan gewerkt.", en="It is being worked on."),
    "under_investigation": Message(nl="Het wordt onderzocht.", en="It is being investigated."),
    "no_violation": Message(nl="Er is geen overtreding vastgesteld.", en="No violation was found."),
}
_FINAL: Final = frozenset({"arrested", "repaired", "cleaned_up", "resolved", "no_violation"})
_STATUS_OF_VERDICT: Final[Mapping[str, Status]] = {"ask": "asked", "hold": "held", "decline": "declined"}


def link(public_url: str, reference: str) -> str:
    """Return the address of a report's status."""
    return f"{public_url.rstrip('/')}/v1/reports/{reference}"


def thanks(report: ReportIn) -> Message:
    """Return what the reporter is told at once: to call 112, too, where the report doesn't say that someone did."""
    urgent = (report.type == "urgent" or report.happening_now) and not report.police_called
    return _THANKS_112 if urgent else _THANKS


class Receipts:
    """Makes the answers to accepted reports; what is the same in all of them is made once."""

    def __init__(self, public_url: str) -> None:
        self._public_url = json.dumps(link(public_url, ""))[1:-1]
        self._json = {message.en: message.model_dump_json() for message in (_THANKS, _THANKS_112)}

    def receipt(self, report: ReportIn, reference: str, code: str | None = None) -> bytes:
        """Return a `Receipt` as JSON, with the code of an anonymous report."""
        said = thanks(report)
        member, message = "", self._json[said.en]
        if code:
            member, message = f'"receipt_code":"{code}",', _with_code(said, code).model_dump_json()
        return (
            f'{{"reference":"{reference}",{member}"status":"received","links":{{"self":"{self._public_url}{reference}"}},'
            f'"message":{message}}}'
        ).encode()


def _with_code(said: Message, code: str) -> Message:
    return Message(
        nl=f"{said.nl} Je code is {grouped(code)}: daarmee kun je hem volgen.",
        en=f"{said.en} Your code is {grouped(code)}: it lets you follow it.",
    )


def status_of(fields: Mapping[str, str]) -> Status:
    """Return where a report stands: the verdict counts first, then the routing, then a dead letter."""
    verdict = fields.get("verdict") or fields.get("routed") or ""
    if verdict in _STATUS_OF_VERDICT:
        return _STATUS_OF_VERDICT[verdict]
    if "routed" in fields:
        return "routed"
    if "dead_letter" in fields:
        return "dead_letter"
    return "under_review" if verdict else "received"


def told(fields: Mapping[str, str]) -> Message:
    """Return in words where a report stands and what the reporter can do, for who can't follow a link."""
    message, next_ = _said(fields, status_of(fields))
    return Message(nl=f"{message.nl} {next_.nl}", en=f"{message.en} {next_.en}")


def _said(fields: Mapping[str, str], status: Status) -> tuple[Message, Message]:
    message, next_ = _WORDS[status]
    own = Message(nl=fields["nl"], en=fields["en"]) if "nl" in fields and "en" in fields else message
    return own, next_


def report_status(reference: str, kept: Kept, public_url: str) -> ReportStatus:
    """Return the status of a report from what is kept of it."""
    fields = kept.fields
    status = status_of(fields)
    message, next_ = _said(fields, status)
    return ReportStatus(
        reference=reference,
        status=status,
        received_at=_moment(fields.get("received_at")),
        networks=_networks(kept),
        promised_at=_moment(fields.get("promised_at")),
        message=message,
        next=next_,
        next_step=fields.get("next_step") or None,
        appeal=fields.get("appeal") or None,
        links=Links(self=link(public_url, reference)),
    )


def is_closed(status: ReportStatus) -> bool:
    """Tell whether nothing more is to come: the report was declined, or a network brought it to an end."""
    return status.status == "declined" or any(network.result in _FINAL for network in status.networks)


def updated_at(status: ReportStatus) -> datetime | None:
    """Return when there was news, as far as it is known: what a network said, or else the report itself."""
    moments = (status.received_at, *(network.at for network in status.networks))
    return max((moment for moment in moments if moment), default=None)


def _networks(kept: Kept) -> tuple[NetworkStatus, ...]:
    outcomes = newest(kept.outcomes, kept.incident_outcomes)
    names = dict.fromkeys((*kept.fields.get("networks", "").split(), *sorted(outcomes)))
    return tuple(_network(name, outcomes.get(name)) for name in names)


def _network(name: str, outcome: tuple[datetime, str] | None) -> NetworkStatus:
    if outcome is None:
        return NetworkStatus(network=name)
    at, result = outcome
    return NetworkStatus(network=name, result=result, at=at, message=_RESULTS.get(result))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

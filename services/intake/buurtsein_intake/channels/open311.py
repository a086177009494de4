"""Open311 GeoReport v2: service requests that an application files with its key.

Source: GeoReport v2 (POST Service Request). What is filed can be read back; see `open311_routes`.
"""

import re
from collections.abc import Sequence

from buurtsein_events.values import TEXT_LIMIT, Channel
from buurtsein_intake import answers
from buurtsein_intake.channels import open311_form
from buurtsein_intake.channels.adapter import Answer, Call, Taken
from buurtsein_intake.channels.message import Message, clean, place, report_of
from buurtsein_intake.channels.open311_answers import fields_of
from buurtsein_intake.channels.open311_form import Arguments
from buurtsein_intake.channels.open311_formats import Content, Format, answer, refusal
from buurtsein_intake.channels.open311_services import Services, missing, wrong
from buurtsein_intake.clients import Client, Keyring
from buurtsein_intake.shapes import LocationIn
from buurtsein_runtime.problems import Problem, Refused

_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,2})?")
_MEDIA = 10
_URL = 500
_WHO = ("account_id", "email", "phone", "device_id")


class Open311:
    """The adapter; it answers in one format, which is part of its path."""

    channel: Channel = "open311"
    media_types: tuple[str, ...] = (open311_form.URLENCODED, open311_form.MULTIPART)
    body_limit: int = open311_form.BODY_LIMIT
    handshake_method: str | None = None

    def __init__(self, form: Format, keyring: Keyring, services: Services) -> None:
        self.path = f"/open311/v2/requests.{form}"
        self._format = form
        self._keyring = keyring
        self._services = services

    def verify(self, call: Call) -> Client:
        """Return the application whose key the call has; raises `Refused` (403)."""
        client = client_of(self._keyring, open311_form.arguments(call).one("api_key"))
        client.check_scope("reports:write")
        return client

    def handshake(self, call: Call) -> Answer | None:  # noqa: ARG002
        """Return nothing: no application asks anything beforehand."""
        return None

    def parse(self, call: Call) -> Sequence[Message]:
        """Return the service request; raises `Refused`, 404 for an unknown service or jurisdiction, 400 otherwise."""
        given = open311_form.arguments(call)
        self._services.check_jurisdiction(given.one("jurisdiction_id"))
        kind = self._services.known(given.one("service_code"))
        where = _place(given)
        said = fields_of(self._services.attributes[kind], given.attributes)
        media = tuple(url[:_URL] for url in given.many("media_url")[:_MEDIA])
        sender = next((who for who in map(given.one, _WHO) if who), None)
        message = Message(
            channel="open311",
            key=None,
            sender=sender.strip().lower() if sender else None,
            text=_description(given),
            location=where,
            type=kind,
            attachments=media,
            **said,
        )
        if not (message.text or media or said.keys() - {"anonymous"}):
            raise Refused(missing("description", "say what you saw, answer an attribute or give a media_url"))
        return (message,)

    def answer(self, taken: Sequence[Taken]) -> Answer:
        """Return the reference and what the reporter is told."""
        return answer(self._format, "service_requests", [_filed(each) for each in taken])

    def refuse(self, problem: Problem) -> Answer:
        """Return the problem as the standard's errors."""
        return refusal(self._format, problem)


def client_of(keyring: Keyring, key: str | None) -> Client:
    """Return the application that a key belongs to; raises `Refused` (403)."""
    client = keyring.client_with(key.strip().encode()) if key else None
    if client is None:
        detail = "api_key was not provided or is unknown; GET discovery tells how to get one."
        raise Refused(Problem(403, "bad-key", "The key is missing or unknown", detail))
    return client


def _filed(taken: Taken) -> Content:
    words = answers.thanks(report_of(taken.message))
    return {"service_request_id": taken.reference, "service_notice": f"{words.nl} {words.en}", "account_id": None}


def _description(given: Arguments) -> str | None:
    description = given.one("description")
    if description and len(description) > TEXT_LIMIT:
        raise wrong("description", f"has more than {TEXT_LIMIT} characters; shorten it")
    return clean(description)


def _place(given: Arguments) -> LocationIn:
    lat, lon, address = (given.one(name) for name in ("lat", "long", "address_string"))
    if lat is None and lon is None:
        found = place(None, None, address)
        if found is None:
            raise Refused(missing("lat and long", "send both, or address_string (no address_id is known here)"))
        return found
    if lat is None or lon is None:
        raise Refused(missing("lat" if lat is None else "long", "send both lat and long"))
    found = place(_degrees("lat", lat), _degrees("long", lon), address)
    if found is None or found.lat is None:
        raise wrong("lat and long", "must be WGS 84 degrees, lat from -90 to 90 and long from -180 to 180")
    return found


def _degrees(name: str, text: str) -> float:
    if not _DEGREES.fullmatch(text.strip()):
        raise wrong(name, "must be a number of degrees, such as 52.0907")
    return float(text)

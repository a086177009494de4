"""What leaves the service: one signal for everybody's feedback, and for each network only what its contract names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from buurtsein_events.reports import ReportModerated
from buurtsein_events.signals import Assignment, SignalAssigned, SignalRouted
from buurtsein_events.values import Location
from buurtsein_routing.config import PayloadField
from buurtsein_routing.linking import Link
from buurtsein_routing.places import Place
from buurtsein_routing.tree import Route

_ABOUT_100_METRES = 3


@dataclass(frozen=True, slots=True)
class Signal:
    """A report on its way out: everything that is known of it."""

    id: str
    moderated: ReportModerated
    place: Place
    route: Route
    link: Link


def routed(signal: Signal) -> SignalRouted:
    """Return the signal as feedback reads it; text and place stay out when the route is discreet.

    They stay out as well when moderation did not publish the report, whatever the routes say.
    """
    moderated, report = signal.moderated, signal.moderated.report
    discreet = signal.route.discreet or moderated.verdict != "publish"
    return SignalRouted(
        signal_id=signal.id,
        report_id=report.report_id,
        community=signal.place.community.id,
        area=signal.place.area,
        type=moderated.type,
        severity=signal.route.severity,
        verdict=moderated.verdict,
        text="" if discreet else moderated.public_text,
        reporter=None if report.anonymous else report.reporter,
        received_at=report.received_at,
        happened_at=report.happened_at,
        location=None if discreet else rounded(report.location),
        saar=report.saar,
        incident=signal.link.incident,
        duplicate=signal.link.duplicate,
        assignments=signal.route.assignments,
        promised_at=report.received_at + signal.route.promise,
        revision=moderated.revision,
    )


def assigned(signal: Signal, assignment: Assignment, fields: Iterable[PayloadField]) -> SignalAssigned:
    """Return the signal as one network receives it.

    It is a `duplicate` for a network that knows of the event, and news for one that does not.
    """
    return SignalAssigned(
        signal_id=signal.id,
        network=assignment.network,
        community=signal.place.community.id,
        area=signal.place.area,
        type=signal.moderated.type,
        severity=signal.route.severity,
        received_at=signal.moderated.report.received_at,
        incident=signal.link.incident,
        duplicate=assignment.network in signal.link.known,
        why=assignment.why,
    ).model_copy(update=_disclosed(signal.moderated, fields))


def rounded(location: Location | None) -> Location | None:
    """Return the place without its address, to about 100 metres, so that it names no house."""
    if location is None or location.lat is None or location.lon is None:
        return None
    return Location(lat=round(location.lat, _ABOUT_100_METRES), lon=round(location.lon, _ABOUT_100_METRES))


def _disclosed(moderated: ReportModerated, fields: Iterable[PayloadField]) -> dict[str, object]:
    return dict(_DISCLOSED[field](moderated) for field in fields)


_DISCLOSED: dict[PayloadField, Callable[[ReportModerated], tuple[str, object]]] = {
    "public_text": lambda m: ("text", m.public_text),
    "text": lambda m: ("text", m.report.text),
    "verdict": lambda m: ("verdict", m.verdict),
    "happened_at": lambda m: ("happened_at", m.report.happened_at),
    "place": lambda m: ("location", rounded(m.report.location)),
    "location": lambda m: ("location", m.report.location),
    "saar": lambda m: ("saar", m.report.saar),
    "persons": lambda m: ("persons", m.report.persons or None),
    "vehicles": lambda m: ("vehicles", m.report.vehicles or None),
    "photos": lambda m: ("photos", m.report.photos or None),
    "reporter": lambda m: ("reporter", None if m.report.anonymous else m.report.reporter),
}

"""Reports of one event: which earlier signal a report belongs to, and which networks know of it already.

Only the first report of an event leaves a fact; later ones are linked to it and leave none, except to say that they
told a network of it first. An edit is an update of its own report's signal, whatever else it is like. Whether two
reports match does not depend on which came first, so deciding on a batch again after a crash gives the same: a fact
that a later report left did not match the earlier one then and does not now. Facts say nothing but what follows from
the report itself, and no private word: they hold checksums of public words.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import product
from zlib import crc32

from pydantic import AwareDatetime, BaseModel, ConfigDict

from buurtsein_events.communities import UNASSIGNED
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.results import Change, Remember, State
from buurtsein_events.values import Location
from buurtsein_routing.cases import Case
from buurtsein_routing.config import Duplicates
from buurtsein_routing.places import Place
from buurtsein_routing.words import alike, content_words

KEEP = timedelta(hours=1)
"""Reports received further apart than this are never linked."""

EDITABLE = timedelta(days=2)
"""How long an edit of a report is linked to it; messengers let a message be edited for as long."""

_WORDS = 40
_CELL = 0.003
_METRES = 111_320.0
_NARROWEST = 0.1
"""How much shorter than on the equator a degree east is taken to be at most; nobody lives nearer to the poles."""


Point = tuple[float, float]
"""Degrees north and east."""


class First(BaseModel):
    """The first report of an event, as later ones are compared with it."""

    model_config = ConfigDict(frozen=True)

    id: str
    happened_at: AwareDatetime
    received_at: AwareDatetime
    area: str | None = None
    lat: float | None = None
    lon: float | None = None
    kinds: frozenset[str] = frozenset()
    words: frozenset[int] = frozenset()
    networks: frozenset[str] = frozenset()

    @property
    def point(self) -> Point | None:
        """Return where it was, if that is known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


class Told(BaseModel):
    """A later report `by` that told `network` of the event `told` before any other did."""

    model_config = ConfigDict(frozen=True)

    told: str
    network: str
    by: str


class Sent(BaseModel):
    """The networks that a report, or the edit `by` of it, was sent to."""

    model_config = ConfigDict(frozen=True)

    by: str
    networks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """What a signal belongs to: the signal id of its event's first report, and the networks that know of it."""

    incident: str
    known: frozenset[str] = frozenset()
    duplicate: bool = False


def linkable(moderated: ReportModerated) -> bool:
    """Return whether a report can be about an event: not chat, and not a text that moderation stopped."""
    return moderated.type != "none" and (moderated.verdict == "publish" or moderated.type == "urgent")


def read_keys(moderated: ReportModerated, place: Place) -> tuple[str, ...]:
    """Return the sets of facts that a decision looks at: those of the event, and of the report that is edited."""
    edited = moderated.report.edit_of
    return event_keys(moderated, place) + ((_sent_key(edited),) if edited else ())


def event_keys(moderated: ReportModerated, place: Place) -> tuple[str, ...]:
    """Return the sets of facts that hold every earlier report that may be about the same event."""
    if not linkable(moderated) or (place.community.id == UNASSIGNED and place.area is None):
        return ()
    prefix, point = _prefix(moderated, place), _point(moderated.report.location)
    return (f"{prefix}:unplaced", _cell(prefix, *point) if point else f"{prefix}:placed")


def first_of(signal_id: str, case: Case, networks: Iterable[str], rules: Duplicates) -> First:
    """Return what is kept of a report if it turns out to be the first of its event."""
    moderated = case.moderated
    point = _point(moderated.report.location) or (None, None)
    return First(
        id=signal_id,
        happened_at=moderated.report.happened_at,
        received_at=moderated.report.received_at,
        area=case.place.area,
        lat=point[0],
        lon=point[1],
        kinds=frozenset(case.spoken).intersection(rules.kinds),
        words=frozenset(crc32(word.encode()) for word in sorted(content_words(moderated.public_text))[:_WORDS]),
        networks=frozenset(networks),
    )


def link(own: First, keys: tuple[str, ...], state: State, rules: Duplicates) -> Link:
    """Return the event that the report belongs to: the earliest one that matches, else its own."""
    facts = [_fact(text) for key in keys for text in state.get(key, {})]
    firsts = [f for f in facts if isinstance(f, First) and f.id != own.id and matches(own, f, rules)]
    if not firsts:
        return Link(own.id)
    first = min(firsts, key=lambda f: (f.received_at, f.id))
    told = (f.network for f in facts if isinstance(f, Told) and f.told == first.id and f.by != own.id)
    return Link(first.id, first.networks.union(told), duplicate=True)


def edited(own: First, edit_of: str | None, state: State) -> Link | None:
    """Return what an edit belongs to: the signal of its report, if that was sent on and is remembered."""
    if edit_of is None:
        return None
    facts = state.get(_sent_key(edit_of), {}).items()
    sent = [Sent.model_validate_json(text) for text, at in facts if at <= own.received_at.timestamp()]
    known = [each.networks for each in sent if each.by != own.id]
    return Link(derive(edit_of, "signal"), frozenset().union(*known), duplicate=True) if known else None


def sent(own: First, report: ReportReceived) -> tuple[Change, ...]:
    """Return what to remember of a report that is sent on, so that an edit of it is known as one."""
    fact = Sent(by=own.id, networks=own.networks)
    keys = [_sent_key(each) for each in (report.report_id, report.edit_of) if each]
    return _remember(tuple(keys), fact, own.received_at, EDITABLE)


def changes(own: First, found: Link, case: Case, rules: Duplicates) -> tuple[Change, ...]:
    """Return what to remember: the report if it is the first of its event, else the networks that it told first."""
    keys = _write_keys(case.moderated, case.place, rules)
    if case.moderated.report.edit_of or not found.duplicate:
        # What an edit knows better, such as the place, is what later reports are compared with.
        return _remember(keys, own.model_copy(update={"id": found.incident}), own.received_at)
    news = sorted(own.networks - found.known)
    return tuple(
        change
        for network in news
        for change in _remember(keys, Told(told=found.incident, network=network, by=own.id), own.received_at)
    )


def matches(one: First, other: First, rules: Duplicates) -> bool:
    """Return whether two reports of one type and community are about one event, in either order.

    They happened within the time and within the distance, or in one area when one has no place. They tell of the same
    kind of thing; when that is not known of both, or one has no place, they have words in common.
    """
    if abs(one.happened_at - other.happened_at) > rules.within or abs(one.received_at - other.received_at) > KEEP:
        return False
    here, there = one.point, other.point
    apart = metres(here, there) if here and there else None
    if one.area != other.area if apart is None else apart > rules.metres:
        return False
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        return False
    if apart is not None and one.kinds & other.kinds:
        return True
    return alike(one.words, other.words) >= (rules.alike_unplaced if apart is None else rules.alike)


def metres(one: Point, other: Point) -> float:
    """Return the distance of two places; a plane is near enough for some hundreds of metres."""
    middle = math.radians((one[0] + other[0]) / 2)
    return _METRES * math.hypot(one[0] - other[0], (one[1] - other[1]) * math.cos(middle))


def _prefix(moderated: ReportModerated, place: Place) -> str:
    return f"signals:{place.community.id}:{moderated.type}"


def _point(location: Location | None) -> Point | None:
    if location is None or location.lat is None or location.lon is None:
        return None
    return location.lat, location.lon


def _cell(prefix: str, lat: float, lon: float) -> str:
    return f"{prefix}:{math.floor(lat / _CELL)}:{math.floor(lon / _CELL)}"


def _write_keys(moderated: ReportModerated, place: Place, rules: Duplicates) -> tuple[str, ...]:
    prefix, point = _prefix(moderated, place), _point(moderated.report.location)
    if not event_keys(moderated, place):
        return ()
    if point is None:
        return (f"{prefix}:unplaced",)
    lat, lon = point
    high = rules.metres / _METRES
    wide = high / max(math.cos(math.radians(lat)), _NARROWEST)
    cells = product(_cells(lat, high), _cells(lon, wide))
    return (f"{prefix}:placed", *(f"{prefix}:{row}:{column}" for row, column in cells))


def _cells(at: float, around: float) -> range:
    return range(math.floor((at - around) / _CELL), math.floor((at + around) / _CELL) + 1)


def _sent_key(report_id: str) -> str:
    return f"signals:of:{report_id}"


def _remember(
    keys: tuple[str, ...], fact: First | Told | Sent, at: datetime, keep: timedelta = KEEP
) -> tuple[Change, ...]:
    values = fact.model_dump(mode="json", exclude_none=True)
    values = {name: sorted(value) if isinstance(value, list) else value for name, value in values.items()}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return tuple(Remember(key=key, fact=text, at=at, keep=keep) for key in keys)


@lru_cache(maxsize=8192)
def _fact(text: str) -> First | Told:
    return Told.model_validate_json(text) if text.startswith('{"by"') else First.model_validate_json(text)

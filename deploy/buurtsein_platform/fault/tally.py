"""What came of every report, dead letter and digest, counted from the records of the topics; no effects.

It is another count than the accounting's on purpose: both have to say that nothing was lost and nothing came twice.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from buurtsein_events.accounting import Sighting
from buurtsein_events.codec import decode
from buurtsein_events.deadletters import DeadLetter, NotADeadLetter, Origin
from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_events.envelope import Event
from buurtsein_events.errors import DecodeError
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.signals import SignalRouted
from buurtsein_events.topics import (
    FEEDBACK_DIGESTS,
    MEMBER_NOTICES,
    MODERATION_ACTIONS,
    NETWORKS,
    REPORTS_MODERATED,
    REPORTS_RECEIVED,
    SIGNALS_ROUTED,
    dead_letter_topic,
    network_topic,
)
from buurtsein_events.values import Value
from buurtsein_platform.fault.poison import expected_reason

OUTPUTS: Final = (
    REPORTS_MODERATED,
    SIGNALS_ROUTED,
    *map(network_topic, NETWORKS),
    MEMBER_NOTICES,
    FEEDBACK_DIGESTS,
)
"""Topics on which an event may stand once."""

TERMINAL: Final = (REPORTS_MODERATED, SIGNALS_ROUTED, *map(dead_letter_topic, (REPORTS_RECEIVED, REPORTS_MODERATED)))
"""Topics that end reports."""

_ALL: Final = (REPORTS_RECEIVED, MODERATION_ACTIONS, *OUTPUTS)
TOPICS: Final = (*_ALL, *map(dead_letter_topic, _ALL))
"""Topics that the tally wants to see, from their beginnings."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the topics say; each of `lost`, `duplicated` and `wrong` is a line about one of them."""

    terminal: int
    ends: Mapping[str, int]
    lost: tuple[str, ...]
    duplicated: tuple[str, ...]
    poison: int
    buried: int
    wrong: tuple[str, ...]
    digests: int

    @property
    def well(self) -> bool:
        """Whether nothing was lost, nothing came twice and every dead letter is as it should be."""
        return not (self.lost or self.duplicated or self.wrong) and self.buried == self.poison


@dataclass(slots=True)
class Tally:
    """Takes records in any order; one that is read again changes nothing."""

    received: set[str] = field(default_factory=set)
    ended: defaultdict[str, set[tuple[str, Origin]]] = field(default_factory=lambda: defaultdict(set))
    _places: defaultdict[tuple[str, str], set[Origin]] = field(default_factory=lambda: defaultdict(set))
    _poison: dict[Origin, str] = field(default_factory=dict)
    _letters: defaultdict[Origin, dict[Origin, str]] = field(default_factory=lambda: defaultdict(dict))
    _told: defaultdict[tuple[str, DigestItem], set[str]] = field(default_factory=lambda: defaultdict(set))
    _digests: set[str] = field(default_factory=set)
    _revisions: Counter[str] = field(default_factory=Counter)

    def add(self, seen: Sighting) -> None:
        """Take notice of a record."""
        if seen.origin.topic.endswith(dead_letter_topic("")):
            self._letter(seen)
        elif reason := expected_reason(seen.key):
            self._poison[seen.origin] = reason
        else:
            self._event(seen.origin, seen.value)

    def findings(self, accepted: Collection[str]) -> Findings:
        """Return what became of the reports that clients hold a 202 for."""
        return Findings(
            terminal=sum(report in self.ended for report in accepted),
            ends=Counter(end for report in accepted for end in {end for end, _ in self.ended.get(report, ())}),
            lost=tuple(f"report {report} was accepted and came to no end" for report in accepted if self._lost(report)),
            duplicated=tuple(self._duplicated(accepted)),
            poison=len(self._poison),
            buried=sum(self._buried(origin) for origin in self._poison),
            wrong=tuple(self._wrong()),
            digests=len(self._digests),
        )

    def all_buried(self) -> bool:
        """Tell whether every bad record seen has a dead letter."""
        return self._poison.keys() <= self._letters.keys()

    def _event(self, origin: Origin, value: bytes | None) -> None:
        try:
            event = decode(value)
        except DecodeError:
            self._poison[origin] = "none: no bad record was written here"
            return
        if origin.topic in OUTPUTS:
            self._places[origin.topic, event.id].add(origin)
        self._data(origin, event)

    def _data(self, origin: Origin, event: Event[Value]) -> None:
        data = event.data
        if isinstance(data, ReportReceived):
            self.received.add(data.report_id)
        elif isinstance(data, ReportModerated):
            end = None if data.verdict == "publish" else data.verdict
            self._end(data.report.report_id, data.revision, end, origin)
        elif isinstance(data, SignalRouted) and data.verdict == "publish":
            self._end(data.report_id, data.revision, "routed", origin)
        elif isinstance(data, FeedbackDigest):
            self._digest(event.id, data)

    def _end(self, report: str, revision: int, end: str | None, origin: Origin) -> None:
        """Take notice of a decision on a report; a later one takes the place of all ends that came of those before."""
        if revision > self._revisions[report]:
            self._revisions[report] = revision
            self.ended.pop(report, None)
        if end and revision == self._revisions[report]:
            self.ended[report].add((end, origin))

    def _digest(self, event_id: str, digest: FeedbackDigest) -> None:
        self._digests.add(event_id)
        for item in digest.items:
            # The number of linked reports grows, so it does not tell one piece of news from another.
            self._told[digest.reader, item.model_copy(update={"reports": 1})].add(event_id)

    def _letter(self, seen: Sighting) -> None:
        try:
            letter = DeadLetter.from_record(value=seen.value, key=seen.key, headers=seen.headers)
        except NotADeadLetter:
            self._letters[seen.origin][seen.origin] = "not_a_dead_letter"
            return
        self._letters[letter.origin][seen.origin] = letter.reason
        for report in _reports_in(letter):
            self.ended[report].add(("dead_letter", seen.origin))

    def _lost(self, report: str) -> bool:
        return not self.ended.get(report)

    def _buried(self, origin: Origin) -> bool:
        return list(self._letters.get(origin, {}).values()) == [self._poison[origin]]

    def _duplicated(self, accepted: Collection[str]) -> Iterator[str]:
        for (_, event_id), places in self._places.items():
            if len(places) > 1:
                yield f"event {event_id} stands at {_listed(places)}"
        for report, ends in self.ended.items():
            if len({end for end, _ in ends}) > 1:
                yield f"report {report} ended as {', '.join(f'{end} at {origin}' for end, origin in sorted(ends))}"
        for report in self.received.difference(accepted):
            yield f"report {report} was made of a retry: no client holds it"
        for origin, letters in self._letters.items():
            if len(letters) > 1:
                yield f"the record at {origin} has dead letters at {_listed(letters)}"
        for (reader, item), digests in self._told.items():
            if len(digests) > 1:
                yield f"{reader} was told of {item.refers_to} in the digests {', '.join(sorted(digests))}"

    def _wrong(self) -> Iterator[str]:
        for origin, reason in self._poison.items():
            if not self._buried(origin):
                found = ", ".join(self._letters.get(origin, {}).values()) or "nothing"
                yield f"the bad record at {origin} should give a dead letter with {reason} and gave {found}"
        for origin in self._letters.keys() - self._poison.keys():
            yield f"the good record at {origin} became a dead letter: {', '.join(self._letters[origin].values())}"


def _listed(places: Iterable[Origin]) -> str:
    return ", ".join(map(str, sorted(places)))


def _reports_in(letter: DeadLetter) -> tuple[str, ...]:
    try:
        data = decode(letter.value).data
    except DecodeError:
        return ()
    if isinstance(data, ReportReceived):
        return (data.report_id,)
    return (data.report.report_id,) if isinstance(data, ReportModerated) else ()

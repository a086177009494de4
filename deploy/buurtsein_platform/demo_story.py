"""What the topics tell of the demo's week: the events of each kind, as they were read."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from buurtsein_events.accounting import Sighting
from buurtsein_events.codec import decode
from buurtsein_events.deadletters import DeadLetter, NotADeadLetter
from buurtsein_events.digests import FeedbackDigest
from buurtsein_events.envelope import Event
from buurtsein_events.errors import DecodeError
from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.signals import SignalAssigned, SignalOutcome, SignalRouted
from buurtsein_events.topics import dead_letter_topic, topics
from buurtsein_events.values import Value
from buurtsein_platform.dlq_reader import TopicReader

UNREADABLE = "unreadable"
"""The reason under which records are counted that are neither events nor dead letters."""

FLOW = tuple(contract.name for contract in topics())
DEAD_LETTERS = tuple(map(dead_letter_topic, FLOW))


@dataclass(slots=True)
class Story:
    """The events of the week by kind.

    Reports and outcomes are kept by the id that intake gave them, because a client may send one again; what the stages
    wrote is kept as often as it is there, so that a second one would show.
    """

    received: dict[str, ReportReceived] = field(default_factory=dict)
    outcomes: dict[str, SignalOutcome] = field(default_factory=dict)
    moderated: list[ReportModerated] = field(default_factory=list)
    notices: list[MemberNotice] = field(default_factory=list)
    routed: list[SignalRouted] = field(default_factory=list)
    assigned: list[SignalAssigned] = field(default_factory=list)
    digests: list[FeedbackDigest] = field(default_factory=list)
    dead_letters: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, seen: Sighting) -> None:
        """Take notice of a record."""
        topic = seen.origin.topic
        if topic.endswith(dead_letter_topic("")):
            self.dead_letters[topic, _reason(seen)] += 1
            return
        try:
            self._event(decode(seen.value))
        except DecodeError:
            self.dead_letters[topic, UNREADABLE] += 1

    def moderated_by_report(self) -> dict[str, ReportModerated]:
        """Return what moderation decided, by report id."""
        return {each.report.report_id: each for each in self.moderated}

    def routed_by_report(self) -> dict[str, SignalRouted]:
        """Return what routing decided, by report id."""
        return {each.report_id: each for each in self.routed}

    def notices_by_report(self) -> dict[str, list[MemberNotice]]:
        """Return what members were told about their reports, by report id."""
        found: defaultdict[str, list[MemberNotice]] = defaultdict(list)
        for notice in self.notices:
            found[notice.report_id].append(notice)
        return found

    def _event(self, event: Event[Value]) -> None:
        match event.data:
            case ReportReceived() as data:
                self.received[event.id] = data
            case SignalOutcome() as data:
                self.outcomes[event.id] = data
            case ReportModerated() as data:
                self.moderated.append(data)
            case MemberNotice() as data:
                self.notices.append(data)
            case SignalRouted() as data:
                self.routed.append(data)
            case SignalAssigned() as data:
                self.assigned.append(data)
            case FeedbackDigest() as data:
                self.digests.append(data)


def read_story(reader: TopicReader) -> Story:
    """Return what the topics tell from their beginning to now, committed records only."""
    story = Story()
    for topic in (*FLOW, *DEAD_LETTERS):
        for seen in reader.read(topic):
            story.add(seen)
    return story


def _reason(seen: Sighting) -> str:
    try:
        return DeadLetter.from_record(value=seen.value, key=seen.key, headers=seen.headers).reason
    except NotADeadLetter:
        return UNREADABLE

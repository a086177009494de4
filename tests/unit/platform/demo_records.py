"""Entries of the week, and the records that would follow from them if the system did what the labels expect."""

from collections.abc import Iterable

from buurtsein_events.accounting import Sighting
from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_events.ids import derive
from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.signals import Assignment, SignalAssigned, SignalOutcome, SignalRouted
from buurtsein_events.topics import network_topic
from buurtsein_events.values import Category, DigestKind, Finding, Involvement, Message, Step, Verdict
from buurtsein_platform.demo_story import Story
from buurtsein_platform.demo_week import Entry, WeekOutcome, WeekReport, load_week
from tests.unit.events.records import Topics, raw

WEEK = load_week()
BY_ID: dict[str, Entry] = {entry.id: entry for entry in WEEK}
WORDS = Message(nl="Dank je wel.", en="Thank you.")
_VERDICTS: dict[str, Verdict] = {"ok": "publish", "irrelevant": "decline", "spam": "decline"}
_STEPS: dict[str | None, Step] = {"removal": "removal_proposed", "firm_request": "firm_request"}


def report(entry_id: str) -> WeekReport:
    """Return a report of the week."""
    entry = BY_ID[entry_id]
    assert isinstance(entry, WeekReport)
    return entry


def outcome(entry_id: str) -> WeekOutcome:
    """Return an outcome of the week."""
    entry = BY_ID[entry_id]
    assert isinstance(entry, WeekOutcome)
    return entry


def reference(entry_id: str) -> str:
    """Return the reference under which intake knows a report of the week."""
    return derive(entry_id, "report")


class Ideal:
    """Topics on which everything is as the labels expect."""

    def __init__(self) -> None:
        self.topics = Topics()

    def story(self) -> Story:
        """Return what the topics tell."""
        return story_of(self.topics.records)

    def play(self, entry: Entry) -> list[Sighting]:
        """Append the records that follow from an entry and return them."""
        before = len(self.topics.records)
        if isinstance(entry, WeekReport):
            self.receive(entry)
            self.moderate(entry)
            self.route(entry)
        else:
            self.answer(entry)
        return self.topics.records[before:]

    def receive(self, entry: WeekReport) -> None:
        """Append the received report."""
        self.topics.put("reports.received", raw(received(entry), reference(entry.id)))

    def moderate(self, entry: WeekReport, *, verdict: Verdict | None = None, public: str | None = None) -> None:
        """Append the verdict, the expected one unless another is given, and a notice when nothing is published."""
        given = verdict or _VERDICTS.get(entry.expected.moderation, "ask")
        data = ReportModerated(
            report=received(entry),
            type=entry.type,
            type_reason="test",
            verdict=given,
            findings=_findings(entry, given),
            public_text=hidden(entry) if public is None else public,
        )
        self.topics.put("reports.moderated", raw(data, derive(entry.id, "moderated")))
        if given != "publish":
            self.notify(entry, _STEPS.get(entry.expected.action, "friendly_request"))

    def notify(self, entry: WeekReport, step: Step) -> None:
        """Append a notice to the author."""
        data = MemberNotice(
            report_id=reference(entry.id), member="m-test", channel=entry.channel, step=step, message=WORDS
        )
        self.topics.put("member.notices", raw(data, derive(entry.id, "notice")))

    def route(self, entry: WeekReport, *, linked_to: str | None = None) -> None:
        """Append the signal and what its networks get, if there are any."""
        networks = sorted(entry.expected.networks)
        if not networks:
            return
        first = linked_to or entry.expected.duplicate_of
        signal, incident = signal_of(entry.id), signal_of(first or entry.id)
        data = SignalRouted(
            signal_id=signal,
            report_id=reference(entry.id),
            community=entry.community,
            type=entry.type,
            severity="normal",
            verdict="publish",
            text=entry.text,
            received_at=entry.at,
            happened_at=entry.at,
            incident=incident,
            duplicate=first is not None,
            assignments=tuple(Assignment(network=network, why=()) for network in networks),
        )
        self.topics.put("signals.routed", raw(data, derive(entry.id, "routed")))
        for network in networks:
            got = SignalAssigned.model_validate({**data.model_dump(), "network": network, "why": ()})
            self.topics.put(network_topic(network), raw(got, derive(entry.id, network)))

    def answer(self, entry: WeekOutcome) -> None:
        """Append the outcome."""
        data = SignalOutcome(
            signal_id=signal_of(entry.id),
            community=entry.community,
            network=entry.network,
            result=entry.result,
            text=entry.text,
            at=entry.at,
        )
        self.topics.put("signals.outcomes", raw(data, reference(entry.id)))

    def tell(self, entry: WeekOutcome, involvement: Involvement, kind: DigestKind = "incident") -> None:
        """Append a digest that tells of an outcome."""
        item = DigestItem(
            refers_to=signal_of(entry.id),
            at=entry.at,
            severity="normal",
            text=entry.text,
            result=entry.result,
            network=entry.network,
        )
        data = FeedbackDigest(
            reader=f"{entry.community}/{involvement}",
            involvement=involvement,
            kind=kind,
            since=entry.at,
            until=entry.at,
            items=(item,),
            why=WORDS,
        )
        self.topics.put("feedback.digests", raw(data, derive(entry.id, f"{kind}/{involvement}")))


def story_of(records: Iterable[Sighting]) -> Story:
    """Return what records tell."""
    story = Story()
    for seen in records:
        story.add(seen)
    return story


def signal_of(entry_id: str) -> str:
    """Return the id of the signal of a report of the week."""
    return derive(reference(entry_id), "signal")


def received(entry: WeekReport) -> ReportReceived:
    """Return a report of the week as intake writes it."""
    return ReportReceived(
        report_id=reference(entry.id),
        channel=entry.channel,
        client="test",
        text=entry.text,
        received_at=entry.at,
        occurred_at=entry.at,
    )


def hidden(entry: WeekReport) -> str:
    """Return the text without what is private."""
    text = entry.text
    for part in entry.expected.privacy:
        text = text.replace(part, "[…]")
    return text


def _findings(entry: WeekReport, verdict: Verdict) -> tuple[Finding, ...]:
    if entry.expected.moderation == "ok":
        return ()
    category: Category = entry.expected.moderation
    return (Finding(rule="test", version=1, category=category, verdict=verdict, start=0, end=1),)

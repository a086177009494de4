"""Records of one report on its way, as the topics would hold them, and the balance of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from buurtsein_events.accounting import Account, Ledger, Sighting
from buurtsein_events.codec import encode
from buurtsein_events.deadletters import REPLAY_HEADER, DeadLetter, Origin
from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportModerated, ReportReceived
from buurtsein_events.signals import Assignment, SignalAssigned, SignalRouted
from buurtsein_events.topics import TYPE_OF_DATA, dead_letter_topic, network_topic, schema_uri
from buurtsein_events.values import Value, Verdict

AT = datetime(2026, 10, 14, 20, 51, tzinfo=UTC)


def received(report: str, at: datetime = AT) -> ReportReceived:
    """Return a report."""
    return ReportReceived(report_id=report, channel="app", client="test", text="fiets weg", received_at=at)


def moderated(report: str, verdict: Verdict = "publish", revision: int = 0) -> ReportModerated:
    """Return a report with its verdict."""
    of = received(report)
    return ReportModerated(
        report=of, type="nuisance", type_reason="test", verdict=verdict, public_text=of.text, revision=revision
    )


def routed(report: str, *networks: str, revision: int = 0) -> SignalRouted:
    """Return the signal of a report with the networks that it goes to."""
    signal = derive(report, "signal")
    return SignalRouted(
        signal_id=signal,
        report_id=report,
        community="overvecht",
        type="nuisance",
        severity="normal",
        verdict="publish",
        text="fiets weg",
        received_at=AT,
        happened_at=AT,
        incident=signal,
        assignments=tuple(Assignment(network=network, why=()) for network in networks),
        revision=revision,
    )


def assigned(report: str, network: str) -> SignalAssigned:
    """Return what a network gets of the signal of a report."""
    signal = derive(report, "signal")
    return SignalAssigned(
        signal_id=signal,
        network=network,
        community="overvecht",
        type="nuisance",
        severity="normal",
        received_at=AT,
        incident=signal,
        why=(),
    )


def raw(data: Value, event_id: str) -> bytes:
    """Return the bytes of an event."""
    event_type = TYPE_OF_DATA[type(data)]
    return encode(
        Event[Value](
            id=event_id,
            source="urn:nld:oin:00000000000000000000:systeem:test",
            type=event_type,
            time=AT,
            subject="test",
            partitionkey="key",
            dataschema=schema_uri(event_type),
            data=data,
        )
    )


def dead(sighting: Sighting, reason: str = "undecidable", stage: str = "moderation") -> DeadLetter:
    """Return the dead letter of a record."""
    return DeadLetter(
        reason=reason,
        error="ValueError",
        detail="no",
        stage=stage,
        origin=sighting.origin,
        at=AT,
        value=sighting.value,
        key=sighting.key,
        original=tuple(sighting.headers),
    )


@dataclass
class Topics:
    """A few topics in memory that give every record its position."""

    records: list[Sighting] = field(default_factory=list)
    offsets: Iterator[int] = field(default_factory=count)

    def put(
        self,
        topic: str,
        value: bytes | None,
        headers: list[tuple[str, bytes | None]] | None = None,
        key: bytes | None = b"key",
    ) -> Sighting:
        """Append a record and return it."""
        origin = Origin(topic, 0, next(self.offsets))
        sighting = Sighting(origin=origin, key=key, value=value, headers=tuple(headers or ()))
        self.records.append(sighting)
        return sighting

    def receive(self, report: str, at: datetime = AT) -> Sighting:
        """Append a received report."""
        return self.put("reports.received", raw(received(report, at), report))

    def moderate(self, report: str, verdict: Verdict = "publish", revision: int = 0) -> Sighting:
        """Append a moderated report, or what a person made of it."""
        event_id = derive(report, f"moderated{revision or ''}")
        return self.put("reports.moderated", raw(moderated(report, verdict, revision), event_id))

    def route(self, report: str, *networks: str, revision: int = 0, told: tuple[str, ...] | None = None) -> None:
        """Append a routed signal and what its networks get, or only those that are `told`."""
        event_id = derive(report, f"routed{revision or ''}")
        self.put("signals.routed", raw(routed(report, *networks, revision=revision), event_id))
        for network in networks if told is None else told:
            self.assign(report, network)

    def assign(self, report: str, network: str) -> Sighting:
        """Append what one network gets."""
        return self.put(network_topic(network), raw(assigned(report, network), derive(report, network)))

    def bury(self, failed: Sighting, reason: str = "undecidable", stage: str = "moderation") -> DeadLetter:
        """Append the dead letter of a record."""
        letter = dead(failed, reason, stage)
        self.put(dead_letter_topic(failed.origin.topic), letter.value, letter.to_headers(), letter.key)
        return letter

    def replay(self, letter: DeadLetter) -> Sighting:
        """Put the record of a dead letter back."""
        headers = letter.replay_headers()
        assert headers[-1][0] == REPLAY_HEADER
        return self.put(letter.origin.topic, letter.value, headers, letter.key)


def balance(records: list[Sighting]) -> Account:
    """Return the balance of the records."""
    ledger = Ledger()
    for record in records:
        ledger.add(record)
    return ledger.account()


def said(account: Account) -> list[tuple[str, str]]:
    """Return kind and name of every fault."""
    return [(fault.kind, fault.what) for fault in account.faults]

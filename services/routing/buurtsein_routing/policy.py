"""What becomes of a moderated report: the networks that it goes to, what each receives, and why. Pure."""

from dataclasses import dataclass
from datetime import datetime

from buurtsein_events.envelope import Event
from buurtsein_events.ids import derive
from buurtsein_events.reports import ReportModerated
from buurtsein_events.results import Change, Count, Decision, Emit, Never, State
from buurtsein_events.topics import SIGNALS_ROUTED, network_topic
from buurtsein_events.values import Value
from buurtsein_routing.cases import Case
from buurtsein_routing.config import Duplicates, Network
from buurtsein_routing.linking import changes, edited, event_keys, first_of, link, read_keys, sent
from buurtsein_routing.payloads import Signal, assigned, routed
from buurtsein_routing.places import Map
from buurtsein_routing.tree import Node, Route, route
from buurtsein_routing.words import WordGroups

_OUTCOMES = {"publish": "routed", "ask": "asked", "hold": "held", "decline": "declined"}


@dataclass(frozen=True)
class Policy:
    """The routes in force and the map that they are about."""

    top: Node
    networks: dict[str, Network]
    words: WordGroups
    duplicates: Duplicates
    map: Map

    def keys(self, event: Event[Value]) -> tuple[str, ...]:
        """Return the sets of facts that the decision looks at."""
        data = event.data
        return read_keys(data, self.map.place(data.report)) if isinstance(data, ReportModerated) else ()

    def decide(self, event: Event[Value], state: State, now: datetime) -> Decision:  # noqa: ARG002
        """Return what becomes of a moderated report; time plays no part, so that it is the same whenever decided.

        A declined report goes nowhere, unless it is urgent: that reaches the emergency networks whatever its wording.
        When a person revised the decision, networks that received the report before don't receive it again.
        """
        if not isinstance(event.data, ReportModerated):
            raise Never("unexpected_type", f"routing decides on moderated reports, not on {event.type}")
        case = self.case(event.data)
        found, informed = self.route(case), self.informed(event.data)
        if found is None or (event.data.verdict != "publish" and informed.issuperset(found.networks)):
            return _nowhere(case)
        signal_id = derive(event.data.report.report_id, "signal")
        own = first_of(signal_id, case, found.networks, self.duplicates)
        report = event.data.report
        keys = event_keys(event.data, case.place)
        linked = edited(own, report.edit_of, state) or link(own, keys, state, self.duplicates)
        signal = Signal(signal_id, event.data, case.place, found, linked)
        remembered = changes(own, linked, case, self.duplicates) + sent(own, report)
        return self._decision(signal, remembered, informed)

    def case(self, moderated: ReportModerated) -> Case:
        """Return the report as the tree looks at it."""
        return Case(moderated, self.map.place(moderated.report), self.words)

    def route(self, case: Case) -> Route | None:
        """Return where the case goes, or `None` when nobody receives it."""
        moderated = case.moderated
        if moderated.verdict == "decline" and moderated.type != "urgent":
            return None
        public = frozenset() if moderated.verdict == "publish" else self.public
        found = route(self.top, case, without=public)
        return found if found.assignments or moderated.verdict == "publish" else None

    def informed(self, moderated: ReportModerated) -> frozenset[str]:
        """Return the networks that received the report by the decision that this one revises."""
        if moderated.before is None:
            return frozenset()
        found = self.route(self.case(moderated.model_copy(update={"verdict": moderated.before})))
        return frozenset(found.networks) if found else frozenset()

    @property
    def public(self) -> frozenset[str]:
        """Return the networks of neighbours, which never receive what moderation did not publish."""
        return frozenset(name for name, network in self.networks.items() if network.role == "public")

    def _decision(self, signal: Signal, remembered: tuple[Change, ...], informed: frozenset[str]) -> Decision:
        community, found = signal.place.community.id, signal.route
        emits = [Emit(SIGNALS_ROUTED, community, signal.id, "routed", routed(signal))]
        counts = [Count("linked")] if signal.link.duplicate else []
        for assignment in found.assignments:
            name = assignment.network
            if name in informed:
                continue
            payload = assigned(signal, assignment, self.networks[name].fields)
            emits.append(Emit(network_topic(name), community, signal.id, f"assigned-{name}", payload))
            counts.append(Count("routed", (name,)))
        return Decision(
            outcome=_OUTCOMES[signal.moderated.verdict],
            emits=tuple(emits),
            changes=remembered,
            counts=tuple(counts),
            fields=_fields(signal),
            accepted_at=_accepted_at(signal.moderated),
        )


def _fields(signal: Signal) -> dict[str, str]:
    return {
        "report": signal.moderated.report.report_id,
        "community": signal.place.community.id,
        "networks": ",".join(signal.route.networks),
        "rules": "; ".join(map(str, signal.route.paths)),
        "incident": signal.link.incident,
    }


def _nowhere(case: Case) -> Decision:
    report = case.moderated.report
    return Decision(
        outcome=_OUTCOMES[case.moderated.verdict],
        fields={"report": report.report_id, "community": case.place.community.id, "networks": "", "rules": ""},
        accepted_at=_accepted_at(case.moderated),
    )


def _accepted_at(moderated: ReportModerated) -> datetime | None:
    # How long a person took says nothing about the stages.
    return None if moderated.revision else moderated.report.received_at

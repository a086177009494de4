"""What each network receives of one report, and nothing more."""

from pathlib import Path

from buurtsein_events.reports import ReportModerated
from buurtsein_events.results import Count
from buurtsein_events.values import Location, Person, Saar, Vehicle
from tests.unit.routing.given import NOON, SHIPPED, SQUARE, assignments, event, moderated, policy_of, signal

FULL = "Man met mes, bel 0612345678"
PUBLIC = "Man met mes, bel ***"


def full_report() -> ReportModerated:
    """Return an urgent report with everything in it that a report can have."""
    given = moderated(FULL, "urgent", public_text=PUBLIC, saar=Saar(police_called=True, called_by="reporter"))
    report = given.report.model_copy(
        update={
            "persons": (Person(sex="m", clothing="rood"),),
            "vehicles": (Vehicle(plate="XX-12-YY"),),
            "photos": ("a",),
        }
    )
    return given.model_copy(update={"report": report})


def test_police_receive_everything_that_helps_to_act() -> None:
    """The words as they were written, who, what and where exactly."""
    got = assignments(SHIPPED.decide(event(full_report()), {}, NOON))["police"]
    assert (got.text, got.reporter, got.location) == (FULL, "member-1", SQUARE)
    assert got.persons
    assert got.vehicles
    assert got.photos


def test_neighbours_receive_what_they_may_know_and_that_112_was_called() -> None:
    """No private words, person, plate, photo, reporter or house."""
    got = assignments(SHIPPED.decide(event(full_report()), {}, NOON))["community"]
    assert (got.text, got.location) == (PUBLIC, Location(lat=52.117, lon=5.113))
    assert got.saar
    assert got.saar.police_called
    assert (got.reporter, got.persons, got.vehicles, got.photos) == (None, None, None, None)


def test_a_field_that_the_contract_does_not_name_is_absent(tmp_path: Path) -> None:
    """A network receives its fields, and of the rest only what makes it a signal."""
    tree = "tree: {networks: [coordinator, police], promise: 1d, routes: []}"
    got = assignments(policy_of(tmp_path, tree).decide(event(full_report()), {}, NOON))["police"]
    assert set(got.model_dump(exclude_none=True)) == {
        "signal_id", "network", "community", "area", "type", "severity", "received_at", "incident", "duplicate", "why",
        "text", "reporter",
    }  # fmt: skip


def test_the_signal_for_everybody_has_the_public_text_and_no_address() -> None:
    """It is what neighbours may read, with every network and its reasons."""
    found = signal(SHIPPED.decide(event(full_report()), {}, NOON))
    assert (found.text, found.location) == (PUBLIC, Location(lat=52.117, lon=5.113))
    assert [assignment.network for assignment in found.assignments] == ["police", "community"]
    assert found.incident == found.signal_id
    assert not found.duplicate


def test_events_are_keyed_by_community_and_named_by_their_step() -> None:
    """Each emitted event has a step of its own, so that ids derived from it differ."""
    decision = SHIPPED.decide(event(full_report()), {}, NOON)
    assert [(emit.topic, emit.key, emit.step) for emit in decision.emits] == [
        ("signals.routed", "overvecht", "routed"),
        ("signals.routed.police", "overvecht", "assigned-police"),
        ("signals.routed.community", "overvecht", "assigned-community"),
    ]
    assert {emit.subject for emit in decision.emits} == {signal(decision).signal_id}
    assert decision.counts == (Count("routed", ("police",)), Count("routed", ("community",)))
    assert decision.accepted_at == NOON


def test_an_anonymous_report_names_no_reporter_even_if_intake_left_one() -> None:
    """Anonymous is anonymous for every network."""
    given = moderated("mes", "urgent", anonymous=True)
    leaky = given.model_copy(update={"report": given.report.model_copy(update={"reporter": "member-9"})})
    decision = SHIPPED.decide(event(leaky), {}, NOON)
    assert signal(decision).reporter is None
    assert all(got.reporter is None for got in assignments(decision).values())

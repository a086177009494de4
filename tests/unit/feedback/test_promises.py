"""Promises of feedback: each is counted once, as kept or as broken."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtsein_events.values import Severity
from buurtsein_feedback.promises import Promise, settle
from tests.unit.feedback.making import HOUR, MONDAY, World, outcome, signal, utc

PROMISE = Promise(signal_id="s-2", incident="s-1", by=MONDAY).model_dump_json()


def results(world: World) -> list[str]:
    """Return how promises ended, in order."""
    return [labels[0] for metric, *labels in world.counts if metric == "promises"]


def started(networks: tuple[str, ...] = ("police", "community"), severity: Severity = "normal") -> World:
    """Return a world in which a signal was read with a promise for the next day."""
    world = World()
    world.start(utc(12, 8))
    world.read(signal(networks=networks, severity=severity, promised_at=MONDAY + timedelta(days=1)), MONDAY)
    return world


@pytest.mark.parametrize(
    ("answered", "told", "until", "expected"),
    [
        ({}, [], MONDAY, []),
        ({}, [], MONDAY + HOUR, ["broken"]),
        ({"s-2": MONDAY.timestamp()}, [], MONDAY + HOUR, ["kept"]),
        ({"s-1": MONDAY.timestamp()}, [], MONDAY + HOUR, ["kept"]),
        ({"s-1": MONDAY.timestamp(), "s-2": MONDAY.timestamp() + 1}, [], MONDAY + HOUR, ["kept"]),
        ({"s-2": MONDAY.timestamp() + 1}, [], MONDAY + HOUR, ["broken"]),
        ({"s-3": MONDAY.timestamp()}, [], MONDAY, []),
        ({}, ["s-1"], MONDAY, ["kept"]),
        ({}, ["s-1"], MONDAY + HOUR, ["broken"]),
    ],
)
def test_how_promises_end(answered: dict[str, float], told: list[str], until: datetime, expected: list[str]) -> None:
    """An outcome or a digest in time keeps a promise, about the signal or its incident; later ones don't."""
    assert [each.result for each in settle({PROMISE: 0.0}, answered, told, until)] == expected


def test_a_digest_keeps_a_promise() -> None:
    """What residents are told in a digest answers its reporter."""
    world = started()
    world.ticks(utc(14, 8))
    assert results(world) == ["kept"]
    assert not world.state["promises:overvecht"]


def test_an_outcome_keeps_a_promise() -> None:
    """A signal that no resident saw is answered by its outcome."""
    world = started(networks=("municipality",))
    world.read(outcome(result="repaired"), MONDAY + HOUR)
    world.ticks(utc(14, 8))
    assert results(world) == ["kept"]


def test_silence_breaks_a_promise() -> None:
    """When nothing was heard by then the promise is broken, once, and a later outcome does not mend it."""
    world = started(networks=("municipality",))
    world.ticks(utc(14, 8))
    world.read(outcome(), utc(14, 9))
    world.ticks(utc(15, 8))
    assert results(world) == ["broken"]


def test_what_only_the_coordinator_reads_is_no_answer() -> None:
    """A digest to the coordinator does not tell the reporter anything."""
    world = started(networks=("police", "coordinator"))
    world.ticks(utc(14, 8))
    assert world.to("coordinator")
    assert results(world) == ["broken"]


def test_urgent_keeps_its_promise_at_once() -> None:
    """What is told at once needs no bookkeeping."""
    world = started(severity="critical")
    assert results(world) == ["kept"]
    assert "promises:overvecht" not in world.state


def test_a_duplicate_is_answered_with_its_incident() -> None:
    """The reporter of a linked report hears when the incident is told."""
    world = started()
    world.read(signal("s-2", incident="s-1", promised_at=MONDAY + HOUR), MONDAY)
    world.ticks(utc(12, 12))
    assert results(world) == ["kept", "kept"]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 48), st.booleans(), st.booleans()), max_size=12), st.integers(1, 40))
def test_each_promise_ends_once(signals: list[tuple[int, bool, bool]], step: int) -> None:
    """Whatever the ticks, after a while each promise was counted exactly once and none is left."""
    world = World()
    world.start(utc(12, 8))
    for number, (hours, seen, answered) in enumerate(signals):
        networks = ("community",) if seen else ("municipality",)
        world.read(signal(f"s-{number}", networks=networks, promised_at=MONDAY + hours * HOUR), MONDAY)
        if answered:
            world.read(outcome(f"s-{number}"), MONDAY + HOUR)
    for each in range(1, 15):
        world.tick(utc(12, 8) + each * step * world.cadence.tick)
    world.tick(utc(12, 8) + timedelta(days=30))
    assert len(results(world)) == len(signals)
    assert not world.state.get("promises:overvecht")

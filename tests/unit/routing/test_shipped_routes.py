"""The routes that come with the product: who gets what, in Dutch and English, and what holds for any report."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtsein_events.reports import ReportModerated
from buurtsein_events.values import Category, Location, Saar, SignalType, Verdict
from tests.unit.routing.given import NOON, SHIPPED, assignments, event, moderated, networks, signal

TABLE: list[tuple[SignalType, str, str]] = [
    ("urgent", "Er wordt nu ingebroken bij de overburen", "police community"),
    ("urgent", "Someone is being attacked in the tunnel", "police community"),
    ("urgent", "Vlammen uit een dakraam", "fire_brigade community"),
    ("urgent", "Strong smell of gas in our hallway", "fire_brigade community"),
    ("urgent", "Explosie na een schietpartij", "fire_brigade police community"),
    ("suspicious", "Mijn scooter is vannacht gestolen", "police community"),
    ("suspicious", "Ik wil liever anoniem blijven, maar let op nummer negen", "police coordinator"),
    ("nuisance", "Grofvuil naast de container", "municipality"),
    ("nuisance", "The pavement is broken", "municipality"),
    ("nuisance", "In het steegje wordt elke avond gedeald", "police municipality"),
    ("nuisance", "Er is lekkage in het trappenhuis", "housing_corporation"),
    ("nuisance", "The elevator is out of order", "housing_corporation"),
    ("nuisance", "Groep jongeren voor de deur van de flat", "municipality"),
    ("idea", "Een moestuin op het veldje", "municipality coordinator"),
    ("idea", "Een deelkast in het trappenhuis", "housing_corporation coordinator"),
    ("idea", "Een moestuin op het veldje, wie doet mee", "municipality coordinator community"),
    ("none", "Het was loos alarm, alles is rustig", "community"),
    ("none", "Vraag aan de coördinator: wanneer is de avond", "coordinator"),
]


@pytest.mark.parametrize(("kind", "text", "to"), TABLE, ids=[text for _, text, _ in TABLE])
def test_a_published_report_goes_to_the_parties_that_can_act(kind: SignalType, text: str, to: str) -> None:
    """Who gets what follows the table in docs/routing-rules.md."""
    assert networks(SHIPPED, moderated(text, kind)) == set(to.split())


@pytest.mark.parametrize(
    ("verdict", "category", "to"),
    [
        ("ask", "stigmatising", "coordinator"),
        ("ask", "quarrel", "coordinator"),
        ("hold", "vigilantism", "coordinator police"),
        ("decline", "spam", ""),
        ("decline", "irrelevant", ""),
    ],
)
def test_a_stopped_report_stays_with_the_coordinator(verdict: Verdict, category: Category, to: str) -> None:
    """Vigilantism goes to the police too; what is declined goes nowhere."""
    decision = SHIPPED.decide(event(moderated(kind="none", verdict=verdict, category=category)), {}, NOON)
    assert set(assignments(decision)) == set(to.split())
    assert decision.outcome == {"ask": "asked", "hold": "held", "decline": "declined"}[verdict]
    assert bool(decision.emits) == bool(to)


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_an_urgent_report_reaches_the_police_whatever_its_wording(verdict: Verdict) -> None:
    """Neighbours see it only when it was published."""
    to = networks(SHIPPED, moderated("Help, inbrekers!", "urgent", verdict, category="stigmatising"))
    assert to == {"police", "community" if verdict == "publish" else "coordinator"}


@pytest.mark.parametrize(("now", "to"), [(True, {"police", "coordinator"}), (False, {"coordinator"})])
def test_what_happens_now_reaches_the_police_however_moderation_stopped_it(now: bool, to: set[str]) -> None:
    """Neighbours do not see it; what is over waits for the coordinator."""
    report = moderated("Naast mijn deur", "suspicious", "ask", category="stigmatising", saar=Saar(happening_now=now))
    assert networks(SHIPPED, report) == to


def test_an_anonymous_tip_stays_away_from_neighbours() -> None:
    """Neither their topic nor the one that feedback is made of shows text or place."""
    decision = SHIPPED.decide(event(moderated("Naast mijn deur", "suspicious", anonymous=True)), {}, NOON)
    found = signal(decision)
    assert set(assignments(decision)) == {"police", "coordinator"}
    assert (found.text, found.location, found.reporter) == ("", None, None)


reports = st.builds(
    moderated,
    text=st.text(max_size=200)
    | st.sampled_from([text for _, text, _ in TABLE])
    | st.sampled_from(["lift brand mes", "portiek hennep", "anoniem gas flat wie doet mee"]),
    kind=st.sampled_from(get_args(SignalType)),
    verdict=st.sampled_from(get_args(Verdict)),
    category=st.none() | st.sampled_from(get_args(Category)),
    location=st.none() | st.builds(Location, lat=st.none() | st.floats(-90, 90), lon=st.none() | st.floats(-180, 180)),
    community=st.none() | st.sampled_from(["overvecht", "woensel", "elsewhere"]),
    area=st.none() | st.sampled_from(["utrecht/overvecht", "nowhere/at-all"]),
    anonymous=st.booleans(),
    saar=st.builds(Saar, police_called=st.none() | st.booleans(), happening_now=st.none() | st.booleans()),
)


@given(reports)
@settings(max_examples=150)
def test_no_report_that_may_be_published_is_left_without_a_network(report: ReportModerated) -> None:
    """Published reports reach somebody, held ones a coordinator, urgent ones an emergency network."""
    to = networks(SHIPPED, report)
    assert to or report.verdict == "decline"
    assert "coordinator" in to or report.verdict != "hold"
    assert to & {"police", "fire_brigade"} or report.type != "urgent"


@given(reports)
@settings(max_examples=80)
def test_neighbours_never_receive_what_was_not_published(report: ReportModerated) -> None:
    """Nor does the topic of all signals carry its text."""
    decision = SHIPPED.decide(event(report), {}, NOON)
    if report.verdict != "publish":
        assert "community" not in assignments(decision)
        assert all(getattr(emit.data, "text", "") == "" for emit in decision.emits[:1])

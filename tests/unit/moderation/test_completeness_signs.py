"""What counts as telling enough, one sign at a time, whatever the rules say of the words."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from buurtsein_events.values import Person, Saar, Vehicle
from buurtsein_moderation.assess import Assessment, assess
from buurtsein_moderation.completeness import Checked, Completeness, Told
from buurtsein_moderation.kinds import NONE, Kind

from .given import completeness, engine, kind, rule

SUSPICIOUS = Kind("suspicious", "xx.rule")
WEIGHED = Kind("suspicious", "weighed", known=False)
WATCH_OUT = "Let op, een lange man met een zwarte jas"
ALL_ELSE = "Nu in de straat: een lange man met een zwarte jas"
"""All but what the man does."""


def _assessed(text: str, of: Kind, **changes: object) -> Assessment:
    return replace(assess(text, engine(rule())), kind=of, **changes)  # type: ignore[arg-type]


def _checked(text: str, of: Kind = SUSPICIOUS, told: Told | None = None, **changes: object) -> Checked:
    return completeness().check(_assessed(text, of, **changes), told or Told(text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (WATCH_OUT, True),
        ("Let op, een man", False),
        ("Een lange man met een zwarte jas", False),
        ("Let op, een zwarte jas", False),
    ],
)
def test_a_warning_of_what_somebody_looks_like_is_asked_about_whatever_its_type(text: str, asked: bool) -> None:
    """It takes an alarm, a person and their looks."""
    assert (_checked(text, NONE).question is not None) is asked


@pytest.mark.parametrize("verdict", ["ask", "hold", "decline"])
def test_what_a_rule_settled_is_not_asked_about_besides(verdict: str) -> None:
    """One thing at a time."""
    checked = _checked(WATCH_OUT, verdict=verdict)
    assert ("behaviour" in checked.missing, checked.question) == (True, None)


@pytest.mark.parametrize(
    ("text", "pressing", "asked"),
    [(ALL_ELSE, False, True), (ALL_ELSE, True, False), (WATCH_OUT, True, True)],
    ids=["calm", "pressing", "pressing by looks"],
)
def test_what_may_be_urgent_does_not_wait_for_an_answer(text: str, pressing: bool, asked: bool) -> None:
    """Unless it is only a warning of looks."""
    assert (_checked(text, pressing=pressing).question is not None) is asked


def test_what_the_police_know_does_not_wait_for_an_answer() -> None:
    """They were told more than the text says."""
    assert _checked(f"{ALL_ELSE}, 112 gebeld").question is None


@pytest.mark.parametrize(
    ("text", "of", "told"),
    [
        (f"{ALL_ELSE} gluurt", SUSPICIOUS, True),
        (ALL_ELSE, SUSPICIOUS, False),
        (ALL_ELSE, WEIGHED, True),
        (f"{ALL_ELSE}, let op", WEIGHED, False),
    ],
    ids=["a word for it", "none", "weighed", "weighed by looks"],
)
def test_behaviour_is_told_by_words_or_by_what_they_weigh(text: str, of: Kind, told: bool) -> None:
    """What weighs as suspicious tells of something that was done, a warning of looks does not."""
    assert ("behaviour" not in _checked(text, of).missing) is told


def test_a_rule_on_types_tells_of_behaviour() -> None:
    """It found the deed, in words that the list of behaviour lacks."""
    of_types = engine(rule(), types=(kind(type="suspicious"),))
    assessment = assess(f"{ALL_ELSE} on fire", of_types)
    assert completeness().check(assessment, Told("")).missing == ()


def test_an_urgent_report_that_lacks_behaviour_is_not_complete() -> None:
    """A guess at its type tells nothing of what was done."""
    assert _checked(ALL_ELSE, Kind("urgent", "weighed", known=False)) == Checked()


def test_that_it_happens_now_tells_the_time() -> None:
    """Whoever answers that need not write it."""
    text = "In de straat gluurt een lange man met een zwarte jas"
    assert "time" in _checked(text).missing
    assert _checked(text, told=Told(text, saar=Saar(happening_now=True))).missing == ()


@pytest.mark.parametrize(
    ("vehicle", "missing"),
    [
        (Vehicle(make="Opel"), ()),
        (Vehicle(kind="busje"), ()),
        (Vehicle(colour="rood"), ()),
        (Vehicle(), ("description",)),
    ],
    ids=["make", "kind", "colour", "nothing"],
)
def test_anything_about_a_vehicle_is_one_descriptor(vehicle: Vehicle, missing: tuple[str, ...]) -> None:
    """Beside the jacket it makes two."""
    text = "Nu gluurt een man met een zwarte jas in de straat"
    assert _checked(text, told=Told(text, vehicles=(vehicle,))).missing == missing


def test_a_plate_is_two_descriptors() -> None:
    """Whoever has it can be found."""
    text = "Nu gluurt een man in de straat"
    assert _checked(text, told=Told(text, vehicles=(Vehicle(plate="VT-913-H"),))).missing == ()


def test_a_field_that_is_empty_describes_nobody() -> None:
    """Only what is filled in counts."""
    text = "Nu gluurt een man met een zwarte jas in de straat"
    assert _checked(text, told=Told(text, persons=(Person(sex="m"),))).missing == ("description",)


@pytest.mark.parametrize(
    "told",
    [Told("", persons=(Person(sex="m"),)), Told("", vehicles=(Vehicle(colour="rood"),)), Told("", shown=True)],
    ids=["person", "vehicle", "photo"],
)
def test_fields_without_a_text_say_something(told: Told) -> None:
    """So their author is not asked what they see."""
    assert _checked("", NONE, told) == Checked()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("looks", {"phrases": ["x"], "patterns": ["("]}),
        ("question", {"nl": "{missing}" + "x" * 490, "en": "{missing}"}),
    ],
    ids=["no expression", "too long when filled in"],
)
def test_what_could_not_be_used_is_refused_when_it_is_read(field: str, value: dict[str, object]) -> None:
    """Not when the first report needs it."""
    with pytest.raises(ValidationError):
        Completeness.model_validate(completeness().model_dump() | {field: value})

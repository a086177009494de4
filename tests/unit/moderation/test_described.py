"""What stands in the fields on persons and vehicles is read like the text, and shown to nobody who doesn't see it."""

import pytest

from buurtsein_events.codec import encode
from buurtsein_events.reports import ReportModerated
from buurtsein_events.topics import REPORTS_MODERATED
from buurtsein_events.values import Finding
from buurtsein_moderation.cases import CaseFile
from buurtsein_moderation.described import described, value_of
from buurtsein_moderation.desk import Folder
from buurtsein_moderation.views import case_out

from .given import World, emitted, engine, event, kind, report, rule

PEOPLE = [{"sex": "man", "clothing": "a fool in red"}, {}, {"behaviour": "looks in"}]
CAR = [{"colour": "red", "plate": "12-ABC-3"}]


def _moderated(world: World, text: str, **fields: object) -> ReportModerated:
    emit = emitted(world.read(report(text, **fields)), REPORTS_MODERATED)
    assert emit is not None
    assert isinstance(emit.data, ReportModerated)
    return emit.data


def test_every_person_and_vehicle_is_a_line_behind_the_text() -> None:
    """In the order of the fields; what is not filled in is left out."""
    found = described(report("hello", persons=PEOPLE, vehicles=CAR))
    assert found.words == "\nman, a fool in red\nlooks in\nred, 12-ABC-3"
    assert [field.name for field in found.fields] == [
        "persons.0.sex",
        "persons.0.clothing",
        "persons.2.behaviour",
        "vehicles.0.colour",
        "vehicles.0.plate",
    ]


def test_a_report_without_fields_is_its_text() -> None:
    """As most are."""
    assert described(report("hello")).words == ""


@pytest.mark.parametrize(
    ("span", "place"),
    [
        ((0, 5), (None, (0, 5))),
        ((3, 12), (None, (3, 5))),
        ((6, 9), ("persons.0.sex", (0, 3))),
        ((13, 17), ("persons.0.clothing", (2, 6))),
        ((9, 13), ("persons.0.clothing", (0, 2))),
        ((7, 17), ("persons.0.sex", (1, 3))),
    ],
)
def test_a_place_is_one_in_the_text_or_in_a_field(
    span: tuple[int, int], place: tuple[str | None, tuple[int, int]]
) -> None:
    """The one that it begins in, and no further than that goes."""
    assert described(report("hello", persons=PEOPLE)).place(*span) == place


def test_what_a_rule_finds_in_a_field_is_asked_to_be_said_differently() -> None:
    """With the field and the characters within it."""
    found = _moderated(World(engine(rule())), "a man", persons=PEOPLE)
    expected = {"rule": "xx.quarrel.fool", "version": 1, "category": "quarrel", "verdict": "ask"}
    assert (found.verdict, found.findings) == (
        "ask",
        (Finding.model_validate({**expected, "field": "persons.0.clothing", "start": 2, "end": 6}),),
    )


def test_what_a_person_did_may_stand_in_a_field() -> None:
    """The type of a report follows from all that it says."""
    looks = kind(type="suspicious", matches={"phrases": ["looks in"]}, examples={"match": ["looks in"], "not": ["x"]})
    assert _moderated(World(engine(rule(), types=(looks,))), "a man", persons=PEOPLE).type == "suspicious"


def test_neighbours_read_the_text_and_none_of_the_fields() -> None:
    """Nor is anything of the text hidden for what stands behind it."""
    found = _moderated(World(engine(rule())), "Ik woon in de Kerkstraat", persons=[{"age": "12"}], vehicles=CAR)
    assert (found.public_text, found.redactions) == ("Ik woon in de Kerkstraat", ())


def test_a_coordinator_reads_what_was_found_in_a_field() -> None:
    """Whatever stands at that place in the text."""
    world = World(engine(rule(verdict="hold")))
    _moderated(world, "a man in our street", persons=PEOPLE)
    (finding,) = case_out(Folder(CaseFile(world.case()), None)).findings
    assert (finding.field, finding.matched) == ("persons.0.clothing", "fool")


def test_the_text_is_what_has_no_field() -> None:
    """As findings name it."""
    assert [value_of(report("hello", persons=PEOPLE), name) for name in (None, "persons.0.sex")] == ["hello", "man"]


def test_a_report_with_every_field_at_its_longest_is_decided_on_and_fits_in_an_event() -> None:
    """Hostile or not."""
    person = dict.fromkeys(("sex", "age", "height", "clothing", "behaviour", "direction"), "fool " * 20)
    car = dict.fromkeys(("kind", "colour", "make", "model", "plate", "direction"), "fool " * 20)
    found = _moderated(World(engine(rule())), "fool " * 800, persons=[person] * 5, vehicles=[car] * 5)
    assert (found.verdict, len(encode(event(found))) <= 65_536) == ("ask", True)

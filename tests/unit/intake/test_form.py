"""The form: every way through it makes a report, its file is checked whole, and apps get it in their language."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from buurtsein_events.values import Message, ReportType
from buurtsein_intake.form_checks import load_form
from buurtsein_intake.form_routes import wanted
from buurtsein_intake.forms import LANGUAGES, Form, Question, form, type_choices
from buurtsein_intake.settings import IntakeSettings
from buurtsein_intake.shapes import ReportIn
from buurtsein_runtime.config import ConfigError
from buurtsein_runtime.problems import Refused
from tests.unit.intake.fakes import World

PATH = Path(str(IntakeSettings.model_fields["form"].default))
FILE = load_form(PATH)
TYPES: tuple[ReportType, ...] = get_args(ReportType)
KINDS: tuple[ReportType | None, ...] = (None, *TYPES)

FILLED: dict[str, Any] = {
    "text": "Een man probeert fietssloten.",
    "location": {"lat": 52.1, "lon": 5.1, "address": "Stationsplein"},
    "occurred_at": "2026-10-13T02:41:00+02:00",
    "photos": ["0" * 64],
}
"""What a renderer makes of the kinds that have no parts."""


def ways(asked: Form) -> Iterator[dict[str, Any]]:
    """Yield the report of every way through a form, as a renderer makes it that skips what it may skip, or nothing."""
    questions = {question.id: question for question in asked.questions}
    waiting: list[tuple[str | None, dict[str, Any], int]] = [(asked.start, dict(asked.sets), 0)]
    while waiting:
        name, report, steps = waiting.pop()
        assert steps <= len(questions), "a way through the form goes round"
        if name is None:
            yield report
            continue
        question = questions[name]
        if question.only and report.get("type", question.only[0]) not in question.only:
            waiting.append((question.next, report, steps + 1))
            continue
        waiting += [(after, {**report, **filled}, steps + 1) for after, filled in answers(question)]


def answers(question: Question[str]) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Yield where each answer to a question leads, with the fields that it fills."""
    yield from ((choice.next, dict(choice.sets)) for choice in question.choices)
    if not question.required:
        yield question.next, {}
    if question.field:
        part = {each.id: "grijs" for each in question.parts}
        yield question.next, {question.field: FILLED.get(question.field, [part] * (question.limit or 1))}


@pytest.mark.parametrize("kind", KINDS)
def test_every_way_through_the_form_ends_in_a_sound_report(kind: ReportType | None) -> None:
    """Whatever is chosen, filled in or left out."""
    found = [ReportIn.model_validate_json(json.dumps(report)) for report in ways(form(FILE, kind, "nl"))]
    assert {report.type for report in found} == (set(TYPES) if kind is None else {kind})


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_question_is_whether_112_was_called(kind: ReportType | None) -> None:
    """SAAR: alarm comes before everything else."""
    asked = form(FILE, kind, "nl")
    assert (asked.start, asked.questions[0].id) == ("112-called", "112-called")


def test_who_sees_it_happen_and_did_not_call_is_told_to_call_112() -> None:
    """And nobody else is."""
    advised = [c for q in form(FILE, "urgent", "nl").questions for c in q.choices if c.advice]
    assert [choice.id for choice in advised] == ["now-uncalled-yes"]
    assert "Bel nu 112" in str(advised[0].advice)
    called = next(q for q in FILE.questions if q.id == "112-called")
    assert [choice.next for choice in called.choices] == ["112-by", "now-uncalled"]


def test_the_menus_ids_are_those_that_providers_send_back() -> None:
    """A button that was sent once may be pressed much later."""
    found = {choice.id for question in FILE.questions for choice in question.choices}
    assert found >= {"112-called-yes", "112-called-no", *(f"type-{kind}" for kind in TYPES)}


@pytest.mark.parametrize("kind", TYPES)
def test_the_form_of_a_type_asks_nothing_that_is_not_for_it(kind: ReportType) -> None:
    """Neither the type itself nor another type's questions, and no link leads to them."""
    asked = form(FILE, kind, "nl")
    ids = {question.id for question in asked.questions}
    links = {q.next for q in asked.questions} | {c.next for q in asked.questions for c in q.choices}
    expected = {q.id for q in FILE.questions if (not q.only or kind in q.only) and q.id != "type"}
    assert (ids, links - ids) == (expected, {None})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": "now"}, "question now: two have this id"),
        ({"next": "nowhere"}, "questions.112-called: leads to nowhere, and there is no such question"),
        ({"next": "112-called"}, "questions.112-called: leads back to itself"),
        ({"kind": "text"}, "questions.112-called: a question of kind text must have no choices"),
        ({"choices": []}, "questions.112-by: nothing leads to it"),
        ({"field": "text"}, "questions.112-called: field must be left out for the kind yes_no"),
        ({"kind": "persons"}, "questions.112-called: parts are missing; use age, behaviour, clothing, direction"),
        ({"parts": [{"id": "shoe", "label": {"nl": "", "en": ""}}]}, "part shoe is not a field of yes_no"),
    ],
)
def test_a_mistake_in_the_form_is_named(changes: dict[str, object], expected: str, tmp_path: Path) -> None:
    """With the question that it is in."""
    content = yaml.safe_load(PATH.read_text("utf-8"))
    content["questions"][0] |= changes
    with pytest.raises(ConfigError, match="is refused") as error:
        load_form(written(tmp_path, content))
    assert any(expected in each for each in error.value.problems)


def written(folder: Path, content: object) -> Path:
    """Return the path of a file with this content."""
    path = folder / "form.yaml"
    path.write_text(yaml.safe_dump(content), "utf-8")
    return path


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """What the choices set is held against the report's own shape."""
    content = yaml.safe_load(PATH.read_text("utf-8"))
    content["questions"][0]["choices"][0]["sets"] = {"police_called": "maybe", "colour": True}
    content["start"] = "nowhere"
    with pytest.raises(ConfigError) as error:
        load_form(written(tmp_path, content))
    found = "\n".join(error.value.problems)
    assert all(part in found for part in ("sets.police_called", "sets.colour", "start: nowhere is no question"))


def test_a_type_without_a_text_question_is_refused(tmp_path: Path) -> None:
    """A report is nothing without words."""
    content = yaml.safe_load(PATH.read_text("utf-8"))
    next(each for each in content["questions"] if each["id"] == "what-idea")["required"] = False
    with pytest.raises(ConfigError, match="type idea: exactly one required text question"):
        load_form(written(tmp_path, content))


@pytest.mark.parametrize("kind", ["report", *TYPES])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_app_gets_the_questions_in_its_language(kind: str, language: str) -> None:
    """In the shape that the document promises."""
    world = World()
    answer = await world.get(f"/v1/form/{kind}?lang={language}")
    document = (await world.get("/openapi.json")).json()
    schema = {"$ref": "#/components/schemas/Form", "components": document["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer.json())] == []
    label = "Is 112 gebeld?" if language == "nl" else "Has 112 been called?"
    assert (answer.json()["type"], answer.json()["questions"][0]["label"]) == (kind, label)
    assert answer.headers["content-language"] == language


async def test_the_list_leads_to_each_types_form() -> None:
    """An app needs to know one address."""
    world = World()
    found = (await world.get("/v1/form")).json()
    assert [each["id"] for each in found["types"]] == list(TYPES)
    assert found["languages"] == ["nl", "en"]
    addresses = [found["report"], *(each["self"] for each in found["types"])]
    assert {(await world.get(address)).status_code for address in addresses} == {200}


async def test_a_form_that_has_not_changed_is_not_sent_again() -> None:
    """Caches may keep it, one for each language."""
    world = World()
    first = await world.get("/v1/form/idea")
    async with world.call() as client:
        again = await client.get("/v1/form/idea", headers={"If-None-Match": first.headers["etag"]})
        other = await client.get("/v1/form/idea?lang=en", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)
    assert (first.headers["cache-control"], first.headers["vary"]) == ("public, max-age=300", "Accept-Language")


@pytest.mark.parametrize(("path", "status"), [("/v1/form/party", 404), ("/v1/form?lang=xx", 400)])
async def test_what_is_not_there_is_answered_with_what_is(path: str, status: int) -> None:
    """As a problem that names the cure."""
    answer = await World().get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert any(word in answer.json()["detail"] for word in ("suspicious", "nl, en"))


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        (None, "", "nl"),
        (None, "en-GB,en;q=0.8,nl;q=0.5", "en"),
        (None, "de, nl;q=0.3, en;q=0.2", "nl"),
        (None, "nl;q=0, en;q=0.1", "en"),
        (None, "en;q=many", "nl"),
        (None, "*", "nl"),
        ("EN", "nl", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_else_the_best_accepted(
    asked: str | None, accepted: str, expected: str
) -> None:
    """Dutch when nothing fits."""
    assert wanted(asked, accepted) == expected


def test_an_unknown_language_that_is_asked_for_is_refused() -> None:
    """Guessing would hide a mistake in an app."""
    with pytest.raises(Refused):
        wanted("fr", "nl")


def test_every_choice_of_a_type_is_a_type_of_report() -> None:
    """The list of forms follows from the question for the type."""
    assert [choice.sets["type"] for choice in type_choices(FILE)] == list(TYPES)
    assert all(isinstance(choice.label, Message) for choice in type_choices(FILE))

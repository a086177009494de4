"""Reads the form from its file, and refuses what is wrong with every mistake at once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from buurtsein_events.values import Message
from buurtsein_intake.forms import Choice, FormFile, Kind, Question, type_choices
from buurtsein_intake.shapes import PersonIn, ReportIn, VehicleIn
from buurtsein_runtime.config import ConfigError, load_yaml

_FIELDS: Final[dict[Kind, str]] = {
    "text": "text",
    "place": "location",
    "time": "occurred_at",
    "persons": "persons",
    "vehicles": "vehicles",
    "photo": "photos",
}
_PARTS: Final[dict[Kind, type[BaseModel]]] = {"persons": PersonIn, "vehicles": VehicleIn}


def load_form(path: Path) -> FormFile:
    """Return the form of a file; raises `ConfigError` with every mistake in it."""
    file = load_yaml(path, FormFile)
    if mistakes := list(problems(file)):
        raise ConfigError(path, mistakes)
    return file


def problems(file: FormFile) -> Iterator[str]:
    """Yield every mistake in a form: in its questions, and in how they lead to each other."""
    yield from _twice(file)
    for question in file.questions:
        for mistake in _in_question(question):
            yield f"questions.{question.id}: {mistake}"
    yield from _in_graph(file)


def _twice(file: FormFile) -> Iterator[str]:
    for what, ids in (
        ("question", [question.id for question in file.questions]),
        ("choice", [choice.id for question in file.questions for choice in question.choices]),
    ):
        yield from (f"{what} {name}: two have this id" for name, count in Counter(ids).items() if count > 1)


def _in_question(question: Question[Message]) -> Iterator[str]:
    choosing = question.kind in {"choice", "yes_no"}
    wanted = _FIELDS.get(question.kind)
    if choosing != bool(question.choices):
        yield f"a question of kind {question.kind} must have {'choices' if choosing else 'no choices'}"
    if question.kind == "yes_no" and len(question.choices) != 2:
        yield "a yes_no question must have two choices"
    if question.field != wanted:
        yield f"field must be {wanted or 'left out'} for the kind {question.kind}"
    yield from _in_parts(question)
    for choice in question.choices:
        yield from (f"choice {choice.id}: {mistake}" for mistake in _in_choice(choice))


def _in_parts(question: Question[Message]) -> Iterator[str]:
    model = _PARTS.get(question.kind)
    known = set(model.model_fields) if model else set()
    if model and not question.parts:
        yield f"parts are missing; use {', '.join(sorted(known))}"
    for part in question.parts:
        if part.id not in known:
            yield f"part {part.id} is not a field of {question.kind}"


def _in_choice(choice: Choice[Message]) -> Iterator[str]:
    try:
        ReportIn.model_validate({"text": "x", **choice.sets})
    except ValidationError as error:
        for each in error.errors(include_url=False):
            yield f"sets.{'.'.join(map(str, each['loc']))}: {each['msg']}"


def _in_graph(file: FormFile) -> Iterator[str]:
    links = {question.id: _links(question) for question in file.questions}
    yield from (
        f"questions.{name}: leads to {target}, and there is no such question"
        for name, targets in links.items()
        for target in sorted(targets - links.keys())
    )
    if file.start not in links:
        yield f"start: {file.start} is no question"
    reached = _reached(links, file.start)
    yield from (f"questions.{name}: nothing leads to it" for name in links if name not in reached)
    yield from (f"questions.{name}: leads back to itself" for name in links if name in _after(links, name))
    if not any(type_choices(file)):
        yield "questions: none of the choices sets the type of a report"
    yield from _without_text(file)


def _without_text(file: FormFile) -> Iterator[str]:
    for kind in [choice.sets["type"] for choice in type_choices(file)]:
        asked = [q for q in file.questions if q.field == "text" and (not q.only or kind in q.only)]
        if len(asked) != 1 or not asked[0].required:
            yield f"type {kind}: exactly one required text question must be asked for it"


def _links(question: Question[Message]) -> set[str]:
    found = {question.next, *(choice.next for choice in question.choices)}
    return {name for name in found if name is not None}


def _after(links: dict[str, set[str]], name: str) -> set[str]:
    return {each for target in links[name] for each in _reached(links, target)}


def _reached(links: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += links.get(name, set())
    return found

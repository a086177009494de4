"""What a report says in its fields on persons and vehicles, read as sentences behind its text. Pure.

Rules read text and fields as one message, since what a person did may stand in either; neighbours receive none of the
fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from buurtsein_events.reports import ReportReceived
from buurtsein_text.linear import Span


@dataclass(frozen=True, slots=True)
class Field:
    """One field, named as in `persons.0.clothing`, and the characters that it takes of text and fields together."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Described:
    """The words of all fields, to be put behind a text of so many characters, and where each of them is then."""

    text_length: int
    words: str
    fields: tuple[Field, ...]

    def place(self, start: int, end: int) -> tuple[str | None, Span]:
        """Return the field that a place in text and fields together begins in, and the place within it.

        Without a field it is a place in the text.
        """
        if start < self.text_length:
            return None, (start, min(end, self.text_length))
        field = next(field for field in self.fields if start < field.end)
        return field.name, (max(start - field.start, 0), min(end, field.end) - field.start)


def described(report: ReportReceived) -> Described:
    """Return what the fields of a report say, a line for each person and vehicle."""
    words, length = "", len(report.text)
    fields: list[Field] = []
    for thing in _things(report):
        for number, (name, value) in enumerate(thing):
            words += ", " if number else "\n"
            fields.append(Field(name, length + len(words), length + len(words) + len(value)))
            words += value
    return Described(length, words, tuple(fields))


def value_of(report: ReportReceived, name: str | None) -> str:
    """Return a field by its name, or the text of the report."""
    return next((value for thing in _things(report) for known, value in thing if known == name), report.text)


def _things(report: ReportReceived) -> Iterator[list[tuple[str, str]]]:
    for kind, things in (("persons", report.persons), ("vehicles", report.vehicles)):
        for number, thing in enumerate(things):
            if said := [(f"{kind}.{number}.{name}", value) for name, value in thing if value]:
                yield said

"""Guards: places where a rule's words are not what the author says of somebody.

Negation with its clause as scope and phrases that only look like one follow NegEx (Chapman et al., 2001).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from buurtsein_moderation.lexicon import Lexicon
from buurtsein_moderation.packs import Guard
from buurtsein_moderation.proximity import Place
from buurtsein_moderation.reading import Reading
from buurtsein_moderation.scanning import Scan
from buurtsein_text.linear import Span

LISTS: Final[Mapping[Guard, tuple[str, ...]]] = {
    "negated": ("negations", "pseudonegations"),
    "quoted": (),
    "reported": ("reporting", "introducing"),
    "questioned": ("questions", "rhetorical"),
    "thing": ("things", "people"),
}
"""The lists of a pack that each guard reads; the first is needed by a rule that names the guard."""

ENDINGS: Final = frozenset({"things"})
"""Lists whose words also count as the last part of a compound."""

_AFTER: Final = 3
"""How many words after the place a negation may stand, as Dutch puts it behind the verb."""


@dataclass(frozen=True, slots=True)
class Words:
    """The classes of one pack's lists that guards read, by name."""

    classes: Mapping[str, int]

    def spans(self, name: str, scan: Scan, lexicon: Lexicon) -> list[Span]:
        """Return the places of a list's words; none when the pack has no such list."""
        number = self.classes.get(name)
        return lexicon.spans(number, scan) if number is not None and lexicon.may_occur(number, scan) else []


@dataclass(frozen=True, slots=True)
class Context:
    """What a guard looks at."""

    words: Words
    scan: Scan
    lexicon: Lexicon

    @property
    def reading(self) -> Reading:
        """The message."""
        return self.scan.reading

    def spans(self, name: str, inside: Span) -> Iterator[Span]:
        """Yield the places of a list's words inside a span."""
        return (span for span in self.words.spans(name, self.scan, self.lexicon) if _inside(span, inside))


def exempt(place: Place, guards: Collection[Guard], context: Context) -> bool:
    """Return whether one of `guards` holds for a place."""
    return any(_GUARDS[guard](place, context) for guard in guards)


def _negated(place: Place, context: Context) -> bool:
    start, end = context.reading.clause(place.start, place.end)
    pseudo = list(context.spans("pseudonegations", (start, end)))
    for span in context.spans("negations", (start, end)):
        if not place.apart(span) or any(_inside(span, other) for other in pseudo):
            continue
        if span[0] - place.end < _AFTER:
            return True
    return False


def _quoted(place: Place, context: Context) -> bool:
    return context.reading.is_quoted(place.start, place.end)


def _reported(place: Place, context: Context) -> bool:
    sentence = context.reading.beside(place.start, place.end)
    if any(place.apart(span) for span in context.spans("reporting", sentence)):
        return True
    return any(span[1] <= place.start for span in context.spans("introducing", sentence))


def _questioned(place: Place, context: Context) -> bool:
    if not context.reading.asks(place.start, place.end):
        return False
    sentence = context.reading.sentence(place.start, place.end)
    if next(context.spans("rhetorical", sentence), None):
        return False
    return "questions" not in context.words.classes or next(context.spans("questions", sentence), None) is not None


def _thing(place: Place, context: Context) -> bool:
    clause = context.reading.clause(place.start, place.end)
    thing = min((_distance(place, span) for span in context.spans("things", clause)), default=None)
    if thing is None:
        return False
    somebody = (_distance(place, span) for span in context.spans("people", clause))
    return all(thing <= distance for distance in somebody)


def _distance(place: Place, span: Span) -> int:
    if span[0] >= place.end:
        return span[0] - place.end + 1
    return place.start - span[1] + 1 if span[1] <= place.start else 0


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


_GUARDS: Final[Mapping[Guard, Callable[[Place, Context], bool]]] = {
    "negated": _negated,
    "quoted": _quoted,
    "reported": _reported,
    "questioned": _questioned,
    "thing": _thing,
}

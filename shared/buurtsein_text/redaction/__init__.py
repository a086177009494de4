"""What neighbours do not see: names, addresses, profiles, telephone and account numbers, plates.

Everything is found in the folded text, which has one byte for every character, so offsets are those of the original.
One pass of RE2 and one look-up of the words tell whether anything may be there; only then the parts are read closely,
in time linear in the text.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from buurtsein_events.values import TEXT_LIMIT, Redaction
from buurtsein_text.folding import fold
from buurtsein_text.linear import Expression, ExpressionSet
from buurtsein_text.redaction import addresses, houses, names, numbers, online, plates
from buurtsein_text.redaction.finding import Finder, Kind

PLACEHOLDERS: Final[dict[Kind, str]] = {
    "name": "[naam]",
    "address": "[adres]",
    "profile": "[profiel]",
    "phone": "[telefoonnummer]",
    "email": "[e-mailadres]",
    "plate": "[kenteken]",
    "iban": "[rekeningnummer]",
    "bsn": "[burgerservicenummer]",
}
LIMIT: Final = 100
"""How many parts are hidden one by one, as many as an event holds; the last covers the rest of a text with more."""

CANDIDATES: Final = 500
"""How many candidates of one kind are looked at; what stands behind more of them is hidden unseen."""

_Part = tuple[int, int, Kind]


def redacted(text: str) -> str:
    """Return `text` with a placeholder for each private part; it can be longer than what it was."""
    return apply(text, find(fold(text)))


def load() -> None:
    """Read the word lists and compile what looks for them; otherwise the first text waits for a tenth of a second."""
    _finders()


def find(folded: bytes) -> tuple[Redaction, ...]:
    """Return what is private in a folded text, in order and without overlap."""
    probe, finders = _finders()
    present = probe.present(folded)
    found = [part for at in present if at < len(finders) for part in _parts(folded, *finders[at])]
    hints = [at - len(finders) for at in present if at >= len(finders)]
    people = list(names.find(folded, announced=names.ANNOUNCED in hints, capitals=names.CAPITALS in hints))
    if not (found or people):
        return ()
    addressed = [(start, end) for start, end, kind in found if kind == "address"]
    found += [(start, end, "name") for start, end in people]
    found += [(start, end, "address") for start, end in houses.of_people(folded, people)]
    found += [(start, end, "address") for start, end in houses.beside(folded, addressed)]
    return _bounded(_apart(sorted(found, key=lambda part: (part[0], -part[1]))), len(folded))


def apply(text: str, redactions: tuple[Redaction, ...]) -> str:
    """Return `text` with a placeholder for each redaction."""
    pieces: list[str] = []
    done = 0
    for redaction in redactions:
        pieces += [text[done : redaction.start], PLACEHOLDERS[redaction.kind]]
        done = redaction.end
    return "".join([*pieces, text[done:]])


def bounded(text: str) -> str:
    """Return `text` cut to what an event may hold: placeholders can be longer than what they hide."""
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"


def _parts(folded: bytes, finder: Finder, candidates: Expression) -> Iterator[_Part]:
    for number, (start, end) in enumerate(candidates.spans(folded)):
        if number == CANDIDATES:
            yield start, len(folded), finder.kind
            return
        if span := finder.private(folded, start, end):
            yield *span, finder.kind


def _apart(parts: list[_Part]) -> Iterator[_Part]:
    """Yield the parts without overlap: what begins inside another part lengthens it."""
    kept: _Part | None = None
    for part in parts:
        if kept is None or part[0] >= kept[1]:
            if kept:
                yield kept
            kept = part
        elif part[1] > kept[1]:
            kept = (kept[0], part[1], kept[2])
    if kept:
        yield kept


def _bounded(parts: Iterator[_Part], length: int) -> tuple[Redaction, ...]:
    kept: list[Redaction] = []
    for start, end, kind in parts:
        if len(kept) == LIMIT - 1:
            return (*kept, Redaction(kind=kind, start=start, end=length))
        kept.append(Redaction(kind=kind, start=start, end=end))
    return tuple(kept)


@cache
def _finders() -> tuple[ExpressionSet, tuple[tuple[Finder, Expression], ...]]:
    finders = [*online.FINDERS, *numbers.FINDERS, *plates.FINDERS, *addresses.finders()]
    expressions = [finder.expression.encode() for finder in finders]
    probe = ExpressionSet([*expressions, *(expression.encode() for expression in names.expressions())])
    return probe, tuple(zip(finders, map(Expression, expressions), strict=True))

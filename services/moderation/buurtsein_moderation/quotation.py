"""What somebody else said: words between quotation marks are not the author's own."""

from functools import cache
from typing import Final

from buurtsein_text.linear import Expression, Span

_QUOTED: Final = rb"\"[^\"\n]{3,300}\"|(?:^|[\s(:])'(?:[^'\n]|'[A-Za-z]){3,300}'(?:[\s.,;:!?)]|$)"
_WORDS_AROUND: Final = 4


def quotations(folded: bytes) -> tuple[Span, ...]:
    """Return what is quoted in a folded text that says something about it, too: at least four words of its own."""
    if b'"' not in folded and b"'" not in folded:
        return ()
    spans = tuple(_quoted().spans(folded))
    if not spans:
        return ()
    inside = sum(len(folded[start:end].split()) for start, end in spans)
    return spans if len(folded.split()) - inside >= _WORDS_AROUND else ()


def within(start: int, end: int, spans: tuple[Span, ...]) -> bool:
    """Return whether a part of the text lies in one of the spans."""
    return any(begin <= start and end <= finish for begin, finish in spans)


@cache
def _quoted() -> Expression:
    return Expression(_QUOTED)

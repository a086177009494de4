"""How one kind of private part is found: an expression for candidates, and a look at each with what is around it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from buurtsein_text.linear import Span

Kind = Literal["name", "phone", "email", "plate", "iban", "bsn", "address", "profile"]

_WINDOW: Final = 48
_SENTENCE: Final = re.compile(rb"[!?\n]|\.(?=\s+[A-Z])")
_REFERENCE: Final = re.compile(
    rb"(?i:\b(?:ref(?:erentie|erence)?|kenmerk|order|bestel(?:ling)?|zaak|meld(?:ings?)?|ticket|factuur|dossier"
    rb"|case|report|incident|track(?:ing)?|(?:track ?(?:&|and|en) ?)?trace|pakket|aangifte|klant|polis|pv"
    rb"|proces-?verbaal"
    rb"|serie|invoice|crime|serial|model|artikel|booking|boekings?)"
    rb"[ -]?(?:nummer|nr|no|number|code|id)?[ .:#]*(?:is |was )?)#?"
    rb"(?:[A-Z]{1,4}[ -]?)?$"
)


@dataclass(frozen=True, slots=True)
class Finder:
    """One way in which a kind is written; `private` returns the part of a candidate (text, start, end) to hide."""

    kind: Kind
    expression: str
    private: Callable[[bytes, int, int], Span | None]


def before(text: bytes, at: int) -> bytes:
    """Return what stands before `at` in the same sentence, at most a few words."""
    window = text[max(0, at - _WINDOW) : at]
    return _SENTENCE.split(window)[-1]


def after(text: bytes, at: int) -> bytes:
    """Return the next few words."""
    return text[at : at + _WINDOW]


def is_reference(text: bytes, at: int) -> bool:
    """Tell whether the number at `at` is that of a case, an order or a report."""
    return text[at - 1 : at] == b"#" or _REFERENCE.search(before(text, at)) is not None


def whole(text: bytes, start: int, end: int) -> Span:
    """Return the candidate as it is."""
    del text
    return start, end

"""The words of a message in one line, ` like . this ? ` and in lower case, and where each of them was written.

Words stand between single spaces and sentences end in ` . ` or ` ? `, so whole words, beginnings, endings and phrases
of several words are all plain strings. An 's is a word of its own, other apostrophes are left out (`don't` reads
`dont`) and other marks part words.
"""

import re
from itertools import islice
from typing import Final

from buurtsein_text.linear import Span

_STOP: Final = b"\x01"
_QUESTION: Final = b"\x02"
_APOSTROPHE: Final = b"'\x7f"
_WORD: Final = b"abcdefghijklmnopqrstuvwxyz0123456789%'\x7f\x01\x02"
_ENDS: Final = b".!?"
_ABBREVIATIONS: Final = tuple(
    (b" " + short + b". ", b" " + short + b"  ") for short in b"dhr mevr mw nr ca bijv".split()
)
_TOKEN: Final = re.compile(rb"[\x01\x02%]|['\x7f]*[a-z0-9][a-z0-9'\x7f]*")


def _spaces(kept: bytes) -> bytes:
    return bytes(ord(_STOP) if byte == ord("\n") else byte if byte in kept else ord(" ") for byte in range(256))


_WITH_ENDS: Final = _spaces(_WORD + _ENDS)
_WITHOUT_ENDS: Final = _spaces(_WORD)


def marked(text: bytes) -> bytes:
    """Return normalised `text` with its sentence ends as marks and other punctuation as spaces, and one space more."""
    if b"..." in text:
        text = text.replace(b"...", b",,,")
    text = (text + b" ").translate(_WITH_ENDS)
    if b". " in text:
        for short, spaced in _ABBREVIATIONS:
            text = text.replace(short, spaced)
        text = text.replace(b". ", _STOP + b" ")
    if b"! " in text:
        text = text.replace(b"! ", _STOP + b" ")
    if b"? " in text:
        text = text.replace(b"? ", _QUESTION + b" ")
    text = text.translate(_WITHOUT_ENDS)
    if b"'s" in text:
        for after in (b" ", _STOP, _QUESTION):
            text = text.replace(b"'s" + after, b" s" + after)
    return text


def read(marks: bytes) -> list[str]:
    """Return the words, and the ends of sentences, of marked text."""
    spaced = marks.translate(None, _APOSTROPHE).replace(_STOP, b" . ").replace(_QUESTION, b" ? ")
    if b"%" in spaced:
        spaced = spaced.replace(b"%", b" % ")
    return spaced.decode("ascii").split()


def line(words: list[str]) -> str:
    """Return the line of some words."""
    return f" {' '.join(words)} "


def spans(marks: bytes, number: int | None = None) -> list[Span]:
    """Return where each word, and each end of a sentence, stands in marked text, or the first `number` of them."""
    return [match.span() for match in islice(_TOKEN.finditer(marks), number)]


def trimmed(marks: bytes, span: Span) -> Span:
    """Return the span of a word without the apostrophes around it."""
    written = marks[span[0] : span[1]]
    start = span[1] - len(written.lstrip(_APOSTROPHE))
    return start, span[0] + len(written.rstrip(_APOSTROPHE))

"""One message as rules read it: its words, sentences, clauses, quotations and languages, each worked out once.

Places in the line of words lead back to the characters of the original.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate
from typing import Final

from buurtsein_moderation import words
from buurtsein_moderation.disguise import Disguises
from buurtsein_moderation.language import CONJUNCTIONS, languages
from buurtsein_moderation.linear import Span
from buurtsein_moderation.quotation import quotations, within
from buurtsein_moderation.text import Normalised

_SENTENCE_END: Final = re.compile(r" [.?] ")
_PAUSE: Final = re.compile(rb"[,;:()]|\s-+(?=\s)|--+")


class Reading:
    """A message and its line of words; positions are those of the line unless said otherwise."""

    def __init__(self, message: Normalised, disguises: Disguises, disguised: Sequence[int]) -> None:
        self.message = message
        self._marks = words.marked(message.text)
        tokens = disguises.undone(message, self._marks, disguised)
        self.line = words.line(self._marks) if tokens is None else words.line_of(tokens)
        if tokens is not None:
            self.tokens = tokens

    @cached_property
    def tokens(self) -> list[words.Token]:
        """The words and sentence ends of the line, each with its bytes of the normalised text."""
        return words.tokens(self._marks)

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins in the line."""
        return list(accumulate((len(token.word) + 1 for token in self.tokens[:-1]), initial=1)) if self.tokens else []

    @cached_property
    def languages(self) -> AbstractSet[str]:
        """The languages that the message may be in."""
        return languages(self.line)

    @cached_property
    def sentences(self) -> list[int]:
        """Where sentences end."""
        return [match.start() for match in _SENTENCE_END.finditer(self.line)]

    @cached_property
    def clauses(self) -> list[int]:
        """Where clauses end: at the ends of sentences, at pauses and before conjunctions."""
        begins = [token.start for token in self.tokens]
        pauses = (bisect_left(begins, match.start()) for match in _PAUSE.finditer(self.message.text))
        ends = {self.starts[at] - 1 for at in pauses if at < len(begins)}
        ends |= {self.starts[at] - 1 for at, token in enumerate(self.tokens) if token.word in CONJUNCTIONS}
        return sorted(ends | set(self.sentences))

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        """What is quoted, in characters of the original."""
        return quotations(self.message.folded)

    def sentence(self, start: int, end: int) -> Span:
        """Return the sentence, or sentences, around a place."""
        return self._around(self.sentences, start, end)

    def clause(self, start: int, end: int) -> Span:
        """Return the clause, or clauses, around a place."""
        return self._around(self.clauses, start, end)

    def asks(self, start: int, end: int) -> bool:
        """Return whether the sentence around a place ends in a question mark."""
        _, finish = self.sentence(start, end)
        return self.line.startswith(" ? ", finish)

    def original(self, start: int, end: int) -> Span:
        """Return the characters of the original that a place of whole words stands for."""
        first, last = self._token(start), self._token(end - 1)
        return self.message.original(self.tokens[first].start, self.tokens[last].end)

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether a place is inside quotation marks, with own words around them."""
        return bool(self.quoted) and within(*self.original(start, end), self.quoted)

    def places(self, spans: Sequence[Span]) -> list[Span]:
        """Return the places in the line of spans of the normalised text; those without any word are left out."""
        found = ((self._first(start), self._last(end)) for start, end in spans)
        return [
            (self.starts[first], self.starts[last] + len(self.tokens[last].word))
            for first, last in found
            if first <= last
        ]

    def _first(self, start: int) -> int:
        return bisect_right(self.tokens, start, key=lambda token: token.end)

    def _last(self, end: int) -> int:
        return bisect_left(self.tokens, end, key=lambda token: token.start) - 1

    def _token(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def _around(self, ends: list[int], start: int, end: int) -> Span:
        first, after = bisect_right(ends, start) - 1, bisect_left(ends, end)
        return ends[first] if first >= 0 else 0, ends[after] if after < len(ends) else len(self.line) - 1

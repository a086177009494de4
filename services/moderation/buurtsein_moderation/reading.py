"""One message as rules read it: its words, sentences, clauses, quotations and languages, each worked out once.

Places are numbers of words, from the first up to and without the last, and lead back to the characters of the original.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

from buurtsein_moderation import words
from buurtsein_moderation.disguise import Plain
from buurtsein_moderation.language import CONJUNCTIONS, REFERRING, Spoken, spoken
from buurtsein_moderation.quotation import quotations, within
from buurtsein_moderation.text import Normalised
from buurtsein_text.linear import Span

QUESTION: Final = "?"
ENDS: Final = (".", QUESTION)
"""What stands for the end of a sentence among the words."""

AROUND: Final = 12
"""How many words on either side of a place may excuse what was found there, when it is grave."""

_PAUSE: Final = re.compile(rb"[,;:()]|\s-+(?=\s)|--+")


class Reading:
    """A message and its words; the ends of sentences are words, too. Spans are places unless said otherwise.

    `known` is the language of the message when somebody told it.
    """

    def __init__(self, message: Normalised, disguised: Sequence[Plain] = (), known: str | None = None) -> None:
        self.message = message
        self._known = known
        self._marks = words.marked(message.text)
        self.words = words.read(self._marks)
        self._spans: list[Span] | None = None
        self._starts: dict[int, int] | None = None
        self._clauses: list[int] | None = None
        self._quoted: tuple[Span, ...] | None = None
        if disguised:
            self._put(disguised)
        self.line = words.line(self.words)
        self.ends = [at for at, word in enumerate(self.words) if word in ENDS]

    def _put(self, disguised: Sequence[Plain]) -> None:
        """Put plain words in the place of what was disguised."""
        spans = words.spans(self._marks)
        begins, ends = [start for start, _ in spans], [end for _, end in spans]
        until = len(self.message.text)
        for start, end, word in reversed(disguised):
            if end <= until:
                covered = slice(bisect_right(ends, start), bisect_left(begins, end))
                self.words[covered], spans[covered] = [word], [(start, end)]
                until = start
        self._spans = spans

    @property
    def says_something(self) -> bool:
        """Whether there is a word or a number."""
        return len(self.words) > len(self.ends)

    @property
    def spans(self) -> list[Span]:
        """The bytes of the normalised text of each word."""
        if self._spans is None:
            self._spans = words.spans(self._marks)
        return self._spans

    @property
    def clauses(self) -> list[int]:
        """Where clauses end: at the ends of sentences, at pauses and before conjunctions."""
        if self._clauses is None:
            begins = [start for start, _ in self.spans]
            pauses = (bisect_left(begins, match.start()) for match in _PAUSE.finditer(self.message.text))
            ends = {at for at in pauses if at < len(begins)}
            ends.update(at for at, word in enumerate(self.words) if word in CONJUNCTIONS)
            self._clauses = sorted(ends.union(self.ends))
        return self._clauses

    @cached_property
    def spoken(self) -> tuple[Spoken, Spoken]:
        """The languages of the sentences: those that are told, and those that are possible."""
        return spoken(self.words, self.ends, self._known)

    def sentences(self, start: int, end: int) -> slice:
        """Return the numbers of the sentence, or sentences, around a place."""
        return slice(bisect_left(self.ends, start), bisect_left(self.ends, end) + 1)

    @property
    def quoted(self) -> tuple[Span, ...]:
        """What is quoted, in characters of the original."""
        if self._quoted is None:
            self._quoted = quotations(self.message.folded)
        return self._quoted

    def sentence(self, start: int, end: int) -> Span:
        """Return the sentence, or sentences, around a place."""
        return self._around(self.ends, start, end)

    def beside(self, start: int, end: int) -> Span:
        """Return the sentence around a place; of one that is long, only the words near the place."""
        first, last = self.sentence(start, end)
        if last - first <= 2 * AROUND:
            return first, last
        return max(first, start - AROUND), min(last, end + AROUND)

    def parts(self) -> Iterator[Span]:
        """Yield the sentences, and of long ones pieces that overlap by half."""
        start = 0
        for end in (*self.ends, len(self.words)):
            if start < end:
                pieces = range(start, max(start, end - AROUND - 1) + 1, AROUND)
                yield from ((at, min(at + 2 * AROUND, end)) for at in pieces)
            start = end + 1

    def clause(self, start: int, end: int) -> Span:
        """Return the clause, or clauses, around a place."""
        return self._around(self.clauses, start, end)

    def asks(self, start: int, end: int) -> bool:
        """Return whether the sentence around a place ends in a question mark."""
        _, finish = self.sentence(start, end)
        return finish < len(self.words) and self.words[finish] == QUESTION

    def original(self, start: int, end: int) -> Span:
        """Return the characters of the original that a place stands for."""
        spans = self._spans or words.spans(self._marks, end)
        begin, _ = words.trimmed(self._marks, spans[start])
        _, finish = words.trimmed(self._marks, spans[end - 1])
        return self.message.original(begin, finish)

    def around(self, start: int, end: int) -> Span:
        """Return the characters of the original of a place and of some words around it that say how it is meant.

        They are of its sentence, of one that announces it (with a colon), and of one behind it that refers to it. Of a
        long sentence they are of its clause and of one on either side.
        """
        first, last = self.sentence(start, end)
        if last - first > 2 * AROUND:
            return self.original(*self._clauses_around(start, end))
        if first and self._announces(first):
            first, _ = self.sentence(first - 1, first - 1)
        if last + 1 < len(self.words):
            _, behind = self.sentence(last + 1, last + 1)
            if not REFERRING.isdisjoint((self.words[last + 1], self.words[behind - 1])):
                last = behind
        # With the mark that ends the sentence: a sentence without one is seldom more than a name.
        return self.original(max(first, start - AROUND), min(last + 1, len(self.words), end + AROUND))

    def _clauses_around(self, start: int, end: int) -> Span:
        first, last = self.clause(start, end)
        if first:
            first, _ = self.clause(first - 1, first - 1)
        if last + 1 < len(self.words):
            _, last = self.clause(last + 1, last + 1)
        return max(first, start - AROUND), min(last, end + AROUND)

    def _announces(self, end: int) -> bool:
        """Return whether a sentence that ends at a place does so with a colon."""
        return self.message.text[: self.spans[end][0]].rstrip().endswith(b":")

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether a place is inside quotation marks, with own words around them."""
        return bool(self.quoted) and within(*self.original(start, end), self.quoted)

    def place(self, start: int, end: int) -> Span:
        """Return the place of a span of the normalised text: its words, or the one before it."""
        if not self.words:
            return 0, 0
        last = max(0, bisect_left(self.spans, end, key=lambda span: span[0]) - 1)
        first = min(last, bisect_right(self.spans, start, key=lambda span: span[1]))
        return first, last + 1

    def place_in_line(self, start: int, end: int) -> Span:
        """Return the place of whole words of the line, from where the first begins up to where the last ends."""
        if self._starts is None:
            starts = accumulate([len(word) + 1 for word in self.words], initial=1)
            self._starts = dict(zip(starts, range(len(self.words) + 1), strict=True))
        return self._starts[start], self._starts[end + 1]

    def _around(self, ends: list[int], start: int, end: int) -> Span:
        first, after = bisect_right(ends, start) - 1, bisect_left(ends, end)
        return ends[first] if first >= 0 else 0, ends[after] if after < len(ends) else len(self.words)

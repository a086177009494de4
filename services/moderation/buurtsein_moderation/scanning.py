"""What one reading of a message found: which groups and classes of words occur, and where once somebody asks.

Sets of classes are masks: whole numbers in which the bit of each class is set.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from buurtsein_moderation.linear import Span
from buurtsein_moderation.reading import Reading

PLACES: Final = 256
"""How many places of a class are looked at: bounds the work that a hostile message can ask for."""


def mask_of(classes: Iterable[int]) -> int:
    """Return the mask of some classes."""
    mask = 0
    for number in classes:
        mask |= 1 << number
    return mask


class Scan:
    """What occurs in a message.

    Of the classes in `mask`, those in `supposed` may turn out to have no place: all that is known is that words occur.
    """

    __slots__ = ("_sentences", "mask", "patterns", "phrases", "reading", "said", "spans", "supposed")

    def __init__(self, reading: Reading, patterns: Mapping[int, Callable[[], list[Span]]]) -> None:
        self.reading = reading
        self.patterns = patterns
        self.said: dict[int, list[str]] = {}
        self.phrases: dict[int, list[Span]] = {}
        self.spans: dict[int, list[Span]] = {}
        self.mask = 0
        self.supposed = 0
        self._sentences: list[int] = []

    def has(self, number: int) -> bool:
        """Return whether a class may occur."""
        return bool(self.mask >> number & 1)

    def may_hold(self, needed: int, *, anywhere: bool) -> bool:
        """Return whether all needed classes may occur, in one sentence unless anywhere will do."""
        if self.mask & needed != needed:
            return False
        if anywhere:
            return True
        needed &= ~self.supposed
        for sentence in self._sentences:  # noqa: SIM110  # a generator costs more than all else here
            if sentence & needed == needed:
                return True
        return False

    def read(self, masks: Mapping[str, int]) -> None:
        """Note the classes of each sentence, given those of each word."""
        sentence = 0
        start = 0
        for end in [*self.reading.ends, len(self.reading.words)]:
            for word in self.reading.words[start:end]:
                sentence |= masks[word]
            self._sentences.append(sentence)
            self.mask |= sentence
            sentence, start = 0, end + 1
        if len(self._sentences) > PLACES:
            self._sentences = [self.mask]

    def add_phrase(self, group: int, mask: int, place: Span) -> None:
        """Note where a phrase of a group, which has the classes of a mask, stands."""
        places = self.phrases.setdefault(group, [])
        if len(places) < PLACES:
            places.append(place)
        self.mask |= mask
        at = bisect_left(self.reading.ends, place[0]) if len(self._sentences) > 1 else 0
        self._sentences[at] |= mask

    def suppose(self, mask: int) -> None:
        """Note classes that may occur."""
        self.supposed |= mask & ~self.mask
        self.mask |= mask

    def words(self, group: int) -> list[Span]:
        """Return the places of the words of a group."""
        places = self.reading.places
        return [(at, at + 1) for word in self.said[group] for at in places[word][:PLACES]]

"""Rules as they are compiled: what must occur, in classes of words and numbers of patterns."""

from dataclasses import dataclass
from typing import Literal

from buurtsein_moderation.guards import Words
from buurtsein_moderation.language import Language
from buurtsein_moderation.packs import CategoryRule, Guard, TypeRule
from buurtsein_moderation.proximity import Place, Together
from buurtsein_moderation.reading import Reading


@dataclass(frozen=True, slots=True)
class Condition:
    """What must occur: a word of a class, a pattern, or classes of words near each other."""

    words: int | None = None
    patterns: tuple[int, ...] = ()
    together: tuple[Together, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its conditions, in classes of words and numbers of patterns.

    It is `weighty` when what it finds is grave or urgent, so that it is looked for wherever its language may be.
    """

    rule: CategoryRule | TypeRule
    language: Literal[Language, "other", "any"]
    matches: Condition
    unless: Condition
    exempt: tuple[Guard, ...]
    words: Words
    weighty: bool

    def heard(self, place: Place, reading: Reading) -> bool:
        """Return whether a place is in a sentence of the rule's language."""
        return self.language in reading.spoken[self.weighty].within(reading.sentences(place.start, place.end))

    def partly(self, reading: Reading) -> bool:
        """Return whether only some sentences are in the language of the rule."""
        return self.language in reading.spoken[self.weighty].partly

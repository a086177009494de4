"""Rules as they are compiled: what must occur, in classes of words and numbers of patterns."""

from dataclasses import dataclass
from typing import Literal

from buurtsein_moderation.guards import Words
from buurtsein_moderation.packs import CategoryRule, Guard, TypeRule
from buurtsein_moderation.proximity import Together


@dataclass(frozen=True, slots=True)
class Condition:
    """What must occur: a word of a class, a pattern, or classes of words near each other."""

    words: int | None = None
    patterns: tuple[int, ...] = ()
    together: tuple[Together, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its conditions, in classes of words and numbers of patterns."""

    rule: CategoryRule | TypeRule
    language: Literal["nl", "en", "any"]
    matches: Condition
    unless: Condition
    exempt: tuple[Guard, ...]
    words: Words

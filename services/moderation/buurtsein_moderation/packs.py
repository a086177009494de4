"""What a rule pack may say: rules on what a message is (its type) and on what is wrong with it (a category)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from buurtsein_events.values import Category, Name, Severity, Short, SignalType, Verdict
from buurtsein_moderation.language import Language

Scope = Literal["clause", "sentence", "message"]
"""Within what words must be near each other; clauses end at commas, dashes and conjunctions."""

Guard = Literal["negated", "quoted", "reported", "questioned", "thing"]
"""Why words do not count: denied, quoted, told about others' words, asked, or aimed at a thing."""

NextStep = Literal["edit", "rephrase", "elsewhere", "wait", "call_police"]
"""What the author can do: edit and send again, say it differently, take it elsewhere, wait for a coordinator, call."""

_Line = Annotated[str, Field(min_length=1, max_length=500)]
_Version = Annotated[int, Field(ge=1)]


class Part(BaseModel):
    """A part of a pack; unknown fields are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Wording(Part):
    """One text in both languages, short enough to stand beside another in a message."""

    nl: _Line
    en: _Line


class Near(Part):
    """Words of every list within `within` words of one of the first list, in the same clause, sentence or message.

    `ordered` asks that each list's words come after those of the list before, `without` that none of these words stands
    between them.
    """

    words: Annotated[tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...], Field(min_length=2, max_length=6)]
    within: Annotated[int, Field(ge=1, le=50)] = 6
    ordered: bool = False
    scope: Scope = "sentence"
    without: tuple[str, ...] = ()


class Matches(Part):
    """What a rule looks for: any of its phrases, lemmas, RE2 patterns and words near each other.

    In phrases `*` stands for the rest of a word, `{list}` for one of the pack's lists, `word~` for all forms of a
    word, as in `lemmas`, and `word^` for the word or a slip of the keyboard; patterns know `{list}` too.
    """

    phrases: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()

    @property
    def empty(self) -> bool:
        """Return whether nothing is looked for."""
        return not (self.phrases or self.lemmas or self.patterns or self.near)


class Examples(Part):
    """Messages that the rule must and must not match; they run whenever the pack is loaded."""

    match: Annotated[tuple[str, ...], Field(min_length=1)]
    no_match: Annotated[tuple[str, ...], Field(alias="not", min_length=1)]


class Rule(Part):
    """What every rule has: an id unique in the installation, what it matches, what exempts and its examples.

    `unless` exempts the whole message, `exempt` the places where a guard holds.
    """

    id: Annotated[Short, Field(pattern=r"^[a-z][a-z0-9_.-]*$")]
    version: _Version
    matches: Matches
    unless: Matches = Matches()
    exempt: tuple[Guard, ...] = ()
    examples: Examples

    @model_validator(mode="after")
    def _looks_for_something(self) -> "Rule":
        if self.matches.empty:
            raise ValueError(f"{self.id} matches nothing: give phrases, lemmas, patterns or near")
        return self


class CategoryRule(Rule):
    """A rule on what is wrong with a message, what follows from it and what the author is told.

    Without a `message` it takes the pack's message of the category; `strike` says whether it counts against a member.
    """

    category: Category
    verdict: Literal["ask", "hold", "decline"]
    severity: Severity = "normal"
    strike: bool
    next_step: NextStep
    exempt: tuple[Guard, ...] = ("quoted", "reported")
    message: Wording | None = None
    shadow: bool = False

    @property
    def grave(self) -> bool:
        """Whether it takes more than friendly words elsewhere to excuse what it finds."""
        return self.strike or self.severity == "high"

    @property
    def weighty(self) -> bool:
        """Whether it is looked for wherever its language may be."""
        return self.grave


class TypeRule(Rule):
    """A rule on what a message reports, or on why it reports nothing (`none`): the heaviest decides.

    `tells_behaviour` says that what it matches is something that was done or happened, and no mere appearance.
    """

    type: SignalType
    weight: Annotated[int, Field(ge=1, le=9)] = 2
    tells_behaviour: bool = True

    @property
    def weighty(self) -> bool:
        """Whether it is looked for wherever its language may be."""
        return self.type == "urgent"


class Override(Part):
    """What a rule is where its pack applies: off, in shadow or no longer, or with another verdict or message."""

    rule: Short
    off: bool = False
    shadow: bool | None = None
    verdict: Literal["ask", "hold", "decline"] | None = None
    message: Wording | None = None

    @property
    def changes(self) -> dict[str, object]:
        """Return the fields of the rule that it changes."""
        fields = {"shadow": self.shadow, "verdict": self.verdict, "message": self.message}
        return {name: value for name, value in fields.items() if value is not None}

    @model_validator(mode="after")
    def _says_something(self) -> "Override":
        if self.off == bool(self.changes):
            raise ValueError(f"{self.rule}: an override is either `off: true` or gives shadow, verdict or message")
        return self


class Pack(Part):
    """The rules of one language (or of any other, or of any), their word lists and the messages of their categories.

    A pack takes over the lists and messages of those that it `extends`, and may say its own instead. Its rules and
    overrides apply in its `communities`, or everywhere without any.
    """

    id: Annotated[Short, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    version: _Version
    language: Literal[Language, "other", "any"]
    extends: tuple[Short, ...] = ()
    communities: tuple[Name, ...] = ()
    overrides: tuple[Override, ...] = ()
    lists: dict[str, tuple[str, ...]] = {}
    messages: dict[Category, Wording] = {}
    rules: tuple[CategoryRule, ...] = ()
    types: tuple[TypeRule, ...] = ()

    @property
    def all_rules(self) -> tuple[CategoryRule | TypeRule, ...]:
        """Return the rules on categories, then those on types."""
        return (*self.rules, *self.types)


STRICTEST: tuple[Verdict, ...] = ("hold", "ask", "decline", "publish")
"""Verdicts, the one that settles a message with several findings first: what a coordinator should see goes first."""

TYPES: tuple[SignalType, ...] = ("urgent", "suspicious", "nuisance", "idea", "none")
"""Types, the one that wins a tie first."""

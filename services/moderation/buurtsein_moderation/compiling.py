"""From packs to the engine: pure, and every mistake of every pack is reported at once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from buurtsein_moderation.conditions import CompiledRule, Condition
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.guards import ENDINGS, LISTS, Words
from buurtsein_moderation.inheritance import inherit
from buurtsein_moderation.lexicon import Lexicon
from buurtsein_moderation.packs import Matches, Near, Pack, Rule
from buurtsein_moderation.patterns import Alternatives, PatternError, pattern, phrase
from buurtsein_moderation.phrases import Classes, Dictionary, PhraseError
from buurtsein_moderation.proximity import Together
from buurtsein_moderation.scoping import scope_of
from buurtsein_moderation.spelling import forms
from buurtsein_moderation.text import normalise
from buurtsein_moderation.weights import Weights
from buurtsein_text.linear import Expression, ExpressionError, forget

Result = TypeVar("Result")


class PackError(Exception):
    """Packs that are refused; `problems` names every mistake with its rule."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def compile_packs(
    packs: Sequence[Pack],
    communities: Collection[str] = (),
    *,
    weights: Weights | None = None,
    examples: bool = True,
) -> Engine:
    """Return the packs as one engine whose `examples` hold; raises `PackError` with every mistake.

    `communities` are those that packs may name.
    """
    problems = _twice(packs)
    complete = inherit(packs, problems)
    known = {pack.id: pack for pack in (*packs, *complete)}
    scope = scope_of(list(known.values()), communities, problems)
    patterns = _Patterns()
    classes = Classes(lambda one: patterns.number(phrase(one, {})))
    rules = [rule for pack in complete for rule in _compile_pack(pack, patterns, classes, problems)]
    lexicon = Lexicon(classes.made, classes.names)
    try:
        engine = Engine(lexicon, patterns.expressions, rules, scope)
        if weights:
            engine.weigh_by(weights)
    except ExpressionError as error:
        raise PackError([*problems, f"all rules: {error}"]) from error
    forget()
    if examples:
        problems.extend(_failing_examples(engine, packs, {compiled.rule.id for compiled in rules}))
    if problems:
        raise PackError(problems)
    return engine


@dataclass(slots=True)
class _Patterns:
    """Every pattern once, numbered in order of appearance."""

    numbers: dict[str, int] = field(default_factory=dict)
    expressions: list[Expression] = field(default_factory=list)

    def number(self, expression: str) -> int:
        if expression not in self.numbers:
            self.expressions.append(Expression(expression.encode("ascii")))
            self.numbers[expression] = len(self.numbers)
        return self.numbers[expression]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the rules of one pack are compiled with, and the problems of the rule at hand."""

    dictionary: Dictionary
    patterns: _Patterns
    problems: list[str]
    lists: Alternatives

    def attempt(self, make: Callable[[], Result]) -> Result | None:
        """Return what `make` makes, or None with the problem noted."""
        try:
            return make()
        except (PatternError, PhraseError, ExpressionError) as error:
            self.problems.append(str(error))
        except UnicodeEncodeError as error:
            self.problems.append(f"the pattern {error.object!r} is not ASCII: rules match text without accents")
        return None


def _compile_pack(pack: Pack, patterns: _Patterns, classes: Classes, problems: list[str]) -> Iterator[CompiledRule]:
    try:
        dictionary = Dictionary(pack.lists, forms(pack.language), classes)
        dictionary.name_lists()
        words = _guard_words(dictionary)
    except (PatternError, PhraseError) as error:
        problems.append(f"{pack.id}: in its lists: {error}")
        return
    lists = Alternatives(pack.lists, forms(pack.language).inflected)
    for rule in pack.all_rules:
        scope = _Scope(dictionary, patterns, [], lists)
        matches, unless = _condition(rule.matches, scope), _condition(rule.unless, scope)
        scope.problems.extend(_unguarded(rule, words))
        problems.extend(f"{rule.id}: {problem}" for problem in scope.problems)
        if not scope.problems:
            yield CompiledRule(rule, pack.language, matches, unless, rule.exempt, words, rule.weighty)


def _guard_words(dictionary: Dictionary) -> Words:
    names = {name for lists in LISTS.values() for name in lists}
    found = {name: (dictionary.endings if name in ENDINGS else dictionary.listed)(name) for name in sorted(names)}
    return Words({name: number for name, number in found.items() if number is not None})


def _unguarded(rule: Rule, words: Words) -> Iterator[str]:
    for guard in rule.exempt if "exempt" in rule.model_fields_set else ():
        needed = LISTS[guard][:1]
        if needed and needed[0] not in words.classes and guard != "questioned":
            yield f"it is exempt when {guard}, and its pack has no list {needed[0]!r} to tell by"


def _condition(matches: Matches, scope: _Scope) -> Condition:
    said = [*matches.phrases, *(f"{lemma}~" for lemma in matches.lemmas)]
    words = _words(said, scope) if said else None
    groups = [scope.attempt(partial(_together, near, scope)) for near in matches.near]
    numbers = [scope.attempt(partial(_number, one, scope)) for one in matches.patterns]
    return Condition(
        words=words,
        patterns=tuple(number for number in numbers if number is not None),
        together=tuple(group for group in groups if group is not None),
    )


def _words(said: Sequence[str], scope: _Scope) -> int | None:
    """Return the class of the phrases, or None with the problem of each that has one."""
    try:
        return scope.dictionary.phrases(said)
    except (PatternError, PhraseError):
        for one in said:
            scope.attempt(partial(scope.dictionary.phrases, [one]))
        return None


def _together(near: Near, scope: _Scope) -> Together:
    return Together(
        classes=tuple(scope.dictionary.phrases(words) for words in near.words),
        within=near.within,
        ordered=near.ordered,
        scope=near.scope,
        without=scope.dictionary.phrases(near.without) if near.without else None,
    )


def _number(one: str, scope: _Scope) -> int:
    return scope.patterns.number(pattern(one, scope.lists))


def _twice(packs: Sequence[Pack]) -> list[str]:
    counted = Counter(rule.id for pack in packs for rule in pack.all_rules)
    named = Counter(pack.id for pack in packs)
    return [
        *(f"{pack}: {times} packs have this id" for pack, times in named.items() if times > 1),
        *(f"{rule}: the id is used {times} times" for rule, times in counted.items() if times > 1),
    ]


def _failing_examples(engine: Engine, packs: Iterable[Pack], compiled: set[str]) -> Iterator[str]:
    for pack in packs:
        language = None if pack.language == "any" else pack.language
        for rule in pack.all_rules:
            if rule.id in compiled:
                yield from _failing(engine, rule, language)


def _failing(engine: Engine, rule: Rule, language: str | None) -> Iterator[str]:
    for example in rule.examples.match:
        if rule.id not in _ids(engine, example, language):
            yield f"{rule.id}: it must match {example!r} and does not"
    for example in rule.examples.no_match:
        if rule.id in _ids(engine, example, language):
            yield f"{rule.id}: it must not match {example!r} and does"


def _ids(engine: Engine, example: str, language: str | None) -> set[str]:
    matched = engine.match(normalise(example), language)
    return {found.rule.id for found in matched.findings} | {rule.id for rule in matched.types}

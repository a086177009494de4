"""From packs to the engine: pure, and every mistake of every pack is reported at once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from buurtsein_moderation.engine import CompiledRule, Condition, Engine, Together
from buurtsein_moderation.inheritance import inherit
from buurtsein_moderation.linear import Expression, ExpressionError
from buurtsein_moderation.packs import Matches, Near, Pack, Rule
from buurtsein_moderation.patterns import PatternError, any_of, expand_lists, pattern
from buurtsein_moderation.scoping import scope_of
from buurtsein_moderation.text import normalise


class PackError(Exception):
    """Packs that are refused; `problems` names every mistake with its rule."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def compile_packs(packs: Sequence[Pack], communities: Collection[str] = ()) -> Engine:
    """Return the packs as one engine whose examples hold; raises `PackError` with every mistake.

    `communities` are those that packs may name.
    """
    problems = _twice(packs)
    atoms = _Atoms()
    rules: list[CompiledRule] = []
    complete = inherit(packs, problems)
    scope = scope_of(complete, communities, problems)
    for pack in complete:
        rules.extend(_compile_pack(pack, atoms, problems))
    try:
        engine = Engine(tuple(atoms.expressions), tuple(rules), scope)
    except ExpressionError as error:
        raise PackError([*problems, f"all rules: {error}"]) from error
    problems.extend(_failing_examples(engine, packs, {compiled.rule.id for compiled in rules}))
    if problems:
        raise PackError(problems)
    return engine


@dataclass(slots=True)
class _Atoms:
    """Every expression once, numbered in order of appearance."""

    numbers: dict[str, int] = field(default_factory=dict)
    expressions: list[Expression] = field(default_factory=list)

    def number(self, expression: str) -> int:
        if expression not in self.numbers:
            self.expressions.append(Expression(expression.encode("ascii")))
            self.numbers[expression] = len(self.numbers)
        return self.numbers[expression]


def _compile_pack(pack: Pack, atoms: _Atoms, problems: list[str]) -> Iterator[CompiledRule]:
    try:
        lists = expand_lists(pack.lists)
    except PatternError as error:
        problems.append(f"{pack.id}: in its lists: {error}")
        return
    for rule in pack.all_rules:
        wrong: list[str] = []
        matches = _condition(rule.matches, lists, atoms, wrong)
        unless = _condition(rule.unless, lists, atoms, wrong)
        problems.extend(f"{rule.id}: {problem}" for problem in wrong)
        if not wrong:
            yield CompiledRule(rule=rule, language=pack.language, matches=matches, unless=unless)


def _condition(matches: Matches, lists: dict[str, str], atoms: _Atoms, problems: list[str]) -> Condition:
    wanted = [partial(pattern, one, lists) for one in matches.patterns]
    wanted += [partial(any_of, matches.phrases, lists)] if matches.phrases else []
    found = (_number(expression, atoms, problems) for expression in wanted)
    groups = (_together(near, lists, atoms, problems) for near in matches.near)
    return Condition(
        atoms=tuple(number for number in found if number is not None),
        together=tuple(group for group in groups if group is not None),
    )


def _together(near: Near, lists: dict[str, str], atoms: _Atoms, problems: list[str]) -> Together | None:
    numbers = [_number(partial(any_of, words, lists), atoms, problems) for words in near.words]
    known = tuple(number for number in numbers if number is not None)
    if len(known) < len(numbers):
        return None
    return Together(atoms=known, within=near.within, ordered=near.ordered, across=near.across)


def _number(expression: Callable[[], str], atoms: _Atoms, problems: list[str]) -> int | None:
    try:
        return atoms.number(expression())
    except (PatternError, ExpressionError) as error:
        problems.append(str(error))
    except UnicodeEncodeError as error:
        problems.append(f"the pattern {error.object!r} is not ASCII: rules match text without accents")
    return None


def _twice(packs: Iterable[Pack]) -> list[str]:
    counted = Counter(rule.id for pack in packs for rule in pack.all_rules)
    return [f"{rule}: the id is used {times} times" for rule, times in counted.items() if times > 1]


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

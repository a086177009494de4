"""The whole assessment of one text: normalise, match, find the type, settle the verdict, redact. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from typing import Final

from buurtsein_events.communities import UNASSIGNED
from buurtsein_events.values import SEVERITIES, Category, Redaction, ReportType, SignalType, Verdict
from buurtsein_moderation.engine import Engine, Found, Matched
from buurtsein_moderation.kinds import Kind, by_evidence, by_weight, kind_of
from buurtsein_moderation.packs import STRICTEST, CategoryRule, TypeRule
from buurtsein_moderation.reading import AROUND
from buurtsein_moderation.scoping import Scope
from buurtsein_moderation.text import normalise
from buurtsein_moderation.weighing import Scales, Weighed
from buurtsein_moderation.weights import WEIGHED
from buurtsein_text import redaction
from buurtsein_text.linear import Span

_LONG: Final = 4 * AROUND
"""From how many words on a message is long, so that what weighs in one sentence is lost among the others."""

_LOOKED_AT: Final = 4
"""How many parts of a long message are looked at by themselves."""

_RATHER: Final = 0.5
"""The share from which the words around a grave place are rather well than not."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found in a text; `deciding` settled the verdict, `public_text` is what neighbours may read.

    `pressing` tells that it is urgent, or may well be; `told` is the text as rules match it.
    """

    kind: Kind
    pressing: bool
    types: tuple[TypeRule, ...]
    verdict: Verdict
    findings: tuple[Found, ...]
    deciding: Found | None
    redactions: tuple[Redaction, ...]
    public_text: str
    told: bytes

    @property
    def in_doubt(self) -> bool:
        """Whether no rule settled the verdict, only what all words weigh."""
        return self.deciding is not None and self.deciding.rule.id.startswith(WEIGHED)


def assess(
    text: str,
    engine: Engine,
    *,
    beside: str = "",
    stated: ReportType | None = None,
    happening_now: bool | None = None,
    language: str | None = None,
    community: str = UNASSIGNED,
) -> Assessment:
    """Return the assessment of `text` by the rules that hold in `community`, in time linear in its length.

    What is said `beside` it is read as what comes behind it, and is not part of what neighbours read.
    """
    message = normalise(text + beside)
    matched = in_community(engine.match(message, language), engine.scope, community)
    by_rules = by_weight(matched.types, matched.applied)
    scales = engine.scales if matched.scan.reading.says_something and not matched.foreign else None
    weighed = matched.weighed(scales) if scales else None
    kind = kind_of(by_evidence(by_rules, weighed.types) if weighed else by_rules, stated, happening_now)
    surroundings = Surroundings(matched, engine, language)
    findings = relevant((*matched.findings, *surroundings.inexcusable()), kind.type, by_rules.type)
    if scales and weighed:
        findings = doubted(surroundings, findings, weighed, scales)
        if kind.type != "urgent":
            named = {found.rule.category for found in findings if not found.rule.shadow}
            here = partial(engine.scope.category_rule, community=community)
            findings = (*findings, *weighed_alone(surroundings, named, weighed, scales, here))
    deciding = deciding_of(findings)
    pressing = kind.type == "urgent" or (not stated and _may_be_urgent(weighed, scales))
    redactions = redaction.find(message.folded[: len(text)])
    return Assessment(
        kind=kind,
        pressing=pressing,
        types=matched.types,
        verdict=verdict_of(deciding, pressing=pressing),
        findings=findings,
        deciding=deciding,
        redactions=redactions,
        public_text=redaction.apply(text, redactions),
        told=(normalise(text) if beside else message).text,
    )


def in_community(matched: Matched, scope: Scope, community: str) -> Matched:
    """Return what matched as it holds in a community."""
    if not scope.changes(community):
        return matched

    def held(findings: Iterable[Found]) -> tuple[Found, ...]:
        rules = ((found, scope.category_rule(found.rule, community)) for found in findings)
        return tuple(replace(found, rule=rule) for found, rule in rules if rule)

    return Matched(
        findings=held(matched.findings),
        types=tuple(rule for rule in matched.types if scope.holds(rule, community)),
        scan=matched.scan,
        excused=held(matched.excused),
        foreign=matched.foreign,
    )


class Surroundings:
    """The words of a sentence around a place, read as if they were all: other sentences excuse nothing grave."""

    def __init__(self, matched: Matched, engine: Engine, language: str | None) -> None:
        self.matched = matched
        self._match = cache(partial(self._alone, engine, language))

    def inexcusable(self) -> Iterator[Found]:
        """Yield the first place of each grave rule that nothing near it, in its sentence, excuses."""
        seen: set[str] = set()
        for found in self.matched.excused:
            rule = found.rule.id
            if rule not in seen and rule in {one.rule.id for one in self._near(found).findings}:
                seen.add(rule)
                yield found

    def share(self, found: Found, scales: Scales) -> float:
        """Return the share with which the words around a place, in its sentence, are well.

        In a long message what is said of a group must be so in its clause: commas may make one sentence of many.
        """
        near = _ok(self._near(found), scales)
        reading = self.matched.scan.reading
        if len(reading.words) <= _LONG or found.rule.category != "stigmatising":
            return near
        return min(near, _ok(self._match(reading.original(*reading.clause(*found.place))), scales))

    def lost(self, scales: Scales) -> Iterator[tuple[Span, Category]]:
        """Yield the parts of a long message that would be held if they were all, with what is wrong with them."""
        scan = self.matched.scan
        if len(scan.reading.words) <= _LONG:
            return
        for part in islice(scales.doubtful(scan), _LOOKED_AT):
            weighed = self._match(scan.reading.original(*part)).weighed(scales)
            if weighed and weighed.ok < scales.weights.hold_part_below.get(weighed.category, 0.0):
                yield part, weighed.category

    def _near(self, found: Found) -> Matched:
        return self._match(self.matched.scan.reading.around(*found.place))

    def _alone(self, engine: Engine, language: str | None, span: Span) -> Matched:
        start, end = span
        return engine.match(normalise(self.matched.scan.reading.message.written[start:end]), language)


def relevant(findings: tuple[Found, ...], kind: SignalType, by_rules: SignalType) -> tuple[Found, ...]:
    """Return the findings that count: what is graver goes before chat, and who reports something may be chatty, too.

    An irrelevant subject (a rule that is not of low severity) stays irrelevant where the text also names a nuisance,
    and what a coordinator should look at is looked at in any case.
    """
    graver = kind == "urgent" or any(found.rule.category != "irrelevant" for found in findings)
    return tuple(
        found
        for found in findings
        if found.rule.category != "irrelevant"
        or found.rule.verdict == "hold"
        or not (graver or (by_rules != "none" and (by_rules == "suspicious" or found.rule.severity == "low")))
    )


def doubted(around: Surroundings, findings: tuple[Found, ...], weighed: Weighed, scales: Scales) -> tuple[Found, ...]:
    """Return the findings after weighing: what is clearly well keeps at most grave ones.

    What counts as a strike or is of high severity takes more to be outweighed, and friendly words around it are not
    enough: its sentence must be well, too.
    """
    if weighed.ok < scales.weights.pass_from:
        return findings
    return tuple(
        found if found.rule.grave and not _cleared(found, around, weighed, scales) else _outweighed(found)
        for found in findings
    )


def weighed_alone(
    around: Surroundings,
    named: set[Category],
    weighed: Weighed,
    scales: Scales,
    here: Callable[[CategoryRule], CategoryRule | None],
) -> Iterator[Found]:
    """Yield what only weighing finds, besides what rules `named`: as its rules are `here`, up to one that applies."""
    scan, known = around.matched.scan, set(named)
    for part, category in _in_doubt(around, weighed, scales, parts=not named):
        rule = here(scales.weights.rules[category])
        if rule and category not in known:
            known.add(category)
            word = scales.strongest(scan, category, part)
            yield Found(rule, *scan.reading.original(word, word + 1), (word, word + 1))
            if not rule.shadow:
                return


def _in_doubt(
    around: Surroundings, weighed: Weighed, scales: Scales, *, parts: bool
) -> Iterator[tuple[Span, Category]]:
    """Yield what is held for what it weighs: all of a message, then `parts` of a long one."""
    if weighed.ok < scales.weights.hold_below.get(weighed.category, 0.0):
        yield (0, len(around.matched.scan.reading.words)), weighed.category
    if parts:
        yield from around.lost(scales)


def _ok(alone: Matched, scales: Scales) -> float:
    weighed = alone.weighed(scales)
    return weighed.ok if weighed else 0.0


def _cleared(found: Found, around: Surroundings, weighed: Weighed, scales: Scales) -> bool:
    return weighed.ok >= scales.weights.clear_from and around.share(found, scales) >= _RATHER


def _outweighed(found: Found) -> Found:
    return replace(found, rule=found.rule.model_copy(update={"shadow": True}))


def deciding_of(findings: Iterable[Found]) -> Found | None:
    """Return the finding that settles the verdict: the strictest verdict, then the severest rule, then the first.

    What is only weighed settles it where no rule does.
    """
    applied = [found for found in findings if not found.rule.shadow]
    return min(applied, key=lambda found: _rank(found.rule), default=None)


def _rank(rule: CategoryRule) -> tuple[bool, int, int]:
    return rule.id.startswith(WEIGHED), STRICTEST.index(rule.verdict), SEVERITIES.index(rule.severity)


def verdict_of(deciding: Found | None, *, pressing: bool) -> Verdict:
    """Return the verdict; a report that may be urgent is never sent back or declined, a coordinator looks at it."""
    if deciding is None:
        return "publish"
    return "hold" if pressing else deciding.rule.verdict


def _may_be_urgent(weighed: Weighed | None, scales: Scales | None) -> bool:
    return weighed is not None and scales is not None and weighed.types.get("urgent", 0.0) >= scales.weights.urgent_from

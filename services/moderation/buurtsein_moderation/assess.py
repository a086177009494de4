"""The whole assessment of one text: normalise, match, find the type, settle the verdict, redact. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from buurtsein_events.communities import UNASSIGNED
from buurtsein_events.values import SEVERITIES, Redaction, ReportType, SignalType, Verdict
from buurtsein_moderation import redaction
from buurtsein_moderation.engine import Engine, Found, Matched
from buurtsein_moderation.kinds import Kind, by_evidence, by_weight, kind_of
from buurtsein_moderation.packs import STRICTEST, CategoryRule, TypeRule
from buurtsein_moderation.scanning import Scan
from buurtsein_moderation.scoping import Scope
from buurtsein_moderation.text import normalise
from buurtsein_moderation.weighing import Scales, Weighed


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found in a text; `deciding` settled the verdict, `public_text` is what neighbours may read."""

    kind: Kind
    types: tuple[TypeRule, ...]
    verdict: Verdict
    findings: tuple[Found, ...]
    deciding: Found | None
    redactions: tuple[Redaction, ...]
    public_text: str


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
    applied = [found.rule for found in matched.findings if not found.rule.shadow]
    by_rules = by_weight(matched.types, applied)
    weighed = engine.scales.weigh(matched.scan, applied, matched.types) if engine.scales else None
    kind = kind_of(by_evidence(by_rules, weighed.type) if weighed else by_rules, stated, happening_now)
    findings = relevant(matched.findings, kind.type, by_rules.type)
    if engine.scales and weighed:
        findings = doubted(findings, weighed, engine.scales, matched.scan, kind.type)
    deciding = deciding_of(findings)
    redactions = redaction.find(message.folded[: len(text)])
    return Assessment(
        kind=kind,
        types=matched.types,
        verdict=verdict_of(deciding, kind.type),
        findings=findings,
        deciding=deciding,
        redactions=redactions,
        public_text=redaction.apply(text, redactions),
    )


def in_community(matched: Matched, scope: Scope, community: str) -> Matched:
    """Return what matched as it holds in a community."""
    rules = ((found, scope.category_rule(found.rule, community)) for found in matched.findings)
    return Matched(
        findings=tuple(replace(found, rule=rule) for found, rule in rules if rule),
        types=tuple(rule for rule in matched.types if scope.holds(rule, community)),
        scan=matched.scan,
    )


def relevant(findings: tuple[Found, ...], kind: SignalType, by_rules: SignalType) -> tuple[Found, ...]:
    """Return the findings that count: what is graver goes before chat, and who reports something may be chatty, too.

    An irrelevant subject (a rule that is not of low severity) stays irrelevant where the text also names a nuisance.
    """
    graver = kind == "urgent" or any(found.rule.category != "irrelevant" for found in findings)
    return tuple(
        found
        for found in findings
        if found.rule.category != "irrelevant"
        or not (graver or (by_rules != "none" and (by_rules == "suspicious" or found.rule.severity == "low")))
    )


def doubted(
    findings: tuple[Found, ...], weighed: Weighed, scales: Scales, scan: Scan, kind: SignalType
) -> tuple[Found, ...]:
    """Return the findings after weighing: a message that is clearly well keeps only grave ones, one in doubt is held.

    What counts as a strike or is of high severity is not outweighed by the words around it, and what is urgent is not
    held for words alone.
    """
    weights = scales.weights
    if weighed.ok >= weights.pass_from:
        return tuple(found if _is_grave(found.rule) else _outweighed(found) for found in findings)
    if kind == "urgent" or weighed.ok >= weights.hold_below.get(weighed.category, 0.0) or deciding_of(findings):
        return findings
    word = scales.strongest(scan, weighed.category)
    return (*findings, Found(weights.rules[weighed.category], *scan.reading.original(word, word + 1)))


def _is_grave(rule: CategoryRule) -> bool:
    return rule.strike or rule.severity == "high"


def _outweighed(found: Found) -> Found:
    return replace(found, rule=found.rule.model_copy(update={"shadow": True}))


def deciding_of(findings: Iterable[Found]) -> Found | None:
    """Return the finding that settles the verdict: the strictest verdict, then the severest rule, then the first."""
    applied = [found for found in findings if not found.rule.shadow]
    return min(
        applied, key=lambda one: (STRICTEST.index(one.rule.verdict), SEVERITIES.index(one.rule.severity)), default=None
    )


def verdict_of(deciding: Found | None, kind: SignalType) -> Verdict:
    """Return the verdict; an urgent report is never sent back or declined, a coordinator looks at it instead."""
    if deciding is None:
        return "publish"
    return "hold" if kind == "urgent" else deciding.rule.verdict

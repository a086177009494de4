"""Says in words what moderation makes of a text: the verdict, the type, every finding, and what is hidden. Pure."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from buurtsein_events.values import Redaction
from buurtsein_moderation.assess import Assessment
from buurtsein_moderation.completeness import Checked
from buurtsein_moderation.engine import Found
from buurtsein_moderation.kinds import Kind
from buurtsein_moderation.language import Language

Line = tuple[str, Text]
"""What a line is about, and what it says."""

_REASONS: Final = {
    "stated": "as the reporter says",
    "weighed": "as its words and rules together weigh",
    "happening_now": "since it happens now",
    "no_rule": "no rule on types matches",
}
_SHORT: Final = 60


def explained(text: str, assessment: Assessment, checked: Checked, language: Language) -> Iterator[Line]:
    """Yield the explanation; what matched is underlined, and authors are told things in `language`."""
    yield "verdict", Text("ask: the report says too little" if checked.question else _verdict(assessment))
    yield "type", Text(_type(assessment.kind))
    yield "text", _underlined(text, assessment.findings)
    for found in assessment.findings:
        yield "found", Text(_finding(text, found))
        yield from _told(found, language)
    if checked.question:
        yield "  author reads", Text(getattr(checked.question, language))
    for redaction in assessment.redactions:
        yield "hidden", Text(_redaction(text, redaction))
    yield "neighbours read", Text(one_for_one(assessment.public_text))


def one_for_one(text: str) -> str:
    """Return `text` with a sign for each character that a terminal would act on or not show; places stay the same."""
    return "".join(each if each.isprintable() or each == "\n" else "�" for each in text)


def _verdict(assessment: Assessment) -> str:
    if assessment.deciding is None:
        return "publish: no rule in force matches"
    rule = assessment.deciding.rule
    urgent = "" if rule.verdict == assessment.verdict else f" (it says {rule.verdict}, but the report is urgent)"
    return f"{assessment.verdict}: {rule.id}{urgent}"


def _type(kind: Kind) -> str:
    weight = f", weight {kind.weight}" if kind.weight else ""
    return f"{kind.type}: {_REASONS.get(kind.reason, kind.reason)}{weight}"


def _underlined(text: str, findings: tuple[Found, ...]) -> Text:
    shown = Text(one_for_one(text))
    for found in findings:
        shown.stylize("underline" if found.rule.shadow else "bold underline", found.start, found.end)
    return shown


def _finding(text: str, found: Found) -> str:
    rule = found.rule
    parts = [
        f"{rule.id} version {rule.version}: {rule.category}, {rule.verdict}, severity {rule.severity}",
        "in shadow: counted, not applied" if rule.shadow else "",
        "a strike" if rule.strike else "no strike",
        f"{_quoted(text, found.start, found.end)} at {found.start}–{found.end}",
    ]
    return ", ".join(part for part in parts if part)


def _told(found: Found, language: Language) -> Iterator[Line]:
    if found.rule.shadow or found.rule.message is None:
        return
    yield "  author reads", Text(getattr(found.rule.message, language))
    yield "  next step", Text(found.rule.next_step)


def _redaction(text: str, redaction: Redaction) -> str:
    return f"{redaction.kind}: {_quoted(text, redaction.start, redaction.end)} at {redaction.start}–{redaction.end}"


def _quoted(text: str, start: int, end: int) -> str:
    part = " ".join(one_for_one(text[start:end]).split())
    return f"“{part if len(part) <= _SHORT else part[: _SHORT - 1] + '…'}”"

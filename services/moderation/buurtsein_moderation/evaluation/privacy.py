"""Figures on what neighbours do not see: private parts hidden, and what was hidden for nothing. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from buurtsein_events.values import Redaction
from buurtsein_moderation.evaluation.labelled import LabelledMessage
from buurtsein_moderation.evaluation.ratios import Share


@dataclass(frozen=True, slots=True)
class PrivacyFigures:
    """Private parts with every letter and digit hidden wherever they stand, and what was hidden for nothing.

    `altered` are messages without anything private that were changed, `needless` the hidden characters that are not
    private, of all that are hidden.
    """

    hidden: Share
    altered: Share
    needless: Share


def privacy_figures(pairs: Iterable[tuple[LabelledMessage, tuple[Redaction, ...]]]) -> PrivacyFigures:
    """Return the figures on messages with what was hidden of each."""
    seen = [_Seen(message, _covered(redactions)) for message, redactions in pairs]
    parts = [part for each in seen for part in each.parts_hidden()]
    clean = [bool(each.hidden) for each in seen if not each.message.privacy]
    return PrivacyFigures(
        hidden=Share(sum(parts), len(parts)),
        altered=Share(sum(clean), len(clean)),
        needless=Share(sum(len(each.hidden - each.private) for each in seen), sum(len(each.hidden) for each in seen)),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    message: LabelledMessage
    hidden: frozenset[int]

    @property
    def private(self) -> frozenset[int]:
        return frozenset(at for part in self.message.privacy for at in _places(self.message.text, part))

    def parts_hidden(self) -> Iterator[bool]:
        text = self.message.text
        for part in self.message.privacy:
            yield all(at in self.hidden for at in _places(text, part) if text[at].isalnum())


def _covered(redactions: Iterable[Redaction]) -> frozenset[int]:
    return frozenset(at for redaction in redactions for at in range(redaction.start, redaction.end))


def _places(text: str, part: str) -> Iterator[int]:
    """Yield the characters of `part` wherever it stands alone in `text`, or anywhere when it never does."""
    starts = list(_starts(text, part))
    alone = [at for at in starts if _stands_alone(text, at, at + len(part))]
    for at in alone or starts:
        yield from range(at, at + len(part))


def _starts(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (text[:start][-1:].isalnum() and text[start].isalnum()) and not (
        text[end : end + 1].isalnum() and text[end - 1].isalnum()
    )

"""What a coordinator hides from neighbours besides what the rules hid already. Pure."""

from collections.abc import Iterable

from buurtsein_events.values import Redaction
from buurtsein_text.redaction import LIMIT, apply, bounded


def public_text(text: str, redactions: tuple[Redaction, ...]) -> str:
    """Return what neighbours read of a text."""
    return bounded(apply(text, redactions))


def merged(text: str, *redactions: Redaction) -> tuple[Redaction, ...]:
    """Return the redactions within a text in order, as one where they overlap; the last of too many covers the rest."""
    found: list[Redaction] = []
    for each in sorted(_within(text, redactions), key=lambda one: (one.start, -one.end)):
        if found and each.start < found[-1].end:
            found[-1] = found[-1].model_copy(update={"end": max(found[-1].end, each.end)})
        else:
            found.append(each)
    if len(found) > LIMIT:
        return (*found[: LIMIT - 1], found[LIMIT - 1].model_copy(update={"end": len(text)}))
    return tuple(found)


def _within(text: str, redactions: Iterable[Redaction]) -> Iterable[Redaction]:
    return (each for each in redactions if 0 <= each.start < each.end <= len(text))

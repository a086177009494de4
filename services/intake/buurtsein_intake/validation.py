"""From the bytes of a body to a checked request, or to a problem that names each field and its cure; pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from pydantic_core import ErrorDetails

from buurtsein_events.communities import UNASSIGNED
from buurtsein_intake.shapes import OutcomeIn, ReportIn
from buurtsein_runtime import bodies, problems
from buurtsein_runtime.bodies import Model
from buurtsein_runtime.cures import Cures
from buurtsein_runtime.problems import FieldError, Refused

_NAMES_SHOWN: Final = 10
_NO_PHOTO: Final = "is no photo that is kept here (any more); send it to POST /v1/photos and use what that answers"


def parse(raw: bytes, model: type[Model]) -> Model:
    """Return the body as `model`; raises `Refused` with 400 when it is no JSON, with 422 when it is another shape."""
    return bodies.parse(raw, model, cures=_CURES)


class Known(NamedTuple):
    """The names that a request may use, and the `latest` time that it may tell of (any, when nothing)."""

    communities: frozenset[str]
    networks: tuple[str, ...]
    latest: datetime | None


def check_report(report: ReportIn, known: Known, photos: Sequence[bool] = ()) -> None:
    """Raise `Refused` when the report names an unknown community or photo, or a time that has yet to come.

    `photos` tells of each of its photos whether it is kept.
    """
    errors = future(report.occurred_at, known, "#/occurred_at")
    if report.community is not None and _unknown(report.community, known):
        errors += (FieldError("#/community", f"{_unknown_community(known)}, or leave it out: the place decides"),)
    errors += _gone(photos, "#")
    if errors:
        raise Refused(problems.invalid(errors))


def check_photos(photos: Sequence[bool], at: str) -> None:
    """Raise `Refused` unless each photo of a report, whose place in the body is `at`, is kept."""
    if errors := _gone(photos, at):
        raise Refused(problems.invalid(errors))


def _gone(photos: Sequence[bool], at: str) -> tuple[FieldError, ...]:
    return tuple(FieldError(f"{at}/photos/{n}", _NO_PHOTO) for n, kept in enumerate(photos) if not kept)


def check_outcome(outcome: OutcomeIn, known: Known) -> None:
    """Raise `Refused` when the outcome names an unknown community or network or a time that has yet to come."""
    errors = future(outcome.at, known, "#/at")
    if _unknown(outcome.community, known):
        errors += (FieldError("#/community", _unknown_community(known)),)
    if outcome.network not in known.networks:
        errors += (FieldError("#/network", f"is not a network here; use one of {_listed(known.networks)}"),)
    if errors:
        raise Refused(problems.invalid(errors))


def _unknown(community: str, known: Known) -> bool:
    return community not in known.communities and community != UNASSIGNED


def _unknown_community(known: Known) -> str:
    return f"is not known here; use one of {_listed(tuple(sorted(known.communities)))}"


def future(at: datetime | None, known: Known, where: str) -> tuple[FieldError, ...]:
    """Return the mistake, at this pointer, of telling of a time that has yet to come, or none."""
    if at is None or known.latest is None or at <= known.latest:
        return ()
    latest = known.latest.isoformat(timespec="minutes")
    return (FieldError(where, f"has yet to come; {latest} is the latest that is taken now"),)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")


def _unwanted(error: ErrorDetails) -> str:
    value = str(error["input"])
    place = error["loc"][-1]
    if "photos" in error["loc"]:
        return _NO_PHOTO
    if place == "receipt_code":
        return "must be the 16 digits of a receipt"
    if place in {"edit_of", "reference", "signal_id"}:
        return "must be an id as intake gave it, such as 0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11"
    if place in {"community", "network"}:
        return "may have letters, digits and . / : @ + - _ only; use the id, not the display name"
    if place == "text" and not any(c.isprintable() and not c.isspace() for c in value):
        return "is blank; say in words what you saw"
    return "has control characters (such as NUL) or an override of the writing direction; remove them"


_CURES: Final[Cures] = {"string_pattern_mismatch": _unwanted}

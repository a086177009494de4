"""Signalen v1's public attachments: a photo is added to a signal by whoever posted that, while it is new.

Source: Signalen backend, `POST /signals/v1/public/signals/{uuid}/attachments`, PublicSignalAttachmentSerializer. Its
errors are those of Django REST framework; of a file they stand at `file`, with status 400.
"""

from dataclasses import replace
from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from python_multipart.multipart import parse_options_header

from buurtsein_events.results import Later
from buurtsein_intake import access
from buurtsein_intake.channels.conversation import PHOTOS
from buurtsein_intake.channels.signalen import moment, number_of
from buurtsein_intake.channels.signalen_body import as_json, invalid, shape
from buurtsein_intake.channels.signalen_categories import BASE
from buurtsein_intake.channels.signalen_desk import SignalenDesk
from buurtsein_intake.photos.picture import PIXELS
from buurtsein_intake.photos.upload import FIELD, MISSING, PHOTO_LIMIT, not_a_form
from buurtsein_intake.shapes import is_reference
from buurtsein_runtime import problems
from buurtsein_runtime.problems import FieldError, Problem, Refused

_JSON: Final = "application/json"
_FORM: Final = "multipart/form-data"
_NO_FILE: Final = "No file was submitted."
_SAID: Final = {
    "invalid": "Submit one file at a time.",
    "too-large": f"File size is more than the allowed size {PHOTO_LIMIT} (or {PIXELS // 1_000_000} million pixels)!",
    "not-a-photo": "Upload a valid image (JPEG, PNG or WebP). The file you uploaded was either not an image or a "
    "corrupted image.",
}
_FULL: Final = invalid([FieldError(FIELD, f"A signal has at most {PHOTOS} attachments.")]).problem
_CLOSED: Final = Problem(
    400, "closed", "The signal takes no photos any more", "Public uploads not allowed in current signal state."
)
UNKNOWN: Final = Problem(404, "not-found", "There is no such signal", "Not found.")


async def post_attachment(parts: SignalenDesk, request: Request) -> Response:
    """Answer a request that adds a photo to a signal, also when it is refused or can't be kept now."""
    access.note(request.scope, channel="signalen")
    try:
        await parts.spend(request)
        content = await _attached(parts, str(request.path_params["signal_id"]).lower(), request)
    except Refused as refused:
        return _refusal(refused.problem)
    except Later as later:
        return _refusal(problems.unavailable(str(later)))
    return Response(as_json(content), HTTPStatus.CREATED, media_type=_JSON)


async def _attached(parts: SignalenDesk, reference: str, request: Request) -> dict[str, object]:
    await _check_open(parts, reference)
    photo = await parts.upload(_form(request))
    room = await parts.illustrations.add(reference, photo)
    if room != "open":
        raise Refused(_FULL if room == "full" else _CLOSED)
    return {
        "_display": f"Attachment object ({number_of(photo)})",
        "_links": {"self": {"href": f"{parts.public_url}{BASE}/signals/{reference}/attachments"}},
        "location": f"{parts.public_url}/v1/photos/{photo}",
        "is_image": True,
        "created_at": moment(parts.clock.now()),
    }


async def _check_open(parts: SignalenDesk, reference: str) -> None:
    if not is_reference(reference):
        raise Refused(UNKNOWN)
    if await parts.illustrations.room(reference) == "closed":
        raise Refused(_CLOSED if await parts.statuses.read(reference) else UNKNOWN)


def _form(request: Request) -> Request:
    kind = request.headers.get("content-type", "")
    media_type, options = parse_options_header(kind)
    if media_type != _FORM.encode():
        problem = problems.unsupported_media_type(kind, (_FORM,))
        raise Refused(replace(problem, detail=f'Unsupported media type "{kind[:100]}" in request.'))
    if not options.get(b"boundary"):
        raise Refused(not_a_form("Name the boundary in Content-Type."))
    return request


def _refusal(problem: Problem) -> Response:
    told = problem if problem in (_FULL, _CLOSED) else _as_signalen(problem)
    # What is wrong with the whole is a list there.
    content = [told.detail] if told is _CLOSED else shape(told)
    return Response(as_json(content), told.status, dict(told.headers), _JSON)


def _as_signalen(problem: Problem) -> Problem:
    """Return what is wrong with a file as Signalen tells it."""
    if problem.name == "not-a-form":
        return replace(problem, detail=f"Multipart form parse error - {problem.detail}")
    said = _NO_FILE if MISSING in problem.errors else _SAID.get(problem.name)
    return replace(invalid([FieldError(FIELD, said)]).problem, headers=problem.headers) if said else problem

"""The endpoints of photos: anyone with a key or the page sends them, networks see them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from fastapi import FastAPI, Request, Response

from buurtsein_intake import access
from buurtsein_intake.clients import Client
from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.http import Intake
from buurtsein_intake.photos.docs import LINK_DOCS, PHOTO_DOCS, SHOW_DOCS, WEB_PHOTO_DOCS, PhotoLink, PhotoReceipt
from buurtsein_intake.photos.links import PhotoLinks
from buurtsein_intake.photos.store import system_now
from buurtsein_intake.photos.upload import Uploads
from buurtsein_intake.web import admit
from buurtsein_runtime import metrics, problems
from buurtsein_runtime.bodies import headers_of
from buurtsein_runtime.problems import Problem, Refused

_NO_STORE: Final = {"Cache-Control": "no-store"}
_SHOWN: Final[Mapping[str, str]] = {
    **_NO_STORE,
    "Content-Disposition": 'attachment; filename="photo.jpg"',
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, noimageindex",
}


def add_photos(api: FastAPI, intake: Intake) -> None:
    """Add the endpoints of photos."""
    links = PhotoLinks(intake.settings.secret.get_secret_value().encode(), intake.settings.public_url)

    async def post_photo(request: Request) -> Response:
        """Keep a photo of an application."""
        _client(intake, request).check_scope("photos:write")
        return await _keep(intake.uploads, request)

    async def post_web_photo(request: Request) -> Response:
        """Keep a photo of the page."""
        await admit(intake, request, headers_of(request))
        return await _keep(intake.uploads, request)

    async def get_link(request: Request) -> Response:
        """Return a link to a photo."""
        return await _get_link(intake, links, request)

    async def get_photo(request: Request) -> Response:
        """Return a photo to whom has a link."""
        return await _get_photo(intake, links, request)

    add = partial(api.router.add_api_route, route_class_override=DirectRoute)
    add("/v1/photos", post_photo, methods=["POST"], **PHOTO_DOCS)
    add("/v1/web/photos", post_web_photo, methods=["POST"], **WEB_PHOTO_DOCS)
    add("/v1/photos/{photo}/link", get_link, methods=["GET"], **LINK_DOCS)
    add("/v1/photos/{photo}", get_photo, methods=["GET"], response_class=Response, **SHOW_DOCS)


async def _keep(uploads: Uploads, request: Request) -> Response:
    photo = await uploads.keep(request)
    receipt = PhotoReceipt(photo=photo.ref, expires_at=photo.expires_at)
    return Response(receipt.model_dump_json(), 201, _NO_STORE, "application/json")


async def _get_link(intake: Intake, links: PhotoLinks, request: Request) -> Response:
    client, ref = _client(intake, request), str(request.path_params["photo"])
    networks = client.networks
    asked = request.query_params.get("network", networks[0] if len(networks) == 1 else "")
    seeing = [network for network in networks if network in intake.settings.photo_networks]
    if asked not in seeing:
        raise Refused(_not_for(seeing))
    if await intake.photos.read(ref) is None:
        raise Refused(_GONE)
    access.note(request.scope, network=asked)
    expires = (system_now() + timedelta(seconds=intake.settings.photo_link_seconds)).replace(microsecond=0)
    link = PhotoLink(url=links.link(ref, asked, expires), expires_at=expires)
    return Response(link.model_dump_json(), 200, _NO_STORE, "application/json")


async def _get_photo(intake: Intake, links: PhotoLinks, request: Request) -> Response:
    ref, query = str(request.path_params["photo"]), request.query_params
    network, expires, signature = (query.get(name, "") for name in ("network", "expires", "signature"))
    good = links.is_good(ref, network=network, expires=expires, signature=signature, now=system_now())
    if not good or network not in intake.settings.photo_networks:
        raise Refused(_BAD_LINK)
    photo = await intake.photos.read(ref)
    if photo is None:
        raise Refused(_GONE)
    access.note(request.scope, network=network)
    metrics.PHOTOS.labels("shown").inc()
    return Response(photo, 200, _SHOWN, "image/jpeg")


def _client(intake: Intake, request: Request) -> Client:
    client = intake.keyring.client_of(headers_of(request).get(b"authorization"))
    if client is None:
        raise Refused(problems.UNAUTHORIZED)
    access.note(request.scope, client=client.name)
    return client


def _not_for(networks: Sequence[str]) -> Problem:
    cure = f"name one of {', '.join(networks)} in ?network=" if networks else "this key is not of such a network"
    return Problem(
        403,
        "not-for-this-network",
        "Photos are for the networks whose signals hold them",
        f"A link is given to one network that may see photos: {cure}.",
        headers=_NO_STORE,
    )


_BAD_LINK: Final = Problem(
    403,
    "bad-link",
    "The link is not one of ours or its time is over",
    "Get a new link from GET /v1/photos/{photo}/link, with the key of your network.",
    headers=_NO_STORE,
)


_GONE: Final = Problem(
    404,
    "unknown-photo",
    "There is no such photo",
    "Check the photo's reference; photos are deleted some weeks after they were sent.",
    headers=_NO_STORE,
)

"""Serves the page on which residents report: its files as they are, and the page itself in the reader's language."""

import hashlib
import html
import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from string import Template
from typing import Final, NamedTuple

from fastapi import FastAPI, Request, Response

from buurtsein_intake.direct import DirectRoute
from buurtsein_intake.form_routes import wanted
from buurtsein_intake.forms import LANGUAGES, Language
from buurtsein_runtime.config import ConfigError

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types page",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What keeps others' scripts, styles, frames and eyes out of the page."""

_ANYWHERE: Final = {"Service-Worker-Allowed": "/"}
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_SCRIPT: Final = '<script type="module" src="/page/page.js"></script>'
_OTHERS: Final = {"page.js", "worker.js"}
_LOADING: Final = (
    '<p data-word="loading">$loading</p>\n<p class="late"><a href="?plain=1&amp;lang=$lang">$plain</a></p>\n'
    "<noscript>$form</noscript>"
)


class Kept(NamedTuple):
    """A body that is served as it is, and what names this version of it."""

    body: bytes
    media_type: str
    etag: str


class Page:
    """The page in all its languages, read from its directory once; raises `ConfigError` when a word is missing."""

    def __init__(self, directory: Path) -> None:
        self._words = _words(directory / "words.json")
        self._frame = Template((directory / "page.html").read_text("utf-8"))
        self._plain = Template((directory / "plain.html").read_text("utf-8"))
        self.files = dict(_files(directory))
        self.pages = {
            (language, plain): _kept(self._first(language, plain=plain).encode(), "text/html; charset=utf-8")
            for language in LANGUAGES
            for plain in (False, True)
        }

    def word(self, language: Language, name: str) -> str:
        """Return one of the page's words, as HTML."""
        return self._words[language][name]

    def render(self, language: Language, main: str, script: str = "") -> str:
        """Return the page around `main`, which is HTML."""
        words = self._words[language]
        return self._frame.substitute(words, lang=language, main=main, script=script)

    def _first(self, language: Language, *, plain: bool) -> str:
        form = self._plain.substitute(self._words[language], lang=language)
        if plain:
            return self.render(language, form)
        main = Template(_LOADING).substitute(self._words[language], lang=language, form=form)
        return self.render(language, main, self._scripts())

    def _scripts(self) -> str:
        """Return the script of the page; what it imports is fetched at once, for a slow line must not wait in turn."""
        modules = sorted(name for name in self.files if name.endswith(".js") and name not in _OTHERS)
        return "\n  ".join((*(f'<link rel="modulepreload" href="/page/{name}">' for name in modules), _SCRIPT))


def add_page(api: FastAPI, page: Page) -> None:
    """Add the page and its files; they are no part of the API and its document."""

    async def get_page(request: Request) -> Response:
        """Return the page."""
        plain = request.query_params.get("plain") == "1"
        language = reader_language(request.query_params.get("lang"), request.headers.get("accept-language", ""))
        headers = {"Content-Language": language, "Vary": "Accept-Language"}
        return _answer(request, page.pages[language, plain], headers)

    async def get_file(request: Request) -> Response:
        """Return one of the page's files."""
        return _answer(request, page.files[request.url.path.rpartition("/")[2]], _ANYWHERE)

    add = partial(api.router.add_api_route, methods=["GET"], route_class_override=DirectRoute, include_in_schema=False)
    for path in ("/", "/melden"):
        add(path, get_page, name="page")
    for name in page.files:
        add(f"/page/{name}", get_file, name="page file")


def reader_language(asked: str | None, accepted: str) -> Language:
    """Return the language that is asked for when there is such a one, or else the best of Accept-Language."""
    return wanted(asked if asked in LANGUAGES else None, accepted)


def _answer(request: Request, kept: Kept, more: Mapping[str, str]) -> Response:
    headers = {**HEADERS, **more, "ETag": kept.etag, "Cache-Control": "no-cache"}
    if kept.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(kept.body, 200, headers, kept.media_type)


def _files(directory: Path) -> Iterator[tuple[str, Kept]]:
    for path in sorted(directory.iterdir()):
        if path.suffix in _TYPES:
            yield path.name, _kept(path.read_bytes(), _TYPES[path.suffix])


def _kept(body: bytes, media_type: str) -> Kept:
    return Kept(body, media_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _words(path: Path) -> dict[Language, dict[str, str]]:
    words = json.loads(path.read_text("utf-8"))
    names = {name for language in LANGUAGES for name in words[language]}
    missing = [f"{each}.{name}: is missing" for each in LANGUAGES for name in sorted(names - words[each].keys())]
    if missing:
        raise ConfigError(path, missing)
    return {each: {name: html.escape(text) for name, text in words[each].items()} for each in LANGUAGES}

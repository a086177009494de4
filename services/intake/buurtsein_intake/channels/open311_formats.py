"""GeoReport content as XML or JSON; pure.

The JSON follows from the XML by the standard's Spark convention: a container becomes an array, and an array at the root
stands without its name. XML is only ever written here; none is read.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final, Literal
from xml.etree import ElementTree as Xml

from buurtsein_intake.channels.adapter import Answer
from buurtsein_intake.channels.message import clean
from buurtsein_runtime.problems import Problem

Format = Literal["json", "xml"]
Content = str | bool | int | float | None | Mapping[str, "Content"] | Sequence["Content"]

FORMATS: Final[tuple[Format, ...]] = ("json", "xml")
MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
_ITEMS: Final = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
_DESCRIPTION: Final = 500


def written(form: Format, root: str, content: Content) -> bytes:
    """Return content in UTF-8; `root` is the name of the XML's root element."""
    if form == "json":
        return json.dumps(content, ensure_ascii=False).encode("utf-8")
    found: bytes = Xml.tostring(_element(root, content), encoding="utf-8", xml_declaration=True)
    return found


def answer(form: Format, root: str, content: Content, status: int = 200) -> Answer:
    """Return an answer with content."""
    return Answer(status=status, body=written(form, root, content), media_type=MEDIA_TYPES[form])


def refusal(form: Format, problem: Problem) -> Answer:
    """Return a problem as a list of errors, with the status that the standard has for it."""
    status = _status(problem.status)
    details = [f"{error.pointer} {error.detail}" for error in problem.errors] or [problem.detail]
    errors = [{"code": status, "description": clean(detail, _DESCRIPTION)} for detail in details]
    headers = {name: value for name, value in problem.headers.items() if name in {"Allow", "Retry-After"}}
    return Answer(status=status, body=written(form, "errors", errors), media_type=MEDIA_TYPES[form], headers=headers)


def _status(status: int) -> int:
    """Return 404 for what is not found, 403 for the key and 400 for everything else (and 405, and 503: come back)."""
    return {401: 403, 403: 403, 404: 404, 405: 405, 500: 500, 503: 503}.get(status, 400)


def _element(name: str, content: Content) -> Xml.Element:
    element = Xml.Element(name)
    if isinstance(content, Mapping):
        element.extend(_element(each, part) for each, part in content.items())
    elif isinstance(content, str):
        element.text = content
    elif isinstance(content, Sequence):
        element.extend(_element(_ITEMS[name], part) for part in content)
    elif content is not None:
        element.text = str(content).lower()
    return element
